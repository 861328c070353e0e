"""A field that is written twice.

YAML keeps one of the two and silently drops the other.

Bad:

    tags: [islands]
    tags: [birds]

Good:

    tags: [islands, birds]
"""

from readinglog.lint.rules.rule import make_parsing_check
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check_alone = make_parsing_check("duplicate-field")
