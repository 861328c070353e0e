"""The data of the form: fields, patterns and messages of the check, tags, and known works."""

from __future__ import annotations

from readinglog.citations import draft
from readinglog.model import identifiers, yaml_values
from readinglog.model.field_types import FieldType
from readinglog.model.fields import (
    FIELDS,
    Field,
    Required,
    format_locators,
    list_locators,
    list_relations,
)
from readinglog.model.html_policy import ID_PREFIX
from readinglog.model.messages import FIRST_LOG, FIRST_YEAR, MESSAGES, QUOTED_LENGTH
from readinglog.model.slugs import KEBAB, LETTERS, RESERVED
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import Site


def terms(notebook: Notebook, site: Site) -> dict[str, object]:
    """Return what the form needs but the works; patterns are for the whole text, case ignored."""
    vocabulary = notebook.vocabulary
    return {
        "fields": {name: _field(known) for name, known in FIELDS.items()},
        "works": list_locators(),
        "relations": list_relations(),
        "sayings": _messages(site),
        "shown": QUOTED_LENGTH,
        "first": {"year": FIRST_YEAR, "log": FIRST_LOG},
        "names": {
            "kebab": KEBAB.pattern.removesuffix(r"\Z"),
            "letters": LETTERS,
            "reserved": sorted(RESERVED),
            "limit": draft.NAME_LIMIT,
        },
        "text": {
            "plain": yaml_values.PLAIN,
            "bare": draft.BARE,
            "unshown": [field.name for field in FIELDS.values() if field.type.is_bare],
            "words": yaml_values.WORDS_OF_YAML,
            "controls": draft.CONTROLS,
            "placeholder": yaml_values.PLACEHOLDER,
            "body": draft.BODY,
        },
        "work": {
            "arxiv": identifiers.ARXIV,
            "doi": identifiers.DOI,
            "address": identifiers.ADDRESS,
            "tracking": identifiers.TRACKING,
        },
        "closed": vocabulary.is_closed,
        "tags": [_tag(tag, vocabulary) for tag in vocabulary.tags.values()],
        "new": site.new,
        "prefix": ID_PREFIX,
    }


def _field(field: Field) -> dict[str, object]:
    """Return what the script checks a field by; what is empty or false is left out."""
    data = {
        "many": field.is_list,
        "needed": field.required_example,
        "topics": field.required is not Required.WORKS,
        "format": _format(field.type),
    }
    return {key: value for key, value in data.items() if value}


def _format(kind: FieldType) -> dict[str, object]:
    return {
        "expected": kind.expected,
        "help": kind.help,
        "pattern": kind.pattern,
        "slips": [mistake._asdict() for mistake in kind.common_mistakes],
        "choices": kind.choices,
        "calendar": kind.calendar,
        "limit": kind.limit,
        "schemes": kind.schemes,
    }


def _messages(site: Site) -> dict[str, dict[str, str]]:
    """Return the messages that the script fills in, each with its severity."""
    severities = {rule.name: rule.severity for rule in site.manual}
    found = {}
    for key, message in MESSAGES.items():
        severity = severities.get(message.rule, "error")
        found[key] = {**message._asdict(), "severity": severity}
    found["nowhere"]["help"] = MESSAGES["nowhere"].help.format(fields=format_locators())
    return found


def _tag(tag: Tag, vocabulary: Vocabulary) -> list[object]:
    """Return a tag's key, name, aliases, the keys above it, and its hue."""
    return [
        tag.key,
        tag.name,
        [alias.text for alias in tag.aliases],
        [step.key for step in vocabulary.path(tag)[:-1]],
        vocabulary.hue(tag),
    ]


def works(notebook: Notebook) -> list[list[object]]:
    """Return what the form compares with, of every published note.

    That is name, title, aliases, former names, the keys of its work, and its path without suffix.
    """
    return [
        [
            note.name,
            note.title,
            note.texts("aliases"),
            notebook.publication.former_names(note),
            [] if note.is_hub else sorted(notebook.names.work_keys[note]),
            note.path.rpartition(".")[0],
        ]
        for note in notebook.published
    ]
