"""The JSON Schema of front matter and of the vocabulary, for editors that complete and mark."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from readinglog.model.field import Field, Required
from readinglog.model.field_types import SUMMARY_LIMIT
from readinglog.model.kinds import KINDS, PAGE, Kind
from readinglog.model.schema import BUILT_IN, Schema, needs_locator
from readinglog.model.vocabulary import Vocabulary

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WORK, _IDEA = KINDS["paper"], KINDS["idea"]  # which need what all works, and all notes, do


def make_front_matter_schema(
    vocabulary: Vocabulary, schema: Schema = BUILT_IN, people: Collection[str] = ()
) -> dict[str, object]:
    """Return the schema of a note's front matter; it offers the tags of a closed vocabulary, and
    the `people` who may write notes.
    """
    names = {"tags": _list_tag_names(vocabulary) if vocabulary.is_closed else [], "people": people}
    fields = schema.fields.values()
    required = schema.list_required(_IDEA)
    notes: dict[str, object] = {
        "required": [field.name for field in required],
        "if": {"not": {"properties": {"kind": _match_kinds(_list_unusual_kinds(schema))}}},
        "then": _require(schema, _WORK),
    }
    if exacting := [kind for kind in schema.note_kinds.values() if kind.requires is not None]:
        notes["allOf"] = [
            {
                "if": {"properties": {"kind": _match_kinds([kind])}, "required": ["kind"]},
                "then": _require(schema, kind),
            }
            for kind in exacting
        ]
    return {
        "$schema": _DIALECT,
        "title": "Front matter of a note",
        "type": "object",
        "properties": {field.name: _make_property(field, names) for field in fields},
        "required": [field.name for field in schema.list_required(PAGE)],
        "if": {"anyOf": [_match_value("kind", PAGE.name), _match_value("draft", value=True)]},
        "else": notes,
        "dependentSchemas": {
            field.name: _require_hub(schema) for field in fields if field.only_hubs
        },
        "additionalProperties": False,
    }


def _match_value(name: str, value: object) -> dict[str, object]:
    return {"properties": {name: {"const": value}}, "required": [name]}


def _require(schema: Schema, kind: Kind) -> dict[str, object]:
    """Return what notes of a kind need besides what every note does."""
    of_all = schema.list_required(_IDEA)
    required = [field.name for field in schema.list_required(kind) if field not in of_all]
    needs: dict[str, object] = {"required": required}
    if needs_locator(kind):
        needs["anyOf"] = [{"required": [name]} for name in schema.locators]
    return needs


def _list_unusual_kinds(schema: Schema) -> list[Kind]:
    """Return the kinds of notes that do not need just what works usually do."""
    kinds = schema.note_kinds.values()
    return [kind for kind in kinds if kind.requires is not None or not kind.is_work]


def _match_kinds(kinds: Sequence[Kind]) -> dict[str, object]:
    names = [kind.name for kind in kinds]
    return {"const": names[0]} if len(names) == 1 else {"enum": names}


def _require_hub(schema: Schema) -> dict[str, object]:
    names = [kind.name for kind in schema.kinds.values() if kind.is_hub]
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


def _make_property(field: Field, names: Mapping[str, Collection[str]]) -> dict[str, object]:
    """Return the schema of a field; `names` are those that a list must take its items from."""
    value = field.type.make_json_schema()
    if not field.is_list:
        return {"description": field.doc} | value
    if known := names.get(field.type.completes_from):
        value = {"enum": list(known)}
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
