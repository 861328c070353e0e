"""How to add a note: the form that writes one, the ways by hand, the fields, and what the checks
say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.fields import FIELDS, Required, list_locators
from readinglog.model.json_schema import make_front_matter_schema, make_vocabulary_schema
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import DataFile, Output, Page, Site
from readinglog.site.views.contribute.form import FormView, make_form
from readinglog.site.views.contribute.form_data import list_known_works, make_form_terms

ADDRESS = "contribute/"
_REQUIRED = {
    Required.NO: "",
    Required.NOTES: "required",
    Required.WORKS: "required, except for topics",
}


class FieldRow(NamedTuple):
    """A field of the front matter: its name, what it is, and whether it is required, in words."""

    name: str
    doc: str
    required: str


@dataclass(frozen=True, slots=True)
class ContributeView:
    """How to add a note: the form, all fields, and those of which one is required."""

    form: FormView
    fields: tuple[FieldRow, ...]
    locators: tuple[str, ...]


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    view = ContributeView(
        form=make_form(notebook, site),
        fields=tuple(
            FieldRow(name, field.doc, _REQUIRED[field.required]) for name, field in FIELDS.items()
        ),
        locators=tuple(list_locators()),
    )
    yield Page(
        ADDRESS,
        "Add a note",
        "contribute.html",
        view,
        wide=True,
        script="assets/contribute/page.js",
    )
    yield DataFile(f"{ADDRESS}terms.json", _json(make_form_terms(notebook, site)))
    yield DataFile(f"{ADDRESS}works.json", _json(list_known_works(notebook)))
    yield DataFile("schema.json", _json(make_front_matter_schema(notebook.vocabulary)))
    yield DataFile("tags.schema.json", _json(make_vocabulary_schema(notebook.vocabulary)))
    rules = "\n".join(
        f"## {name} {{#{name}}}\n\n*{severity.capitalize()}.* {text}\n"
        for name, severity, text in site.rules
    )
    yield Page("rules/", "Checks", "rules.html", body=rules)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
