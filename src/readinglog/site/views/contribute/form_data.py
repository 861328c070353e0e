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
from readinglog.model.messages import (
    FIRST_LOG,
    FIRST_YEAR,
    MESSAGES,
    QUOTED_LENGTH,
    MessageTemplate,
)
from readinglog.model.slugs import KEBAB, LETTERS, RESERVED
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import Site


def terms(notebook: Notebook, site: Site) -> dict[str, object]:
    """Return what the form needs but the works; patterns are for the whole text, case ignored."""
    vocabulary = notebook.vocabulary
    return {
        "fields": {name: _field(field) for name, field in FIELDS.items()},
        "work_fields": list_locators(),
        "relation_fields": list_relations(),
        "messages": _messages(site),
        "max_quoted": QUOTED_LENGTH,
        "earliest": {"published": FIRST_YEAR, "logged": FIRST_LOG},
        "file_names": {
            "pattern": KEBAB.pattern.removesuffix(r"\Z"),
            "transliteration": LETTERS,
            "reserved": sorted(RESERVED),
            "max_length": draft.NAME_LIMIT,
        },
        "yaml": {
            "plain_text": yaml_values.PLAIN,
            "unquoted_value": draft.BARE,
            "unquoted_fields": [field.name for field in FIELDS.values() if field.type.is_bare],
            "reserved_words": yaml_values.WORDS_OF_YAML,
            "control_characters": draft.CONTROLS,
        },
        "placeholder": yaml_values.PLACEHOLDER,
        "body_template": draft.BODY,
        "work_patterns": identifiers.PATTERNS,
        "closed_vocabulary": vocabulary.is_closed,
        "tags": [_tag(tag, vocabulary) for tag in vocabulary.tags.values()],
        "new_file_url": site.new,
        "id_prefix": ID_PREFIX,
    }


def _message(saying: MessageTemplate, severity: str) -> dict[str, str]:
    return {
        "rule": saying.rule,
        "severity": severity,
        "message": saying.message,
        "help": saying.help,
        "help_with_suggestion": saying.guess,
    }


def _field(field: Field) -> dict[str, object]:
    """Return what the script checks a field by; what is empty or false is left out."""
    data = {
        "is_list": field.is_list,
        "required_example": field.required_example,
        "required_on_topics": field.required is not Required.WORKS,
        "format": _format(field.type),
    }
    return {key: value for key, value in data.items() if value}


def _format(kind: FieldType) -> dict[str, object]:
    return {
        "pattern": kind.pattern,
        "expected": kind.expected,
        "help": kind.help,
        "mistakes": [
            {
                "pattern": mistake.pattern,
                "expected": mistake.expected,
                "help": mistake.help,
                "replacement": mistake.meant,
            }
            for mistake in kind.common_mistakes
        ],
        "choices": kind.choices,
        "nonexistent_date": kind.calendar,
        "max_length": kind.limit,
        "schemes": kind.schemes,
    }


def _messages(site: Site) -> dict[str, dict[str, str]]:
    """Return the messages that the script fills in, each with its severity."""
    severities = {rule.name: rule.severity for rule in site.manual}
    messages = {
        key: _message(template, severities.get(template.rule, "error"))
        for key, template in MESSAGES.items()
    }
    messages["nowhere"]["help"] = MESSAGES["nowhere"].help.format(fields=format_locators())
    return messages


def _tag(tag: Tag, vocabulary: Vocabulary) -> list[object]:
    """Return a tag's key, name, aliases, the keys above it, and its hue."""
    return [
        tag.key,
        tag.name,
        [alias.text for alias in tag.aliases],
        [step.key for step in vocabulary.path(tag)[:-1]],
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
