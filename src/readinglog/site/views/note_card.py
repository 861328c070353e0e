"""The card at the head of a note's page: authors, facts, links, tags and the summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.field import CardFact, CardLink, Field
from readinglog.model.field_types import ET_AL
from readinglog.model.kinds import DEFAULT_KIND
from readinglog.model.note import Note
from readinglog.model.slugs import to_slug
from readinglog.notebook.notebook import Notebook
from readinglog.search.query import Filter
from readinglog.site.addresses import make_author_address
from readinglog.site.messages import translate
from readinglog.site.page import make_own_id
from readinglog.site.views.claim_rows import name_basis
from readinglog.site.views.rows import (
    NoteLink,
    TagLink,
    count_words,
    make_note_link,
    make_tag_links,
)

_AUTHORS = 4  # that are named where there are more than one more; the citation has all


class AuthorLink(NamedTuple):
    """An author as a link to the page of that author, or to a query where there is none."""

    name: str
    address: str
    query: str


class Fact(NamedTuple):
    """A fact on a card: a value, what is written around it, and its place among the others."""

    place: int
    value: str
    before: str = ""
    after: str = ""
    element: str = ""  # the HTML element of the value, if it needs one


class CardTarget(NamedTuple):
    """A link on a card."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class NoteCard:
    """The card of a note.

    `anchor` is that of the heading with the title, or ''; `names` are those by which a browser
    knows the notes it has marked as read. `hub_tag` is the tag that a hub is about, and then `tags`
    has the others. `namesakes` are the other notes of its name,
    where no list of them has the address of the name. `language` is the code of the note's
    language, '' where it is that of the site.
    """

    title: str
    anchor: str
    names: str
    authors: tuple[AuthorLink, ...]
    has_more_authors: bool
    facts: tuple[Fact, ...]
    links: tuple[CardTarget, ...]
    hub_tag: TagLink | None
    tags: tuple[TagLink, ...]
    summary: str
    namesakes: tuple[NoteLink, ...] = ()
    language: str = ""


def make_card(note: Note, notebook: Notebook) -> NoteCard:
    """Return the card of a note."""
    tags = make_tag_links(note, notebook)
    authors = note.authors if len(note.authors) <= _AUTHORS + 1 else note.authors[:_AUTHORS]
    is_tag_hub = bool(tags) and notebook.tags.hubs.get(tags[0].key) is note
    return NoteCard(
        title=note.title,
        anchor=note.title_heading.anchor if note.title_heading else "",
        names=notebook.publication.join_names(note),
        authors=tuple(_make_author_link(name, notebook) for name in authors),
        has_more_authors=len(authors) < len(note.authors) or ET_AL in note.texts("authors"),
        facts=tuple(list_facts(note)),
        links=tuple(list_links(note)),
        hub_tag=tags[0] if is_tag_hub else None,
        tags=tags[1:] if is_tag_hub else tags,
        summary=note.summary,
        namesakes=_list_namesakes(note, notebook),
        language=note.language,
    )


def describe_card(note: Note, notebook: Notebook) -> tuple[object, ...]:
    """Return what the card of a note shows, besides tags, of the log around the note."""
    tags = notebook.tags.get_tags(note)
    return (
        note.address,
        notebook.publication.join_names(note),
        [_make_author_link(name, notebook) for name in note.authors],
        bool(tags) and notebook.tags.hubs.get(tags[0].key) is note,
        _list_namesakes(note, notebook),
    )


def count_card_words(card: NoteCard) -> int:
    """Return how many words a card has that the note itself does not have."""
    return count_words(
        *(author.name for author in card.authors),
        *(text for fact in card.facts for text in (fact.before, fact.value, fact.after)),
        *(link.label for link in card.links),
        *(tag.name for tag in card.tags),
    )


def _list_namesakes(note: Note, notebook: Notebook) -> tuple[NoteLink, ...]:
    if "/" in note.page_name:
        return ()
    return tuple(map(make_note_link, notebook.publication.get_namesakes(note)))


def _make_author_link(name: str, notebook: Notebook) -> AuthorLink:
    """Return the link to the page of an author, or where there is none, to the search."""
    slug = to_slug(name)
    if len(notebook.authors.works.get(slug, ())) > 1:
        return AuthorLink(name, make_author_address(slug), "")
    return AuthorLink(name, "", str(Filter("author", name.replace('"', " "))))


def list_facts(note: Note) -> list[Fact]:
    """Return the facts on a note's card, in order: its own, and those of its fields."""
    facts = []
    if note.kind != DEFAULT_KIND:
        facts.append(Fact(0, translate(note.kind)))
    if note.date and note.is_hub:
        facts.append(Fact(30, note.date.isoformat(), f"{translate('written')} ", element="time"))
    if note.status == "to-read":
        facts.append(Fact(30, translate("to read"), element="strong"))
    for field in note.schema.fields.values():
        texts = note.list_texts(field.name)
        if field.name == "basis":
            texts = tuple(map(name_basis, texts))
        if texts and isinstance(field.card, CardFact):
            before, _, after = translate(field.card.template).partition("{}")
            element = "time" if field.type.is_date else ""
            facts.append(Fact(field.card.place, ", ".join(texts), before, after, element))
    return sorted(facts, key=lambda fact: fact.place)


def list_links(note: Note) -> list[CardTarget]:
    """Return the links on a note's card: to the work, what its fields lead to, its citation."""
    kind = note.kind_record
    links = [CardTarget(kind.label, note.work_url), CardTarget("PDF", note.pdf_url)]
    for field in note.schema.fields.values():
        if isinstance(field.card, CardLink):
            links += _list_field_links(note, field, field.card.label)
    links.append(CardTarget("Cite", f"#{make_own_id('cite')}" if kind.is_work else ""))
    shown = [link for link in links if link.url.startswith(("https://", "http://", "#"))]
    return list(dict.fromkeys(shown))  # the address of code may be its `code` too


def _list_field_links(note: Note, field: Field, label: str) -> list[CardTarget]:
    addresses = map(field.make_address, note.list_texts(field.name))
    links = [CardTarget(label, address) for address in addresses]
    # The address of the work may have been made of this field.
    return [link for link in links if not (field.is_locator and link.url == note.work_url)]
