"""Front matter that is missing, not closed, or not valid YAML.

Site generators silently drop broken front matter: the page still builds, but without its title,
tags and date.

Bad:

    ---
    title: Galápagos: a diary
    ---

Good:

    ---
    title: "Galápagos: a diary"
    ---
"""

from readinglog.lint.rules.rule import make_parsing_check
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check_alone = make_parsing_check("invalid-front-matter")
