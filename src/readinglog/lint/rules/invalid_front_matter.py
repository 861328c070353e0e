"""Front matter that is not there, not closed, or not YAML.

Site generators drop broken front matter without a word: title, tags and date are gone, and the page still builds.

Bad:

    ---
    title: Mixtral: a sparse mixture
    ---

Good:

    ---
    title: "Mixtral: a sparse mixture"
    ---
"""

from readinglog.lint.rules.rule import from_parsing
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check = from_parsing("invalid-front-matter")
