"""How to add a note: the form that writes one, the ways by hand, the fields, and what the checks
say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from readinglog.model.json_schema import make_front_matter_schema, make_vocabulary_schema
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.json_text import format_json
from readinglog.site.messages import ENGLISH, is_english, translate
from readinglog.site.page import DataFile, Output, Page, Site
from readinglog.site.views.contribute.form import FormView, explain_need, make_form
from readinglog.site.views.contribute.form_data import list_known_works, make_form_terms
from readinglog.site.views.rows import HeadingLink

ADDRESS = "contribute/"
_ICON_SIZES = (192, 512)
_ANY_WORK = "10.1000/182"  # in a log without works: the handbook of DOIs


class FieldRow(NamedTuple):
    """A field of the front matter: its name, what it is, and whether it is required, in words."""

    name: str
    doc: str
    required: str


@dataclass(frozen=True, slots=True)
class ContributeView:
    """How to add a note: the form, all fields, and those of which one is required; `work` is what a
    work of the log is known by.

    `log` is the name of the site, by which the bookmarklet calls it, and `repository` the address
    of the repository that has the notes, or ''.
    """

    log: str
    repository: str
    form: FormView
    fields: tuple[FieldRow, ...]
    locators: tuple[str, ...]
    work: str


@dataclass(frozen=True, slots=True)
class RulesView:
    """The contents of the page of rules, whose text is their manual."""

    headings: tuple[HeadingLink, ...]


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    yield Page(
        ADDRESS,
        translate("Add a note"),
        "contribute.html",
        partial(_make_view, notebook, site),
        description=translate("Write a note in a form that checks it, or by hand."),
        wide=True,
        script="assets/contribute/page.js",
    )
    for name, make_value in (
        ("terms", partial(make_form_terms, notebook, site)),
        ("works", partial(list_known_works, notebook)),
    ):
        yield DataFile(f"{ADDRESS}{name}.bin", partial(_make_text, make_value), is_packed=True)
    for path, make_value in (
        (
            "schema.json",
            partial(
                make_front_matter_schema, notebook.vocabulary, notebook.schema, notebook.people
            ),
        ),
        ("tags.schema.json", partial(make_vocabulary_schema, notebook.vocabulary)),
    ):
        yield DataFile(path, partial(_make_text, make_value))
    yield DataFile("manifest.webmanifest", partial(_make_text, partial(_make_manifest, site)))
    yield Page(
        "rules/",
        translate("Checks"),
        "rules.html",
        partial(_make_rules_view, site),
        partial(_make_manual, site),
        description=translate("What the checks of a note report, and how to mend it."),
        language="" if is_english(site.language) else ENGLISH,
    )


def _make_rules_view(site: Site) -> RulesView:
    return RulesView(tuple(HeadingLink(2, rule.name, rule.name) for rule in site.rules))


def _make_view(notebook: Notebook, site: Site) -> ContributeView:
    return ContributeView(
        log=site.name,
        repository=site.repository,
        form=make_form(notebook, site),
        fields=tuple(
            FieldRow(field.name, field.doc, explain_need(field, notebook.schema))
            for field in notebook.schema.fields.values()
        ),
        locators=notebook.schema.locators,
        work=next(filter(None, map(_identify_work, notebook.published)), _ANY_WORK),
    )


def _identify_work(note: Note) -> str:
    """Return an identifier of the work of a note, as `readinglog new` takes it, or ''."""
    return (note.arxiv or note.doi or note.isbn) if note.is_work else ""


def _make_manual(site: Site) -> str:
    """Return the pages of the rules in English, with their severity in the language in use."""
    marks = "" if is_english(site.language) else f"{{: lang={site.language}}}"
    return "\n".join(
        f"## {name} {{: #{name}}}\n\n*{translate(severity.capitalize())}.*{marks} {text}\n"
        for name, severity, text in site.rules
    )


def _make_manifest(site: Site) -> dict[str, object]:
    """Return what a browser installs the site by; then pages can be shared to the form.

    Addresses are relative to that of the manifest.
    """
    icons = [
        {"src": f"assets/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in _ICON_SIZES
    ]
    return {
        "name": site.name,
        "lang": site.language,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "icons": icons,
        "share_target": {
            "action": ADDRESS,
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }


def _make_text(make_value: Callable[[], object]) -> str:
    return format_json(make_value())
