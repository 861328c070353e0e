"""A field whose value is not what the field holds, or of which YAML has eaten a part.

Dates, ids and addresses are read by programs; a value of another form is lost on them. And YAML reads some texts as
something else: what follows ` #` is a comment to it, `Tools: a timeline` a key and a value.

Bad:

    published: March 2024
    title: Scaling laws # of heads

Good:

    published: 2024-03
    title: "Scaling laws # of heads"
"""

from readinglog.lint.rules.rule import from_parsing
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check = from_parsing("invalid-value")
