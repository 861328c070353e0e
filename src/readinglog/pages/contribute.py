"""How to add a note, and what the checks say."""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.notebook import Notebook
from readinglog.pages.page import Emitted, Page, Place, Site, html, joined
from readinglog.schema import FIELDS

_HERE = Place("contribute/")
_STEPS = """\
<h1>Add a note</h1>
<ol>
<li>Make a file <code>notes/some-name.md</code>: the name in lower-case words joined by <code>-</code> becomes its address.</li>
<li>Write the front matter below, and then, in your own words, what the work claims and what you think of it.
Link to other notes with <code>[[their-name]]</code>.</li>
<li>Run <code>readinglog check</code>, or open the pull request and let it be run for you. It says what to mend, and where.</li>
</ol>
"""


def emit(_: Notebook, site: Site) -> Iterator[Emitted]:
    rows = joined(
        html(
            '<tr><th scope="row"><code>{}</code></th><td>{}</td><td>{}</td></tr>\n',
            name,
            known.doc,
            ("required" if known.on_topics else "required, but for topics") if known.needed else "",
        )
        for name, known in FIELDS.items()
    )
    table = html(
        '<h2 id="fields">Front matter</h2>\n<div class="rl-scroll"><table class="rl-grid">\n<tbody>\n{}</tbody></table></div>\n', rows
    )
    rules = html(
        '<p>One of <code>url</code>, <code>arxiv</code> and <code>doi</code> is required too. <a href="{}">All checks</a>.</p>\n',
        _HERE.to("rules/"),
    )
    yield Page(_HERE.address, "Add a note", html("{}{}{}", html(_STEPS), table, rules))
    texts = (f"## {name} {{#{name}}}\n\n{text}\n" for name, text in site.manual)
    yield Page("rules/", "Checks", html("<h1>Checks</h1>\n<p>What <code>readinglog check</code> looks at.</p>\n"), "\n".join(texts))
