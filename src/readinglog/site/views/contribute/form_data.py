"""What the form knows: the fields, patterns and words of the check, the tags, and the works that are in the log."""

from __future__ import annotations

from readinglog.citations import draft
from readinglog.model import formats, identifiers
from readinglog.model.html_policy import ID_PREFIX
from readinglog.model.messages import (
    FIRST_LOG,
    FIRST_YEAR,
    MESSAGES,
    QUOTED_LENGTH,
    MessageTemplate,
)
from readinglog.model.schema import FIELDS, RELATIONS, WORK_FIELDS, FieldType
from readinglog.model.slugs import KEBAB, LETTERS, RESERVED
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import Site


def terms(notebook: Notebook, site: Site) -> dict[str, object]:
    """Everything that the form needs but the works; patterns are for the whole text, case ignored."""
    vocabulary = notebook.vocabulary
    severities = {rule.name: rule.severity for rule in site.manual}
    return {
        "fields": {name: _field(known) for name, known in FIELDS.items()},
        "work_fields": WORK_FIELDS,
        "relation_fields": RELATIONS,
        "messages": {
            key: _message(saying, severities.get(saying.rule, "error"))
            for key, saying in MESSAGES.items()
        },
        "max_quoted": QUOTED_LENGTH,
        "earliest": {"published": FIRST_YEAR, "logged": FIRST_LOG},
        "file_names": {
            "pattern": KEBAB.pattern.removesuffix(r"\Z"),
            "transliteration": LETTERS,
            "reserved": sorted(RESERVED),
            "max_length": draft.NAME_LIMIT,
        },
        "yaml": {
            "plain_text": formats.PLAIN,
            "unquoted_value": draft.BARE,
            "unquoted_fields": draft.UNSHOWN,
            "reserved_words": formats.WORDS_OF_YAML,
            "control_characters": draft.CONTROLS,
        },
        "placeholder": formats.PLACEHOLDER,
        "body_template": draft.BODY,
        "work_patterns": {
            "arxiv": identifiers.ARXIV,
            "doi": identifiers.DOI,
            "address": identifiers.ADDRESS,
            "tracking": identifiers.TRACKING,
        },
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


def _field(known: FieldType) -> dict[str, object]:
    terms = {
        "is_list": known.many,
        "required_example": known.needed,
        "required_on_topics": known.on_topics,
        "format": _format(known.format),
    }
    return {key: value for key, value in terms.items() if value}


def _format(form: formats.Format) -> dict[str, object]:
    return {
        "pattern": form.pattern,
        "expected": form.expected,
        "help": form.help,
        "mistakes": [
            {
                "pattern": slip.pattern,
                "expected": slip.expected,
                "help": slip.help,
                "replacement": slip.meant,
            }
            for slip in form.slips
        ],
        "choices": form.choices,
        "nonexistent_date": form.calendar,
        "max_length": form.limit,
    }


def _tag(tag: Tag, vocabulary: Vocabulary) -> list[object]:
    """Key, name, aliases and the keys above it."""
    return [
        tag.key,
        tag.name,
        [alias.text for alias in tag.aliases],
        [step.key for step in vocabulary.path(tag)[:-1]],
    ]


def works(notebook: Notebook) -> list[list[object]]:
    """Of every published note: name, title, other names, former names, the keys of its work, and its path without the suffix."""
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
