"""How to add a note: the form that writes one, the ways by hand, the fields, and what the checks say."""

from __future__ import annotations

import json
from collections.abc import Iterator

from readinglog.model.fields import FIELDS, Required, list_locators
from readinglog.model.json_schema import make_front_matter_schema, make_vocabulary_schema
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import DataFile, Output, Page, PageBase, Site, html, joined, section
from readinglog.site.views.contribute.form import form
from readinglog.site.views.contribute.form_data import terms, works

ADDRESS = "contribute/"
_HERE = PageBase(ADDRESS)
_REQUIRED = {
    Required.NO: "",
    Required.NOTES: "required",
    Required.WORKS: "required, but for topics",
}
_PAGE = """\
<h1>Add a note</h1>
<p class="rl-lead">Read something? Say what it claims, in your own words. {0}</p>
<noscript><p>The form needs JavaScript; the other ways do not.</p></noscript>
{1}{2}{3}
"""
_WAYS = """\
<ul>
<li>With the repository at hand, <code>readinglog new 2401.04088</code> (or a DOI, an address, a BibTeX entry) begins the note for you.</li>
<li>By hand: a file <code>notes/some-name.md</code>, the name in lower-case words joined by <code>-</code>; front matter as below; then the
text. <code>[[their-name]]</code> links to another note.</li>
<li><code>readinglog check</code>, or the check of the pull request, says what to mend, and where. <a href="{}">What it looks at</a>.</li>
</ul>
"""


def emit(notebook: Notebook, site: Site) -> Iterator[Output]:
    lead = "The form checks while you write, and nothing leaves this page until you send it."
    ways = section("Other ways", "ways", html(_WAYS, _HERE.to("rules/")))
    content = html(_PAGE, lead, form(notebook, site), ways, _fields())
    style = html('<link rel="stylesheet" href="{}">', _HERE.to("assets/style/form.css"))
    yield Page(
        ADDRESS,
        "Add a note",
        before=content,
        head=style,
        wide=True,
        script="assets/contribute/page.js",
    )
    yield DataFile(f"{ADDRESS}terms.json", _json(terms(notebook, site)))
    yield DataFile(f"{ADDRESS}works.json", _json(works(notebook)))
    yield DataFile("schema.json", _json(make_front_matter_schema(notebook.vocabulary)))
    yield DataFile("tags.schema.json", _json(make_vocabulary_schema(notebook.vocabulary)))
    texts = (
        f"## {name} {{#{name}}}\n\n*{severity.capitalize()}.* {text}\n"
        for name, severity, text in site.manual
    )
    yield Page(
        "rules/",
        "Checks",
        before=html("<h1>Checks</h1>\n<p>What <code>readinglog check</code> looks at.</p>\n"),
        body="\n".join(texts),
    )


def _fields() -> object:
    """The table of fields."""
    rows = joined(
        html(
            '<tr><th scope="row"><code>{}</code></th><td>{}</td><td>{}</td></tr>\n',
            name,
            known.doc,
            _REQUIRED[known.required],
        )
        for name, known in FIELDS.items()
    )
    one_of = joined((html("<code>{}</code>", name) for name in list_locators()), ", ")
    table = '<div class="rl-scroll"><table class="rl-grid">\n<tbody>\n{}</tbody></table></div>\n<p>One of {} is required too.</p>\n'
    return section("Front matter", "fields", html(table, rows, one_of))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
