"""The schema of a log: the fields of front matter and of claims, and the kinds of note that it
knows.

Those built in are records in `fields.py`, `claim.py` and `kinds.py`; the settings of a log add
records of its own. A notebook and its notes carry the schema by which they were parsed, so that two
logs in one process share nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from readinglog.model.claim import CLAIM_FIELDS, ClaimField
from readinglog.model.field import Field, RelationWords, Required
from readinglog.model.field_types import CommonMistake, make_choice_type
from readinglog.model.fields import FIELDS
from readinglog.model.kinds import ADDRESS, KINDS, Kind

_OWN_KIND = "or add a kind to the log: a table `[kinds.NAME]` in `readinglog.toml`"


@dataclass(frozen=True)
class Schema:
    """Fields and kinds by name, the numbers of colours that the settings give root tags, and the
    fields of claims by name.

    Two schemas with one `key` are the same; that of the built-in one is ''.
    """

    fields: Mapping[str, Field] = field(compare=False)
    kinds: Mapping[str, Kind] = field(compare=False)
    colours: Mapping[str, int] = field(default_factory=dict, compare=False)
    key: str = ""
    claim_fields: Mapping[str, ClaimField] = field(default_factory=dict, compare=False)

    @cached_property
    def note_kinds(self) -> Mapping[str, Kind]:
        """The kinds of notes, without that of pages beside them."""
        return {name: kind for name, kind in self.kinds.items() if not kind.is_page}

    @cached_property
    def locators(self) -> tuple[str, ...]:
        """The fields that say where a work is: its identifiers, then its addresses."""
        names = (field.name for field in self.fields.values() if field.is_locator)
        return tuple(sorted(names, key=lambda name: bool(self.fields[name].type.schemes)))

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """The fields that relate a note to others."""
        return tuple(field.name for field in self.fields.values() if field.relation)

    @cached_property
    def claim_relations(self) -> tuple[str, ...]:
        """The fields that relate a claim to others."""
        return tuple(field.name for field in self.claim_fields.values() if field.relation)

    @cached_property
    def own_claim_fields(self) -> Mapping[str, ClaimField]:
        """The fields of claims that the log adds."""
        fields = self.claim_fields.items()
        return {name: field for name, field in fields if name not in CLAIM_FIELDS}

    def get_claim_relation_words(self, name: str) -> RelationWords:
        """Return the words for a relation of claims, by the name of its field."""
        words = self.claim_fields[name].relation
        assert words is not None  # noqa: S101 - only fields with it make a relation
        return words

    def format_locators(self) -> str:
        """Return the fields that say where a work is, as a message lists them."""
        names = [f"`{field.name}`" for field in self.fields.values() if field.is_locator]
        return f"{', '.join(names[:-1])} or {names[-1]}"

    def list_required(self, kind: Kind) -> list[Field]:
        """Return the fields that a note of a kind must have."""
        return [field for field in self.fields.values() if is_required(field, kind)]

    def extend(
        self,
        fields: Iterable[Field] = (),
        kinds: Iterable[Kind] = (),
        colours: Mapping[str, int] = MappingProxyType({}),
        claim_fields: Iterable[ClaimField] = (),
        *,
        key: str,
    ) -> Schema:
        """Return a schema with more fields and kinds; those of a known name are replaced."""
        known_kinds = {**self.kinds, **{kind.name: kind for kind in kinds}}
        known_fields = {**self.fields, **{field.name: field for field in fields}}
        if known_kinds != self.kinds:
            known_fields["kind"] = _offer_kinds(known_fields["kind"], known_kinds.values())
        known_claim_fields = {**self.claim_fields, **{field.name: field for field in claim_fields}}
        return Schema(known_fields, known_kinds, colours, key, known_claim_fields)


def is_required(field: Field, kind: Kind) -> bool:
    """Return whether a note of a kind must have a field."""
    if kind.is_page:
        return field.is_for_pages
    if field.required is Required.NOTES:
        return True
    if kind.requires is not None:
        return field.name in kind.requires
    return field.required is Required.WORKS and kind.is_work


def needs_locator(kind: Kind) -> bool:
    """Return whether a note of a kind must say where its work is."""
    return kind.is_work if kind.requires is None else ADDRESS in kind.requires


def _offer_kinds(field: Field, kinds: Iterable[Kind]) -> Field:
    """Return the field that says of which kind a note is, with these to choose from."""
    kinds = list(kinds)
    choice = make_choice_type(*(kind.name for kind in kinds))
    offered = tuple(kind.name for kind in kinds if not kind.is_page)
    type_ = replace(
        choice,
        help=f"write one of these, {_OWN_KIND}",
        options=offered,
        common_mistakes=tuple(_list_other_names(kinds, choice.expected)),
    )
    return replace(field, type=type_, doc=f"One of {', '.join(offered)}.")


def _list_other_names(kinds: Sequence[Kind], expected: str) -> Iterator[CommonMistake]:
    """Yield what to write for the words that are often written in place of kinds."""
    known = {kind.name for kind in kinds}
    meant: dict[str, list[str]] = {}
    for kind in kinds:
        for word in set(kind.other_names) - known:
            meant.setdefault(word, []).append(kind.name)
    words: dict[str, list[str]] = {}
    for word, names in sorted(meant.items()):
        choice = " or ".join(f"`{name}`" for name in names)
        words.setdefault(choice, []).append(word.replace("-", "[-_ ]?"))
    for choice, patterns in words.items():
        yield CommonMistake(f"(?:{'|'.join(patterns)})s?", expected, f"write {choice}, {_OWN_KIND}")


BUILT_IN = Schema(
    {**FIELDS, "kind": _offer_kinds(FIELDS["kind"], KINDS.values())},
    KINDS,
    claim_fields=CLAIM_FIELDS,
)
