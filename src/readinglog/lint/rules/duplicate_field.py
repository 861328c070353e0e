"""A field that is written twice.

YAML keeps one of the two and silently drops the other.

Bad:

    tags: [moe]
    tags: [routing]

Good:

    tags: [moe, routing]
"""

from readinglog.lint.rules.rule import make_parsing_check
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check = make_parsing_check("duplicate-field")
