"""A note's page: the card, the text, and what the log knows around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from readinglog.mentions import Mention, Mentions
from readinglog.note import Note
from readinglog.notebook import MENTIONS, Backlink, Notebook
from readinglog.pages.bibliography import bibtex
from readinglog.pages.body import body
from readinglog.pages.lists import author_links, tag_searches
from readinglog.pages.page import NOTHING, Emitted, Page, Place, Site, count, html, joined
from readinglog.reading import reading_minutes, reading_path
from readinglog.related import Related, Relatedness
from readinglog.text import Span

_RELATION = {
    "builds_on": ("Builds on", "Built on by"),
    "contradicts": ("Contradicts", "Contradicted by"),
    "supersedes": ("Supersedes", "Superseded by"),
    "replicates": ("Replicates", "Replicated by"),
}


def emit(notebook: Notebook, site: Site) -> Iterator[Emitted]:
    relatedness, mentions = Relatedness(notebook), Mentions(notebook)
    notes = notebook.published
    for index, note in enumerate(notes):
        here = Place(f"notes/{note.name}/")
        newer, older = notes[index - 1] if index else None, notes[index + 1] if index + 1 < len(notes) else None
        after = (
            _relations(note, notebook, here),
            _backlinks(note, notebook, here),
            _before(reading_path(notebook, note), here),
            _related(relatedness.of(note), here),
            _mentions(mentions.of(note), notebook, here),
            _cite(note),
            _steps(newer, older, here),
            _edit(note, site),
        )
        yield Page(here.address, note.title, card(note, notebook, here), _text(note, notebook, here), joined(after), note.summary)


def card(note: Note, notebook: Notebook, here: Place) -> Markup:
    """Title, authors, venue and dates, links, tags and the summary."""
    dates = [note.values.get("venue"), note.published and html('<time datetime="{0}">{0}</time>', note.published)]
    if note.date:
        dates.append(html('logged <time datetime="{0}">{0}</time>', note.date.isoformat()))
    if note.status != "read":
        dates.append({"to-read": "to read", "reading": "reading"}[note.status])
    if rating := note.values.get("rating"):
        dates.append(html('<span title="rating">{} of 5</span>', rating))
    return html(
        '<header class="rl-card">\n<h1{}>{}</h1>\n{}{}{}{}{}</header>\n',
        html(' id="{}"', note.title_heading.anchor) if note.title_heading else NOTHING,
        note.title,
        html('<p class="rl-authors">{}</p>\n', author_links(note, here)) if note.authors else NOTHING,
        html('<p class="rl-facts">{}</p>\n', joined(filter(None, dates), " · ")),
        _links(note),
        tag_searches(notebook.tags_of(note), notebook, here),
        html('<p class="rl-summary">{}</p>\n', note.summary) if note.summary else NOTHING,
    )


def _links(note: Note) -> Markup:
    doi, code = note.values.get("doi"), note.values.get("code")
    links = [
        (note.kind.capitalize() if note.address else "", note.address),
        ("PDF", f"https://arxiv.org/pdf/{note.arxiv}" if note.arxiv else ""),
        ("DOI", f"https://doi.org/{doi}" if doi and str(doi) not in note.address else ""),
        ("Code", code),
        ("Cite", "#rl-cite" if not note.is_topic else ""),
    ]
    shown = [html('<a href="{}">{}</a>', href, name) for name, href in links if href and _is_web(str(href))]
    return html('<p class="rl-links">{}</p>\n', joined(shown, " ")) if shown else NOTHING


def _is_web(href: str) -> bool:
    return href.startswith(("https://", "http://", "#"))


def _text(note: Note, notebook: Notebook, here: Place) -> str:
    if any(problem.rule in ("too-large", "not-utf8", "unreadable-file") for problem in note.problems):
        return "This note cannot be shown: see what `readinglog check` says of it."
    return body(note, notebook, here)


def _section(title: str, anchor: str, content: Markup) -> Markup:
    """What stands after the text; its anchors have a prefix, since a note may have a heading of the same name."""
    inner = html('<h2 id="rl-{}">{}</h2>\n{}', anchor, title, content)
    return html('<section class="rl-around">\n{}</section>\n', inner)


def _relations(note: Note, notebook: Notebook, here: Place) -> Markup:
    """What this note names in its front matter; what names it stands among the backlinks' own relations."""
    lines = []
    for field, (forward, backward) in _RELATION.items():
        to = [found[0] for name, _, _, found in notebook.relations(note) if name == field and len(found) == 1]
        by = [back.note for back in notebook.backlinks.get(note, ()) if back.relation == field]
        for words, notes in ((forward, to), (backward, by)):
            shown = [html('<a href="{}">{}</a>', here.note(other), other.title) for other in notes if notebook.is_published(other)]
            lines += [html("<p>{}: {}</p>\n", words, joined(shown, " · "))] if shown else []
    return _section("Relations", "relations", joined(lines)) if lines else NOTHING


def _backlinks(note: Note, notebook: Notebook, here: Place) -> Markup:
    links = [b for b in notebook.backlinks.get(note, ()) if b.relation == MENTIONS and notebook.is_published(b.note)]
    if not links:
        return NOTHING
    by_note: dict[Note, list[Backlink]] = {}
    for link in links:
        by_note.setdefault(link.note, []).append(link)
    items = []
    for other, found in by_note.items():
        quotes = joined(_quote(notebook, other, back.span) for back in found)
        items.append(html('<li><a href="{}">{}</a>{}</li>', here.note(other), other.title, quotes))
    return _section("Linked from", "linked-from", html('<ul class="rl-backlinks">{}</ul>\n', joined(items, "\n")))


def _quote(notebook: Notebook, note: Note, span: Span) -> Markup:
    """The sentence around `span` with the span marked."""
    before, marked, after = notebook.excerpt(note, span)
    return html('<p class="rl-quote">{}<mark>{}</mark>{}</p>', before, marked, after)


def _before(path: Sequence[Note], here: Place) -> Markup:
    if not path:
        return NOTHING
    items = [
        html('<li><a href="{}">{}</a> <span class="rl-count">{} min</span></li>', here.note(other), other.title, reading_minutes(other))
        for other in path
    ]
    total = sum(reading_minutes(other) for other in path)
    return _section("Before this", "before-this", html("<ol>{}</ol>\n<p>{} in all.</p>\n", joined(items), count(total, "minute")))


def _related(related: Sequence[Related], here: Place) -> Markup:
    items = [
        html('<li><a href="{}">{}</a> <span class="rl-why">{}</span></li>', here.note(r.note), r.note.title, "; ".join(r.reasons))
        for r in related
    ]
    return _section("Related", "related", html("<ul>{}</ul>\n", joined(items, "\n"))) if items else NOTHING


def _mentions(mentions: Sequence[Mention], notebook: Notebook, here: Place) -> Markup:
    items = [
        html('<li><a href="{}">{}</a>{}</li>', here.note(other), other.title, _quote(notebook, other, span)) for other, span in mentions
    ]
    return _section("Mentioned without a link", "mentions", html("<ul>{}</ul>\n", joined(items, "\n"))) if items else NOTHING


def _cite(note: Note) -> Markup:
    if note.is_topic:
        return NOTHING
    return _section("Cite", "cite", html('<pre class="rl-bibtex"><code>{}</code></pre>\n', bibtex(note)))


def _steps(newer: Note | None, older: Note | None, here: Place) -> Markup:
    steps = [
        html('<a rel="{}" href="{}">{}: {}</a>', rel, here.note(other), word, other.title)
        for rel, word, other in (("prev", "Newer", newer), ("next", "Older", older))
        if other
    ]
    return html('<nav class="rl-steps" aria-label="Newer and older notes">{}</nav>\n', joined(steps, "\n"))


def _edit(note: Note, site: Site) -> Markup:
    if not site.edit:
        return NOTHING
    return html('<p class="rl-edit"><a rel="edit" href="{}">Edit this note</a></p>\n', site.edit_address(note.path))
