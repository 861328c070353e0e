"""What a change does to claims: what they say, who disputes them, and what they measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from readinglog.model.claim import Claim
from readinglog.model.slugs import fold
from readinglog.notebook.changes.pairs import Pairs
from readinglog.notebook.claims import ClaimRelation, NoteClaim
from readinglog.notebook.disputes import Dispute, Side
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.results import ResultRow


class FieldChange(NamedTuple):
    """The value of a field before and after, as it is written; '' where there is none."""

    name: str
    before: str
    after: str


class ClaimChange(NamedTuple):
    """A claim that says something else, or has other fields.

    `relying` has what claims of other notes said of it, where its text is another one.
    """

    old: NoteClaim
    new: NoteClaim
    fields: tuple[FieldChange, ...]
    relying: tuple[ClaimRelation, ...]


class ResultChange(NamedTuple):
    """A result that is new in a table (then `old` is None), is gone (`new`), or has changed."""

    old: ResultRow | None
    new: ResultRow | None


class ClaimChanges(NamedTuple):
    """What changed in published claims. Those removed are in the notebook before."""

    added: tuple[NoteClaim, ...]
    changed: tuple[ClaimChange, ...]
    removed: tuple[NoteClaim, ...]
    disputed: tuple[Dispute, ...]
    results: tuple[ResultChange, ...]


_Key = tuple[str, str]  # the path of the note after the change, and the name of the claim


def compare_claims(before: Notebook, after: Notebook, pairs: Pairs) -> ClaimChanges:
    """Return what changed in claims, in order of path."""
    return _Comparison(before, after, pairs).compare()


class _Comparison:
    def __init__(self, before: Notebook, after: Notebook, pairs: Pairs) -> None:
        self._before = before
        self._after = after
        self._new_paths = {old.path: note.path for note, old in pairs.old_by_new.items()}

    def compare(self) -> ClaimChanges:
        old = {self._make_old_key(claim): claim for claim in self._before.claims.published}
        new = {_make_key(claim): claim for claim in self._after.claims.published}
        return ClaimChanges(
            added=tuple(new[key] for key in _list_in_order(new) if key not in old),
            changed=tuple(self._find_changed(old, new)),
            removed=tuple(old[key] for key in _list_in_order(old) if key not in new),
            disputed=tuple(self._find_disputed()),
            results=tuple(self._compare_results()),
        )

    def _make_old_key(self, claim: NoteClaim) -> _Key:
        path = claim.note.path
        return self._new_paths.get(path, path), claim.claim.id

    def _find_changed(
        self, old: Mapping[_Key, NoteClaim], new: Mapping[_Key, NoteClaim]
    ) -> Iterator[ClaimChange]:
        for key in _list_in_order(new):
            former, claim = old.get(key), new[key]
            if former is None or _get_source(former) == _get_source(claim):
                continue
            texts = (
                self._before.claims.extract_text(former),
                self._after.claims.extract_text(claim),
            )
            relying = (
                relation
                for relation in self._after.claims.list_incoming(claim)
                if relation.source.note is not claim.note
            )
            fields = tuple(_compare_fields(former.claim, claim.claim))
            yield ClaimChange(former, claim, fields, () if texts[0] == texts[1] else tuple(relying))

    def _find_disputed(self) -> Iterator[Dispute]:
        """Yield the disputes that are new."""
        known = {
            tuple(self._make_side_key(side, is_old=True) for side in dispute)
            for dispute in self._before.disputes
        }
        for dispute in self._after.disputes:
            if tuple(self._make_side_key(side, is_old=False) for side in dispute) not in known:
                yield dispute

    def _make_side_key(self, side: Side, *, is_old: bool) -> _Key:
        path = side.note.path
        new_path = self._new_paths.get(path, path) if is_old else path
        return new_path, side.claim.id if side.claim else ""

    def _compare_results(self) -> Iterator[ResultChange]:
        old = {self._make_old_key(row.source): row for row in _list_rows(self._before)}
        new = {_make_key(row.source): row for row in _list_rows(self._after)}
        for key in sorted(old.keys() | new.keys()):
            former, row = old.get(key), new.get(key)
            if not (former and row) or _differ(former, row):
                yield ResultChange(former, row)


def _list_rows(notebook: Notebook) -> Iterator[ResultRow]:
    return (row for table in notebook.results.tables for row in table.rows)


def _make_key(claim: NoteClaim) -> _Key:
    return claim.note.path, claim.claim.id


def _list_in_order(claims: Mapping[_Key, NoteClaim]) -> list[_Key]:
    """Return the keys in order of path and place."""
    return sorted(claims, key=lambda key: (key[0], claims[key].claim.span))


def _get_source(claim: NoteClaim) -> str:
    """Return a claim with its fields as it is written, but for spaces and ends of lines."""
    start, end = claim.claim.span
    return " ".join(claim.note.text[start:end].split())


def _compare_fields(old: Claim, new: Claim) -> Iterator[FieldChange]:
    """Yield the fields that changed, in the order in which they are written."""
    for name in dict.fromkeys(field.name for field in (*new.fields, *old.fields)):
        before, after = old.get(name), new.get(name)
        if before != after:
            yield FieldChange(name, before, after)


def _differ(old: ResultRow, new: ResultRow) -> bool:
    """Return whether a result is in another table now, or has another value or setting."""

    def make_key(row: ResultRow) -> tuple[str, ...]:
        metric, data, *values = row.result
        return fold(metric), fold(data), *values

    return make_key(old) != make_key(new)
