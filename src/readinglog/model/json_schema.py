"""The JSON Schema of front matter and of the vocabulary, for editors that complete and mark."""

from __future__ import annotations

from readinglog.model.field_types import SUMMARY_LIMIT
from readinglog.model.fields import FIELDS, Field, Required, list_locators
from readinglog.model.kinds import KINDS, PAGE
from readinglog.model.vocabulary import Vocabulary

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_front_matter_schema(vocabulary: Vocabulary) -> dict[str, object]:
    """Return the schema of a note's front matter; it offers the tags of a closed vocabulary."""
    return {
        "$schema": _DIALECT,
        "title": "Front matter of a note",
        "type": "object",
        "properties": {field.name: _make_property(field, vocabulary) for field in FIELDS.values()},
        "required": [field.name for field in FIELDS.values() if field.is_required_of(PAGE)],
        "if": {"anyOf": [_match_value("kind", PAGE.name), _match_value("draft", value=True)]},
        "else": {
            "required": _list_required(Required.NOTES),
            "if": {"not": {"properties": {"kind": _match_kinds_without_work()}}},
            "then": {
                "required": _list_required(Required.WORKS),
                "anyOf": [{"required": [name]} for name in list_locators()],
            },
        },
        "dependentSchemas": {
            field.name: _require_hub() for field in FIELDS.values() if field.only_hubs
        },
        "additionalProperties": False,
    }


def _match_value(name: str, value: object) -> dict[str, object]:
    return {"properties": {name: {"const": value}}, "required": [name]}


def _require_hub() -> dict[str, object]:
    names = [kind.name for kind in KINDS.values() if kind.is_hub]
    return {"required": ["kind"], "properties": {"kind": {"enum": names}}}


def make_vocabulary_schema(vocabulary: Vocabulary) -> dict[str, object]:
    """Return the schema of `tags.yml`."""
    text = {"type": "string", "minLength": 1}
    tag = {
        "name": text | {"description": "How the tag is shown; its key if left out."},
        "summary": text
        | {"description": "One sentence on what it is about.", "maxLength": SUMMARY_LIMIT},
        "aliases": {
            "type": "array",
            "items": text,
            "description": "Other names that a note or a search may use.",
        },
        "parent": {"enum": list(vocabulary.tags), "description": "The tag under which it stands."},
    }
    entry = {"type": ["object", "null"], "properties": tag, "additionalProperties": False}
    return {
        "$schema": _DIALECT,
        "title": "Vocabulary of tags",
        "type": ["object", "null"],
        "additionalProperties": entry,
    }


def _list_required(required: Required) -> list[str]:
    return [field.name for field in FIELDS.values() if field.required is required]


def _match_kinds_without_work() -> dict[str, object]:
    kinds = (kind for kind in KINDS.values() if not kind.is_page)
    names = [kind.name for kind in kinds if not kind.is_work]
    return {"const": names[0]} if len(names) == 1 else {"enum": names}


def _make_property(field: Field, vocabulary: Vocabulary) -> dict[str, object]:
    value = field.type.make_json_schema()
    if not field.is_list:
        return {"description": field.doc} | value
    if field.type.completes_from == "tags" and vocabulary.is_closed:
        value = {"enum": _list_tag_names(vocabulary)}
    is_required = field.required is not Required.NO
    return {
        "description": field.doc,
        "type": "array",
        "items": value,
        "minItems": 1 if is_required else 0,
    }


def _list_tag_names(vocabulary: Vocabulary) -> list[str]:
    names = (name for tag in vocabulary.tags.values() for name in (tag.key, tag.name))
    return list(dict.fromkeys(names))
