"""A value that does not fit its field, or that YAML would misread.

Programs read dates, ids and addresses, and ignore what they cannot parse. YAML also gives some
characters a meaning: it treats everything after ` #` as a comment, and `Tools: a timeline` as a
key and a value.

Bad:

    published: March 2024
    title: Islands # of species

Good:

    published: 2024-03
    title: "Islands # of species"
"""

from readinglog.lint.rules.rule import make_parsing_check
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check = make_parsing_check("invalid-value")
