"""What front matter and the vocabulary may hold, as JSON Schema: for editors, which complete and mark while one types."""

from __future__ import annotations

from readinglog.model.formats import FLAG, PUBLISHED, RATING, SUMMARY_LIMIT
from readinglog.model.schema import FIELDS, WORK_FIELDS, FieldType
from readinglog.model.vocabulary import Vocabulary

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_front_matter_schema(vocabulary: Vocabulary) -> dict[str, object]:
    """The schema of a note's front matter; where the vocabulary is closed, its tags are the ones that are offered."""
    properties = {name: _field(known) for name, known in FIELDS.items()}
    if vocabulary.is_closed:
        words = dict.fromkeys(
            word for tag in vocabulary.tags.values() for word in (tag.key, tag.name)
        )
        properties["tags"] |= {"items": {"enum": list(words)}}
    works = [name for name, known in FIELDS.items() if known.needed and not known.on_topics]
    of_a_work = {"required": works, "anyOf": [{"required": [name]} for name in WORK_FIELDS]}
    return {
        "$schema": _DIALECT,
        "title": "Front matter of a note",
        "type": "object",
        "properties": properties,
        "required": [name for name, known in FIELDS.items() if known.needed and known.on_topics],
        "if": {"not": {"properties": {"kind": {"const": "topic"}}}},
        "then": of_a_work,
        "additionalProperties": False,
    }


def make_vocabulary_schema(vocabulary: Vocabulary) -> dict[str, object]:
    """The schema of `tags.yml`."""
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


def _field(known: FieldType) -> dict[str, object]:
    one = _value(known)
    if known.many:
        return {
            "description": known.doc,
            "type": "array",
            "items": one,
            "minItems": 1 if known.needed else 0,
        }
    return {"description": known.doc} | one


def _value(known: FieldType) -> dict[str, object]:
    form = known.format
    if form.choices:
        return {"enum": list(form.choices)}
    if form is FLAG:
        return {"type": "boolean"}
    if form is RATING:
        return {"type": "integer", "minimum": 1, "maximum": 5}
    text: dict[str, object] = {
        "type": ["string", "integer"] if form is PUBLISHED else "string"
    }  # to YAML a year is a number
    text |= {"pattern": f"^(?:{form.pattern})$"} if form.pattern else {"minLength": 1}
    return text | ({"maxLength": form.limit} if form.limit else {})
