"""The form: one part a field, made of the schema; the script of the page gives it its life."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from readinglog.model.formats import FLAG, RATING, SUMMARY
from readinglog.model.schema import FIELDS, RELATIONS, WORK_FIELDS, FieldType
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import NOTHING, Site, html, joined, own_id

_FIRST = (
    "url",
    "arxiv",
    "doi",
    "title",
    "kind",
    "authors",
    "published",
    "tags",
    "summary",
)  # the others fold away
_NOT_OF_A_NEW_NOTE = ("redirect_from",)
_LABELS = {"url": "Address", "arxiv": "arXiv id", "doi": "DOI", "date": "Logged on"}
_AUTHORS = 300  # offered by completion

_FORM = """\
<form id="rl-form" class="rl-form" novalidate hidden>
<div class="rl-inputs">
<p class="rl-draft-notice" hidden></p>
{0}
<details class="rl-fold"><summary>More fields</summary>
{1}
</details>
<div class="rl-field" data-field="name">
<label for="{3}name">File name</label>
<input id="{3}name" name="name" autocomplete="off" spellcheck="false" aria-describedby="{3}name-help {3}name-messages">
<p class="rl-field-help" id="{3}name-help">Made of the title; it becomes the note’s address.</p>
<ul class="rl-field-messages" id="{3}name-messages"></ul>
</div>
<div class="rl-field" data-field="body">
<label for="{3}body">Text</label>
<textarea id="{3}body" name="body" rows="18" aria-describedby="{3}body-help {3}body-messages"></textarea>
<p class="rl-field-help" id="{3}body-help">Markdown. <code>[[name]]</code> links to a note, <code>$…$</code> is a formula.</p>
<ul class="rl-field-messages" id="{3}body-messages"></ul>
</div>
</div>
<div class="rl-output">
<div class="rl-views" role="group" aria-label="What is shown">
<button type="button" data-view="preview" aria-pressed="true">Preview</button>
<button type="button" data-view="file" aria-pressed="false">File</button></div>
<div class="rl-note-preview" data-panel="preview"></div>
<pre class="rl-note-source" data-panel="file" tabindex="0" hidden></pre>
<p class="rl-form-status" role="status"></p>
<div class="rl-actions">{4}
<button type="button" data-action="copy">Copy</button>
<button type="button" data-action="download">Download</button>
<button type="button" data-action="clear" class="rl-link-button">Start anew</button></div>
<p class="rl-field-help">{5} What you write stays in this browser until then. The preview is nearly the page: formulas, tables and images
are set when the site is built, and checked with HTML and headings in the pull request.</p>
</div>
{2}
</form>
"""


def form(notebook: Notebook, site: Site) -> Markup:
    """The form for a new note, hidden until its script runs."""
    names = [name for name in FIELDS if name not in _NOT_OF_A_NEW_NOTE]
    first = joined((_part(name, FIELDS[name]) for name in _FIRST), "\n")
    others = joined((_part(name, FIELDS[name]) for name in names if name not in _FIRST), "\n")
    forge = _forge(site.new)
    opens = (
        html(
            '<button type="button" data-action="open" class="rl-primary-button">Open {}</button>',
            forge,
        )
        if forge
        else NOTHING
    )
    return html(_FORM, first, others, _lists(notebook), own_id("f-"), opens, _what_happens(forge))


def _forge(new: str) -> str:
    """What the forge behind an address is called: by its name where it is well known, else by its host."""
    host = new.partition("://")[2].partition("/")[0]
    return {"github.com": "GitHub", "gitlab.com": "GitLab", "codeberg.org": "Codeberg"}.get(
        host, host
    )


def _what_happens(forge: str) -> str:
    if not forge:
        return "Put the file into the folder of notes and open a pull request."
    return f"Opens {forge} with the note filled in, and copies it, should it have to be pasted; from there a pull request is one click."


def _part(name: str, known: FieldType) -> Markup:
    """A field with its label, what it is for, and a place for what the check says of it."""
    id_ = own_id(f"f-{name}")
    label = _LABELS.get(name, name.replace("_", " ").capitalize())
    needed = html(' <span class="rl-required">needed</span>') if known.needed else NOTHING
    needed = (
        html(' <span class="rl-required">one of these three</span>')
        if name == WORK_FIELDS[-1]
        else needed
    )
    template = (
        '<div class="rl-field" data-field="{0}"{1}>\n<label for="{2}">{3}{4}</label>\n{5}\n'
        '<p class="rl-field-help" id="{2}-help">{6}</p>\n<ul class="rl-field-messages" id="{2}-messages"></ul>\n</div>'
    )
    many = html(" data-list") if known.many else NOTHING
    return html(
        template,
        name,
        many,
        id_,
        label,
        needed,
        _control(name, known, id_),
        "" if known.format.choices else known.doc,
    )


def _control(name: str, known: FieldType, id_: str) -> Markup:
    common = html('id="{0}" name="{1}" aria-describedby="{0}-help {0}-messages"', id_, name)
    choices = known.format.choices or (tuple("12345") if known.format is RATING else ())
    if known.format is FLAG:
        return html('<input type="checkbox" value="true" {}>', common)
    if choices:
        options = joined(
            html('<option value="{0}">{0}</option>', choice) for choice in ("", *choices)
        )
        return html("<select {}>{}</select>", common, options)
    if known.format is SUMMARY:
        return html('<textarea rows="3" {}></textarea>', common)
    offers = {"tags": "tags", "authors": "authors"} | dict.fromkeys(RELATIONS, "notes")
    listed = html(' list="{}"', own_id(f"l-{offers[name]}")) if name in offers else NOTHING
    return html('<input autocomplete="off" {}{}>', common, listed)


def _lists(notebook: Notebook) -> Markup:
    """What completion offers: tags with what they are about, authors by frequency, notes by title."""
    tags = [(tag.key, tag.summary) for tag in notebook.vocabulary.tags.values()]
    authors = Counter(name for note in notebook.published for name in note.authors)
    known = {
        "tags": tags,
        "authors": [(name, "") for name, _ in authors.most_common(_AUTHORS)],
        "notes": [],
    }
    return joined(
        html(
            '<datalist id="{}">{}</datalist>\n',
            own_id(f"l-{name}"),
            joined(html('<option value="{}">{}</option>', *one) for one in entries),
        )
        for name, entries in known.items()
    )
