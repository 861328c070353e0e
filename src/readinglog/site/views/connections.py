"""The notes that a note is connected with: each once, under its strongest connection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.claim import Claim, ClaimField
from readinglog.model.field import Field
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.digests import NoteDigests
from readinglog.notebook.link_graph import MENTIONS
from readinglog.notebook.mentions import Mention
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes, find_reading_path
from readinglog.notebook.related import Related
from readinglog.site.addresses import make_note_address
from readinglog.site.messages import translate
from readinglog.site.views.room import share_out_room
from readinglog.site.views.rows import Quote, count_words, make_quote

_HUBS = 2  # that a note is told to be part of
_FEW_ROWS, _FEW_LINES = 2, 4  # of what is not worth a fold
_LINE = 70  # characters of a quote
_READ_FIRST = "Read first"
_PATH_OF = {_READ_FIRST: "Builds on"}  # the relation that a path is made of


@dataclass(frozen=True, slots=True)
class Connection:
    """A connected note, with the sentence that says so, or the reason in words; `marks` are the
    relations that it has besides.

    `names` are its name and its former ones, with `/` between them, `minutes` how long it takes to
    read, `anchor` that of the claim by which it is connected, or ''. Of a note that is wanted,
    there are but the title, and `address` and `anchor` of its entry among the wanted.
    """

    title: str
    address: str
    anchor: str = ""
    names: str = ""
    year: str = ""
    minutes: int = 0
    marks: tuple[str, ...] = ()
    reason: str = ""
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class ConnectionGroup:
    """Notes with one kind of connection, those that are `shown` and those that are `folded`.

    Those of a path are to be read in their order, which takes so many `minutes`.
    """

    name: str
    is_path: bool
    shown: tuple[Connection, ...]
    folded: tuple[Connection, ...]
    minutes: int


class _Row(NamedTuple):
    """A connected note, the reason, and what can be quoted: the spans of a note's text."""

    note: Note
    reason: str = ""
    quoted: Note | None = None
    spans: Sequence[Span] = ()


class _Group(NamedTuple):
    """The rows of one kind of connection, by its English name, and the names that are wanted."""

    name: str
    rows: list[_Row]
    wanted: Sequence[str] = ()


def list_connections(
    note: Note,
    notebook: Notebook,
    related: Iterable[Related],
    mentions: Iterable[Mention],
    room: int,
) -> tuple[ConnectionGroup, ...]:
    """Return the notes that `note` is connected with, the strongest connections first.

    `mentions` are those of the note without a link. The rows that are shown have about `room`
    words, of which quoted ones count half; what would fold away only a few lines is shown, too.
    """
    groups, relations = _group_connections(note, notebook, related, mentions)
    rows = [_make_rows(group, relations, notebook) for group in groups]
    shares = share_out_room([list(map(_count_words, each)) for each in rows], room)
    return tuple(
        _make_group(group.name, each, share)
        for group, each, share in zip(groups, rows, shares, strict=True)
    )


def describe_connections(
    note: Note,
    notebook: Notebook,
    related: Iterable[Related],
    mentions: Iterable[Mention],
    digests: NoteDigests,
) -> object:
    """Return what decides about the connections of `note`, but for the texts that they quote."""
    groups, relations = _group_connections(note, notebook, related, mentions)
    return [
        (name, [(digests.get_label(row.note), row.reason) for row in rows], wanted)
        for name, rows, wanted in (*groups, *relations)
        if rows or wanted
    ]


def describe_distant(note: Note, notebook: Notebook, digests: NoteDigests) -> object:
    """Return what decides about the connections of `note` that need no link between two notes: what
    to read first, and its hubs.
    """
    groups = (find_reading_path(notebook, note), _list_hubs(note, notebook))
    return [list(map(digests.get_label, group)) for group in groups]


def _group_connections(
    note: Note, notebook: Notebook, related: Iterable[Related], mentions: Iterable[Mention]
) -> tuple[list[_Group], list[_Group]]:
    """Return the connections of a note, each with another note once, and all of its relations."""
    citing = _find_citing(note, notebook)
    relations = list(_list_relations(note, citing, notebook))
    groups = [
        _Group(_READ_FIRST, [_Row(other) for other in find_reading_path(notebook, note)]),
        *relations,
        _Group(
            "Part of",
            [
                _Row(hub, quoted=hub, spans=citing.get(hub, ()))
                for hub in _list_hubs(note, notebook)
            ],
        ),
        _Group(
            "Cited by",
            [_Row(other, quoted=other, spans=spans) for other, spans in citing.items()],
        ),
        _Group(
            "Mentioned without a link",
            [_Row(other, quoted=other, spans=(span,)) for other, span in mentions],
        ),
        _Group("Related", [_Row(other.note, _name_reason(other)) for other in related]),
    ]
    return _leave_out_repeated(groups), relations


def _list_hubs(note: Note, notebook: Notebook) -> list[Note]:
    """Return the hubs of a note's first tags, for each tag the narrowest; a hub of a tag is part of
    none.
    """
    hubs = notebook.tags.hubs
    tags = notebook.tags.get_tags(note)
    if tags and hubs.get(tags[0].key) is note:
        return []
    paths = (reversed(notebook.vocabulary.get_path(tag)) for tag in tags)
    narrowest = (
        next((hubs[step.key] for step in path if step.key in hubs), None) for path in paths
    )
    return [hub for hub in dict.fromkeys(narrowest) if hub and hub is not note][:_HUBS]


def _list_relations(
    note: Note, citing: dict[Note, list[Span]], notebook: Notebook
) -> Iterator[_Group]:
    """Yield the typed relations of a note, and those of others to it: that they build on it comes
    last, since it says least.
    """
    targets, wanted = _find_targets(note, notebook)
    sources = _find_sources(note, citing, notebook)
    builds_on, *others = (field for field in note.schema.fields.values() if field.relation)

    def make_forward(field: Field) -> _Group:
        name = field.relation.forward if field.relation else ""
        return _Group(name, targets[field.name], wanted[field.name])

    def make_backward(field: Field | ClaimField) -> _Group:
        name = field.relation.backward if field.relation else ""
        return _Group(name, sources[field.name])

    yield make_forward(builds_on)
    for field in others:
        yield make_forward(field)
        yield make_backward(field)
    for claim_field in note.schema.own_claim_fields.values():
        if claim_field.relation and claim_field.name not in note.schema.fields:
            yield make_backward(claim_field)
    yield make_backward(builds_on)


def _find_targets(
    note: Note, notebook: Notebook
) -> tuple[dict[str, list[_Row]], dict[str, list[str]]]:
    """Return the notes that a note has in its fields, by field, and the names that are wanted; what
    can be quoted is in the note itself.
    """
    cited = _find_cited(note, notebook)
    rows: dict[str, list[_Row]] = defaultdict(list)
    wanted: dict[str, list[str]] = defaultdict(list)
    for relation in notebook.links.list_relations(note):
        target = relation.resolution.target
        if target and notebook.publication.is_published(target):
            rows[relation.field].append(_Row(target, quoted=note, spans=cited.get(target, ())))
        elif relation.resolution.is_missing:
            wanted[relation.field].append(relation.text)
    return rows, wanted


def _find_sources(
    note: Note, citing: dict[Note, list[Span]], notebook: Notebook
) -> dict[str, list[_Row]]:
    """Return the published notes that have `note` in a field or in that of a claim, by field."""
    rows: dict[str, list[_Row]] = defaultdict(list)
    for back in notebook.graph.backlinks.get(note, ()):
        if back.relation != MENTIONS and notebook.publication.is_published(back.note):
            row = _Row(back.note, quoted=back.note, spans=citing.get(back.note, ()))
            rows[back.relation].append(row)
    for name, (source, claim), *_ in notebook.claims.list_incoming_of_note(note):
        rows[name].append(_Row(source, quoted=source, spans=(_find_beginning(claim),)))
    return rows


def _find_beginning(claim: Claim) -> Span:
    """Return where a claim begins: what is quoted there is all of it."""
    return Span(claim.span.start, claim.span.start)


def _find_citing(note: Note, notebook: Notebook) -> dict[Note, list[Span]]:
    """Return the published notes whose text links to `note`, with the places that do."""
    spans: dict[Note, list[Span]] = {}
    for back in notebook.graph.backlinks.get(note, ()):
        if back.relation == MENTIONS and notebook.publication.is_published(back.note):
            spans.setdefault(back.note, []).append(back.span)
    return spans


def _find_cited(note: Note, notebook: Notebook) -> dict[Note, list[Span]]:
    """Return the places at which the text of `note` links to others, by these."""
    spans: dict[Note, list[Span]] = {}
    for link, resolution in notebook.links.list_links(note):
        if resolution.target:
            spans.setdefault(resolution.target, []).append(link.span)
    return spans


def _name_reason(related: Related) -> str:
    """Return the first reason why two notes are related, in the language of the site."""
    reason = next(iter(related.reasons), "")
    for verb in ("shares", "both cite", "both mention"):
        if reason.startswith(f"{verb} "):
            return translate(f"{verb} {{what}}", what=reason.removeprefix(f"{verb} "))
    return translate(reason) if reason else ""


def _leave_out_repeated(groups: Iterable[_Group]) -> list[_Group]:
    """Return the groups that have something, each note in the first of them alone."""
    seen: set[Note] = set()
    distinct = []
    for group in groups:
        rows = list({row.note: row for row in group.rows if row.note not in seen}.values())
        seen.update(row.note for row in rows)
        if rows or group.wanted:
            distinct.append(_Group(group.name, rows, tuple(dict.fromkeys(group.wanted))))
    return distinct


def _count_words(row: Connection) -> int:
    quote = row.quote
    quoted = (quote.before, quote.marked, quote.after) if quote else ()
    return count_words(row.title, row.year, *row.marks, row.reason) + count_words(*quoted) // 2


def _make_rows(group: _Group, relations: Iterable[_Group], notebook: Notebook) -> list[Connection]:
    marks = {
        row.note: tuple(
            translate(other.name.lower())
            for other in relations
            if other.name not in (group.name, _PATH_OF.get(group.name))
            and any(each.note is row.note for each in other.rows)
        )
        for row in group.rows
    }
    return [
        *(_make_connection(row, marks[row.note], notebook) for row in group.rows),
        *(Connection(name, "wanted/", fold(name)) for name in group.wanted),
    ]


def _is_short(rows: Sequence[Connection]) -> bool:
    """Return whether rows take so few lines that a fold in their place would save nothing."""
    return len(rows) <= _FEW_ROWS and sum(map(_count_lines, rows)) <= _FEW_LINES


def _count_lines(row: Connection) -> int:
    quote = row.quote
    quoted = len(quote.before + quote.marked + quote.after) if quote else 0
    return 1 + -(-quoted // _LINE)


def _make_group(name: str, rows: Sequence[Connection], share: int) -> ConnectionGroup:
    is_path = name == _READ_FIRST
    share = len(rows) if _is_short(rows[share:]) else share
    return ConnectionGroup(
        translate(name),
        is_path,
        tuple(rows[:share]),
        tuple(rows[share:]),
        sum(row.minutes for row in rows) if is_path else 0,
    )


def _find_claim_anchor(row: _Row) -> str:
    """Return the anchor of the claim of the connected note that is quoted, '' where none is."""
    if row.quoted is not row.note or not row.spans:
        return ""
    start = row.spans[0].start
    claims = (each for each in row.note.claims if each.span.start <= start < each.span.end)
    return next((f"^{claim.id}" for claim in claims), "")


def _make_connection(row: _Row, marks: tuple[str, ...], notebook: Notebook) -> Connection:
    return Connection(
        title=row.note.short_name,
        address=make_note_address(row.note),
        anchor=_find_claim_anchor(row),
        names=notebook.publication.join_names(row.note),
        year=row.note.published[:4],
        minutes=estimate_minutes(row.note),
        marks=marks,
        reason=row.reason,
        quote=make_quote(row.quoted, row.spans[0], notebook) if row.quoted and row.spans else None,
    )
