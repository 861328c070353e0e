"""The form for a new note, made of the records of the fields; a script makes it work."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from markupsafe import Markup

from readinglog.model.field_types import Completion, Widget
from readinglog.model.fields import FIELDS, Field, FormPlace, Required
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import NOTHING, Site, html, joined, own_id

_AUTHORS = 300  # offered by completion
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

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


class FormField(NamedTuple):
    """A field as the form shows it."""

    name: str
    label: str
    need: str  # why something must be written, in a word or two, or ''
    doc: str
    is_list: bool
    widget: Widget
    options: tuple[str, ...]
    completes_from: Completion


def list_form_fields(place: FormPlace) -> list[FormField]:
    """Return the fields that the form has in a place, first those that say where the work is.

    An address there is enough to begin with.
    """
    fields = [field for field in FIELDS.values() if field.form is place]
    fields.sort(key=lambda field: not field.locates)
    locators = [field for field in fields if field.locates]
    return [_make_form_field(field, len(locators)) for field in fields]


def _make_form_field(field: Field, locators: int) -> FormField:
    kind = field.type
    need = "" if field.required is Required.NO else "needed"
    if field.locates and kind.schemes:  # the address, which stands before the identifiers
        need = f"one of these {_NUMBERS[locators]}"
    doc = "" if kind.choices else field.doc
    return FormField(
        field.name,
        field.label,
        need,
        doc,
        field.is_list,
        kind.widget,
        kind.options,
        kind.completes_from,
    )


def form(notebook: Notebook, site: Site) -> Markup:
    """Return the form for a new note, hidden until its script runs."""
    first = joined(map(_part, list_form_fields(FormPlace.FIRST)), "\n")
    others = joined(map(_part, list_form_fields(FormPlace.MORE)), "\n")
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
    """Return what the forge behind an address is called: its name, or else its host."""
    host = new.partition("://")[2].partition("/")[0]
    return {"github.com": "GitHub", "gitlab.com": "GitLab", "codeberg.org": "Codeberg"}.get(
        host, host
    )


def _what_happens(forge: str) -> str:
    if not forge:
        return "Put the file into the folder of notes and open a pull request."
    return f"Opens {forge} with the note filled in, and copies it, should it have to be pasted; from there a pull request is one click."


def _part(field: FormField) -> Markup:
    """Return a field with its label, what it is for, and a place for what the check reports."""
    id_ = own_id(f"f-{field.name}")
    template = (
        '<div class="rl-field" data-field="{0}"{1}>\n<label for="{2}">{3}{4}</label>\n{5}\n'
        '<p class="rl-field-help" id="{2}-help">{6}</p>\n<ul class="rl-field-messages" id="{2}-messages"></ul>\n</div>'
    )
    return html(
        template,
        field.name,
        html(" data-list") if field.is_list else NOTHING,
        id_,
        field.label,
        html(' <span class="rl-required">{}</span>', field.need) if field.need else NOTHING,
        _control(field, id_),
        field.doc,
    )


def _control(field: FormField, id_: str) -> Markup:
    common = html('id="{0}" name="{1}" aria-describedby="{0}-help {0}-messages"', id_, field.name)
    match field.widget:
        case "checkbox":
            return html('<input type="checkbox" value="true" {}>', common)
        case "select":
            options = joined(
                html('<option value="{0}">{0}</option>', option) for option in ("", *field.options)
            )
            return html("<select {}>{}</select>", common, options)
        case "textarea":
            return html('<textarea rows="3" {}></textarea>', common)
    completes_from = field.completes_from
    listed = html(' list="{}"', own_id(f"l-{completes_from}")) if completes_from else NOTHING
    return html('<input autocomplete="off" {}{}>', common, listed)


def _lists(notebook: Notebook) -> Markup:
    """Return the lists for completion: tags and their summaries, authors by frequency, notes."""
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
