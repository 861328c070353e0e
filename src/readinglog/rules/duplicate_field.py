"""A field that is written twice.

YAML keeps one of the two and drops the other without a word.

Bad:

    tags: [moe]
    tags: [routing]

Good:

    tags: [moe, routing]
"""

from readinglog.diagnostic import Severity
from readinglog.rules.rule import from_parsing

SEVERITY = Severity.ERROR
check = from_parsing("duplicate-field")
