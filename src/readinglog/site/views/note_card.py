"""The card at the head of a note's page: authors, facts, links, tags and the summary."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from markupsafe import Markup

from readinglog.model.fields import FIELDS, CardFact, CardLink, Field
from readinglog.model.kinds import DEFAULT_KIND, KINDS
from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes
from readinglog.site.page import NOTHING, PageBase, html, joined, own_id
from readinglog.site.views.components import author_links, tag_address, tag_line

_HUBS = 2


def card(note: Note, notebook: Notebook, here: PageBase) -> Markup:
    """Return the card of a note."""
    return html(
        '<header class="rl-card">\n<h1{} dir="auto">{}</h1>\n{}{}{}{}{}{}</header>\n',
        html(' id="{}"', note.title_heading.anchor) if note.title_heading else NOTHING,
        note.title,
        html('<p class="rl-authors">{}</p>\n', author_links(note, here))
        if note.authors
        else NOTHING,
        html('<p class="rl-facts">{}</p>\n', joined(map(_format_fact, list_facts(note)), " · ")),
        _links(note),
        _tags(note, notebook, here),
        html('<p class="rl-summary" dir="auto">{}</p>\n', note.summary)
        if note.summary
        else NOTHING,
        html('<p class="rl-mark-read" data-note="{}" hidden></p>\n', known_as(note, notebook)),
    )


def known_as(note: Note, notebook: Notebook) -> str:
    """Return a note's name and its former ones, joined by `/`.

    A browser knows by them the notes that it has marked as read.
    """
    return "/".join((note.name, *notebook.publication.former_names(note)))


class Fact(NamedTuple):
    """A fact on a card: a value, what is written around it, and its place among the others."""

    place: int
    value: str
    template: str = "{}"
    element: str = ""  # the HTML element of the value, if it needs one


class CardTarget(NamedTuple):
    """A link on a card."""

    label: str
    url: str


def list_facts(note: Note) -> list[Fact]:
    """Return the facts on a note's card, in order: its own, and those of its fields."""
    facts = []
    if note.kind != DEFAULT_KIND:
        facts.append(Fact(0, note.kind))
    if note.date:
        facts.append(Fact(30, note.date.isoformat(), f"{_name_day(note)} {{}}", "time"))
    if note.status != FIELDS["status"].default:
        facts.append(Fact(30, note.status.replace("-", " "), element="strong"))
    if note.words:
        minutes = pluralize(estimate_minutes(note), "minute")
        facts.append(Fact(60, f"{minutes} to read"))
    for field in FIELDS.values():
        texts = note.list_texts(field.name)
        if texts and isinstance(field.card, CardFact):
            element = "time" if field.type.is_date else ""
            facts.append(Fact(field.card.place, ", ".join(texts), field.card.template, element))
    return sorted(facts, key=lambda fact: fact.place)


def _name_day(note: Note) -> str:
    """Return what was done on the day of a note."""
    if note.is_hub:
        return "written"
    return "read" if note.status == "read" else "logged"


def list_links(note: Note) -> list[CardTarget]:
    """Return the links on a note's card: to the work, to what its fields lead to, to its citation."""
    kind = KINDS[note.kind]
    links = [CardTarget(kind.label, note.address), CardTarget("PDF", note.pdf_address)]
    for field in FIELDS.values():
        if isinstance(field.card, CardLink):
            links += _list_field_links(note, field, field.card)
    links.append(CardTarget("Cite", f"#{own_id('cite')}" if kind.is_work else ""))
    shown = [link for link in links if link.url.startswith(("https://", "http://", "#"))]
    return list(dict.fromkeys(shown))  # the address of code may be its `code` too


def _list_field_links(note: Note, field: Field, card: CardLink) -> list[CardTarget]:
    links = [CardTarget(card.label, card.make_url(text)) for text in note.list_texts(field.name)]
    # The address of the work may have been made of this field.
    return [link for link in links if not (field.locates and link.url == note.address)]


def _format_fact(fact: Fact) -> Markup:
    match fact.element:
        case "time":
            value = html('<time datetime="{0}">{0}</time>', fact.value)
        case "strong":
            value = html("<strong>{}</strong>", fact.value)
        case _:
            value = html("{}", fact.value)
    return html(fact.template, value)


def _links(note: Note) -> Markup:
    links = [html('<a href="{}">{}</a>', url, label) for label, url in list_links(note)]
    return html('<p class="rl-links">{}</p>\n', joined(links, " ")) if links else NOTHING


def _part_of(note: Note, notebook: Notebook, here: PageBase) -> Markup:
    """Return links to the hubs of a note's first tags, for each tag the narrowest."""
    paths = (reversed(notebook.vocabulary.path(tag)) for tag in notebook.tags.of(note))
    hubs = (
        next(
            (notebook.tags.hubs[step.key] for step in path if step.key in notebook.tags.hubs), None
        )
        for path in paths
    )
    links = [
        html('<a href="{}">{}</a>', here.note(hub), hub.title)
        for hub in islice(dict.fromkeys(filter(None, hubs)), _HUBS)
    ]
    return html('<p class="rl-path">Part of {}</p>\n', joined(links, " · ")) if links else NOTHING


def _tags(note: Note, notebook: Notebook, here: PageBase) -> Markup:
    """Return links to the tags; for a hub, its own tag comes first, in words."""
    tags = notebook.tags.of(note)
    if not tags or notebook.tags.hubs.get(tags[0].key) is not note:
        return tag_line(tags, notebook, here) + _part_of(note, notebook, here)
    topic, *others = tags
    to, words = (
        here.to(tag_address(topic, notebook)),
        f"All of {topic.name}: its notes, a path, a map",
    )
    hue = notebook.vocabulary.hue(topic)
    first = html(
        '<p class="rl-tags"><a class="rl-tag" data-hue="{}" href="{}">{}</a></p>\n', hue, to, words
    )
    return first + tag_line(others, notebook, here)
