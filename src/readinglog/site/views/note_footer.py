"""What stands after the text of a note: relations, backlinks, mentions, related notes, citation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readinglog.interchange.bibliographies.bibtex import format_bibtex
from readinglog.interchange.bibliographies.citation import format_citation
from readinglog.model.fields import FIELDS
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.link_graph import MENTIONS
from readinglog.notebook.mentions import Mention
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.related import Related
from readinglog.site.addresses import make_note_address
from readinglog.site.messages import translate
from readinglog.site.views.rows import NoteLink, Quote, make_note_link, make_quote

_QUOTES = 10  # of one note; a note may link to another in each of its sentences


@dataclass(frozen=True, slots=True)
class RelationLink:
    """The other end of a relation: a note, or an entry at `anchor` of the page of wanted notes."""

    title: str
    address: str
    anchor: str = ""
    is_wanted: bool = False


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation in one direction, and all that a note has in it."""

    name: str
    links: tuple[RelationLink, ...]


@dataclass(frozen=True, slots=True)
class QuotedNote:
    """A note with some of its sentences, and how many `more` there are."""

    note: NoteLink
    quotes: tuple[Quote, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A related note, and why it is related."""

    note: NoteLink
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A work for those who cite it: as BibTeX, and in a line."""

    bibtex: str
    line: str


def list_relations(note: Note, notebook: Notebook) -> tuple[RelationRow, ...]:
    """Return the typed relations of a note, in both directions."""
    rows = []
    for field in FIELDS.values():
        if words := field.relation:
            rows.append(RelationRow(words.forward, _list_targets(note, field.name, notebook)))
            rows.append(RelationRow(words.backward, _list_sources(note, field.name, notebook)))
    return tuple(row for row in rows if row.links)


def _list_targets(note: Note, field: str, notebook: Notebook) -> tuple[RelationLink, ...]:
    """Return what `field` of a note has: the published notes first, then those that are wanted."""
    relations = [
        relation for relation in notebook.links.list_relations(note) if relation.field == field
    ]
    targets = (relation.resolution.target for relation in relations)
    published = [
        _make_relation_link(target)
        for target in targets
        if target and notebook.publication.is_published(target)
    ]
    wanted = [
        RelationLink(relation.text, "wanted/", fold(relation.text), is_wanted=True)
        for relation in relations
        if relation.resolution.is_missing
    ]
    return tuple(dict.fromkeys((*published, *wanted)))


def _list_sources(note: Note, field: str, notebook: Notebook) -> tuple[RelationLink, ...]:
    """Return the published notes that have `note` in `field`."""
    sources = (
        _make_relation_link(backlink.note)
        for backlink in notebook.graph.backlinks.get(note, ())
        if backlink.relation == field and notebook.publication.is_published(backlink.note)
    )
    return tuple(dict.fromkeys(sources))


def _make_relation_link(note: Note) -> RelationLink:
    return RelationLink(note.title, make_note_address(note))


def list_backlinks(note: Note, notebook: Notebook) -> tuple[QuotedNote, ...]:
    """Return the notes whose text links to `note`, each with the sentences that do."""
    spans: dict[Note, list[Span]] = {}
    for backlink in notebook.graph.backlinks.get(note, ()):
        if backlink.relation == MENTIONS and notebook.publication.is_published(backlink.note):
            spans.setdefault(backlink.note, []).append(backlink.span)
    return tuple(_quote_note(other, found, notebook) for other, found in spans.items())


def list_mentions(mentions: Iterable[Mention], notebook: Notebook) -> tuple[QuotedNote, ...]:
    """Return the notes that mention one without a link, each with the sentence that does."""
    return tuple(_quote_note(other, (span,), notebook) for other, span in mentions)


def _quote_note(note: Note, spans: Sequence[Span], notebook: Notebook) -> QuotedNote:
    quotes = tuple(make_quote(note, span, notebook) for span in spans[:_QUOTES])
    return QuotedNote(make_note_link(note), quotes, len(spans) - len(quotes))


def list_related(related: Iterable[Related]) -> tuple[RelatedRow, ...]:
    """Return related notes as rows."""
    return tuple(
        RelatedRow(make_note_link(other.note), tuple(map(_translate_reason, other.reasons)))
        for other in related
    )


def _translate_reason(reason: str) -> str:
    """Return why two notes are related in the language of the site."""
    for verb in ("shares", "both cite", "both mention"):
        if reason.startswith(f"{verb} "):
            return translate(f"{verb} {{what}}", what=reason.removeprefix(f"{verb} "))
    return translate(reason)


def make_citation(note: Note) -> Citation | None:
    """Return how to cite the work of a note; a hub has none."""
    return None if note.is_hub else Citation(format_bibtex(note), format_citation(note))
