"""Notes, tags and sentences as lists and lines show them: plain data for templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from readinglog.model.bylines import format_byline
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import FIRST_FORMULA_MARK
from readinglog.parsing.formulas import Formula
from readinglog.parsing.prose import strip_markdown
from readinglog.site.addresses import make_note_address, make_tag_address
from readinglog.site.messages import translate
from readinglog.site.page import make_own_id

Item = TypeVar("Item")
_FEWEST_LINKS = 2  # of contents that need no parts of the page's own
_DEEPEST_HEADING = 3  # that the contents of a page show


@dataclass(frozen=True, slots=True)
class TagLink:
    """A tag as a link to its page; `hue` is the number of its root's colour."""

    key: str
    name: str
    hue: int
    address: str


@dataclass(frozen=True, slots=True)
class CountedTag:
    """A tag as a link, with how many notes there are of it, and what it is about."""

    link: TagLink
    count: int
    summary: str


class TagNode(NamedTuple):
    """A tag in the tree of tags; `level` is the number of tags above it."""

    level: int
    tag: CountedTag


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A note as a link to its page."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note in a list; `date` is the day it was logged."""

    title: str
    address: str
    date: str
    byline: str
    summary: str
    tags: tuple[TagLink, ...]


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A note as one line of a list: what it is called for short, the year of its work, what it is
    about, and its first tag. `names` are its name and its former ones, with `/` between them;
    `writers` says who wrote the note, '' where the list does not show them.
    """

    title: str
    address: str
    names: str
    year: str
    summary: str
    tag: TagLink | None
    writers: str = ""


@dataclass(frozen=True, slots=True)
class HeadingLink:
    """A heading in the contents of its page."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a note with the texts before, in and after the part of it that is marked.

    Each formula is a mark in the texts, as in `notebook.sections`; `formulas` has their MathML.
    """

    before: str
    marked: str
    after: str
    formulas: tuple[str, ...] = ()


def make_tag_link(tag: Tag, notebook: Notebook) -> TagLink:
    """Return a tag as a link."""
    vocabulary = notebook.vocabulary
    return TagLink(tag.key, tag.name, vocabulary.get_hue(tag), make_tag_address(tag, vocabulary))


def make_tag_links(note: Note, notebook: Notebook) -> tuple[TagLink, ...]:
    """Return the tags of a note as links, in the order in which they are written."""
    return tuple(make_tag_link(tag, notebook) for tag in notebook.tags.get_tags(note))


def make_counted_tag(tag: Tag, notebook: Notebook) -> CountedTag:
    """Return a tag as a link, with its number of notes."""
    count = len(notebook.tags.notes.get(tag.key, ()))
    return CountedTag(make_tag_link(tag, notebook), count, tag.summary)


def make_tag_tree(notebook: Notebook) -> tuple[TagNode, ...]:
    """Return all tags, each before those below it: a list, since templates cannot recurse deep."""
    vocabulary = notebook.vocabulary
    return tuple(
        TagNode(len(vocabulary.get_path(tag)) - 1, make_counted_tag(tag, notebook))
        for root in vocabulary.list_children(None)
        for tag in vocabulary.list_subtree(root)
    )


def find_root_tag(note: Note, notebook: Notebook) -> Tag | None:
    """Return the topic of a note: the root of its first tag."""
    tags = notebook.tags.get_tags(note)
    return notebook.vocabulary.get_path(tags[0])[0] if tags else None


def sort_by_topic(
    items: Iterable[Item], get_note: Callable[[Item], Note], notebook: Notebook
) -> list[Item]:
    """Return items in the order of the topics of their notes; those without one come last."""
    roots = [root.key for root in notebook.vocabulary.list_children(None)]
    places = {key: place for place, key in enumerate(roots)}

    def find_place(item: Item) -> int:
        root = find_root_tag(get_note(item), notebook)
        return places[root.key] if root else len(places)

    return sorted(items, key=find_place)


def make_note_link(note: Note) -> NoteLink:
    """Return a note as a link."""
    return NoteLink(note.title, make_note_address(note))


def make_note_rows(notes: Iterable[Note], notebook: Notebook) -> tuple[NoteRow, ...]:
    """Return notes as the rows of a list."""
    return tuple(
        NoteRow(
            title=note.title,
            address=make_note_address(note),
            date=note.date.isoformat() if note.date else "",
            byline=format_byline(note, translate),
            summary=note.summary,
            tags=make_tag_links(note, notebook),
        )
        for note in notes
    )


def make_work_rows(notes: Iterable[Note], notebook: Notebook) -> tuple[WorkRow, ...]:
    """Return notes as lines of a list."""
    return tuple(
        WorkRow(
            title=note.short_name,
            address=make_note_address(note),
            names=notebook.publication.join_names(note),
            year=note.published[:4],
            summary=note.summary,
            tag=next(iter(make_tag_links(note, notebook)), None),
        )
        for note in notes
    )


def count_words(*texts: str) -> int:
    """Return how many words some texts have together."""
    return sum(len(text.split()) for text in texts)


def list_headings(note: Note) -> tuple[HeadingLink, ...]:
    """Return the headings of a note's text that belong in the contents of its page.

    One that shows nothing cannot be a link.
    """
    return tuple(
        HeadingLink(heading.level, heading.anchor, strip_markdown(heading.text))
        for heading in note.headings
        if heading is not note.title_heading and heading.text and heading.level <= _DEEPEST_HEADING
    )


def add_own_parts(
    headings: tuple[HeadingLink, ...], parts: Iterable[tuple[str, str]]
) -> tuple[HeadingLink, ...]:
    """Return the contents of a page: the headings of its text, then the page's own parts by their
    English titles and names. A text without headings needs none, nor do two links in all.
    """
    own = (HeadingLink(2, make_own_id(name), translate(title)) for title, name in parts)
    contents = (*headings, *own)
    return contents if headings and len(contents) > _FEWEST_LINKS else headings


def make_quote(note: Note, span: Span, notebook: Notebook) -> Quote:
    """Return the sentence of a note around `span`, which is marked."""
    marker = FormulaMarker()
    parts = notebook.links.extract_excerpt(note, span, marker.mark)
    return Quote(*parts, tuple(marker.formulas))


class FormulaMarker:
    """Puts a mark in the place of each formula of a text, and keeps their MathML."""

    def __init__(self) -> None:
        self.formulas: list[str] = []

    def mark(self, formula: Formula) -> str:
        """Return the mark of a formula."""
        self.formulas.append(formula.render_in_line() or f"${formula.source.strip()}$")
        return chr(FIRST_FORMULA_MARK + len(self.formulas) - 1)
