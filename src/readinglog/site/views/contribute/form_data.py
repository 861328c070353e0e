"""The data of the form: fields, patterns and messages of the check, tags, and known works."""

from __future__ import annotations

from readinglog.citations import draft
from readinglog.model import identifiers, yaml_values
from readinglog.model.claim import BEFORE_NUMBER, DECIMAL_COMMA, RESULT_ERRORS, ClaimField
from readinglog.model.diagnostic import Severity, choose_milder
from readinglog.model.field import Field
from readinglog.model.field_types import FieldType
from readinglog.model.html_policy import ID_PREFIX
from readinglog.model.kinds import DEFAULT_KIND
from readinglog.model.messages import (
    EARLIEST_LOG_YEAR,
    EARLIEST_PUBLICATION_YEAR,
    MESSAGES,
    QUOTED_LENGTH,
    MessageTemplate,
)
from readinglog.model.schema import Schema, is_required, needs_locator
from readinglog.model.slugs import (
    GREEK_NAMES,
    GREEK_WORD_PATTERN,
    LATIN_SPELLINGS,
    RESERVED_NAME_PATTERN,
)
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.latex.names import NUMBERED
from readinglog.search.examples import make_required_example
from readinglog.site.messages import translate
from readinglog.site.page import Site


def make_form_terms(notebook: Notebook, site: Site) -> dict[str, object]:
    """Return what the form needs but the works; patterns are for the whole text, case ignored."""
    vocabulary, schema = notebook.vocabulary, notebook.schema
    kinds, fields = schema.note_kinds.values(), schema.fields.values()
    return {
        "fields": {field.name: _describe_field(field, notebook) for field in fields},
        "work_fields": schema.locators,
        "relation_fields": schema.relations,
        "default_kind": DEFAULT_KIND,
        "work_kinds": [kind.name for kind in kinds if kind.is_work],
        "hub_kinds": [kind.name for kind in kinds if kind.is_hub],
        "located_kinds": [kind.name for kind in kinds if needs_locator(kind)],
        "messages": _list_messages(site, schema),
        "max_quoted": QUOTED_LENGTH,
        "earliest": {"published": EARLIEST_PUBLICATION_YEAR, "logged": EARLIEST_LOG_YEAR},
        "file_names": {
            "latin_spellings": LATIN_SPELLINGS,
            "greek_names": GREEK_NAMES,
            "greek_word": GREEK_WORD_PATTERN,
            "reserved": RESERVED_NAME_PATTERN,
            "max_length": draft.NAME_LIMIT,
            "max_bytes": draft.NAME_BYTES_LIMIT,
        },
        "yaml": {
            "plain_text": yaml_values.PLAIN,
            "unquoted_value": draft.BARE,
            "unquoted_fields": [field.name for field in fields if field.type.is_unquoted],
            "reserved_words": yaml_values.RESERVED_WORDS,
            "control_characters": draft.CONTROLS,
        },
        "placeholder": yaml_values.PLACEHOLDER,
        "claim_fields": {
            field.name: _describe_claim_field(field) for field in schema.claim_fields.values()
        },
        "result": {
            "before_number": BEFORE_NUMBER,
            "decimal_comma": DECIMAL_COMMA,
            "errors": {name: translate(error) for name, error in RESULT_ERRORS.items()},
        },
        "body_template": draft.BODY,
        "formula_environments": sorted(NUMBERED),
        "work_patterns": identifiers.PATTERNS,
        "closed_vocabulary": vocabulary.is_closed,
        "tags": [_describe_tag(tag, vocabulary) for tag in vocabulary.tags.values()],
        "people": notebook.people,
        "new_file_url": site.new_pattern,
        "id_prefix": ID_PREFIX,
    }


def _describe_claim_field(field: ClaimField) -> dict[str, object]:
    """Return what the script checks a field of claims by."""
    return {
        "example": field.example,
        "is_relation": field.relation is not None,
        "format": _describe_type(field.type),
    }


def _make_message(template: MessageTemplate, severity: Severity) -> dict[str, str]:
    return {
        "rule": template.rule,
        "severity": choose_milder(severity, template.severity),
        "message": translate(template.message),
        "help": translate(template.help),
        "help_with_suggestion": translate(template.help_with_suggestion),
    }


def _describe_field(field: Field, notebook: Notebook) -> dict[str, object]:
    """Return what the script checks a field by; what is empty or false is left out."""
    kinds = notebook.schema.note_kinds.items()
    example = make_required_example(field, notebook) if field.required_example else ""
    data = {
        "is_list": field.is_list,
        "required_example": example,
        "required_of": [name for name, kind in kinds if is_required(field, kind)],
        "only_on_hubs": field.only_hubs,
        "address": field.address if field.is_locator else "",
        "format": _describe_type(field.type),
    }
    return {key: value for key, value in data.items() if value}


def _describe_type(kind: FieldType) -> dict[str, object]:
    return {
        "pattern": kind.pattern,
        "expected": _describe_expected(kind),
        "help": translate(kind.help),
        "mistakes": [
            {
                "pattern": mistake.pattern,
                "expected": translate(mistake.expected),
                "help": translate(mistake.help),
                "replacement": mistake.replacement,
            }
            for mistake in (() if kind.choices else kind.common_mistakes)
        ],
        "choices": kind.options if kind.choices else (),
        "proof": _describe_proof(kind),
        "max_length": kind.limit,
        "schemes": kind.schemes,
    }


def _describe_expected(kind: FieldType) -> str:
    if kind.choices:
        return translate("one of {choices}", choices=", ".join(kind.choices))
    return translate(kind.expected)


def _describe_proof(kind: FieldType) -> tuple[str, str, str]:
    """Return how a value is proved, what is expected and what helps, '' where nothing is proved."""
    if kind.proof is None:
        return "", "", ""
    return kind.proof.test, translate(kind.proof.expected), translate(kind.proof.help)


def _list_messages(site: Site, schema: Schema) -> dict[str, dict[str, str]]:
    """Return the messages that the script fills in, each with its severity."""
    severities = {rule.name: rule.severity for rule in site.rules}
    messages = {
        key: _make_message(template, severities.get(template.rule, Severity.ERROR))
        for key, template in MESSAGES.items()
    }
    no_locator = messages["no-locator"]
    no_locator["help"] = no_locator["help"].replace("{fields}", schema.format_locators())
    return messages


def _describe_tag(tag: Tag, vocabulary: Vocabulary) -> list[object]:
    """Return a tag's key, name, aliases, the keys above it, and its hue."""
    return [
        tag.key,
        tag.name,
        [alias.text for alias in tag.aliases],
        [step.key for step in vocabulary.get_path(tag)[:-1]],
    ]


def list_known_works(notebook: Notebook) -> list[list[object]]:
    """Return what the form compares with, of every published note.

    That is name, title, aliases, former names, the keys of its work, and its path without suffix.
    """
    return [
        [
            note.page_name,
            note.title,
            note.texts("aliases"),
            notebook.publication.get_former_names(note),
            sorted(notebook.names.work_keys[note]) if note.is_work else [],
            note.path.rpartition(".")[0],
        ]
        for note in notebook.published
    ]
