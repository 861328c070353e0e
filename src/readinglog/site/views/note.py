"""A note's page: the card, the text, and what the log knows around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.mentions import Mentions
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import find_reading_path
from readinglog.notebook.related import Relatedness
from readinglog.notebook.sort_keys import oldest_first
from readinglog.site.charts.link_map import arcs
from readinglog.site.page import NOTHING, Output, Page, PageBase, Site, html, joined, section
from readinglog.site.views.components import contents, headings
from readinglog.site.views.note_card import card
from readinglog.site.views.note_footer import backlinks, cite, mentioned, related_notes, relations
from readinglog.site.views.note_head import card_image, head
from readinglog.site.views.note_text import body
from readinglog.site.views.reading_path_list import reading_list

_MAP = '<figure class="rl-neighbour-map">\n{}<figcaption>Linked notes, oldest work first</figcaption>\n</figure>\n'
_UNREADABLE = ("too-large", "not-utf8", "unreadable-file")


def emit(notebook: Notebook, site: Site) -> Iterator[Output]:
    relatedness, mentions = Relatedness(notebook), Mentions(notebook)
    steps = _Steps(notebook)
    for note in notebook.published:
        here = PageBase(f"notes/{note.name}/")
        after = (
            section(
                "Before this",
                "before-this",
                reading_list(find_reading_path(notebook, note), notebook, here),
            ),
            section("Relations", "relations", relations(note, notebook, here)),
            section("Linked from", "linked-from", backlinks(note, notebook, here)),
            section("Related", "related", related_notes(relatedness.of(note, unlinked=True), here)),
            section(
                "Mentioned without a link", "mentions", mentioned(mentions.of(note), notebook, here)
            ),
            section("Cite", "cite", cite(note)),
            steps.of(note, here),
            _mend(note, site),
        )
        yield Page(
            here.address,
            note.title,
            before=card(note, notebook, here),
            body=_text(note, notebook, here),
            after=html('<div class="rl-note-footer">\n{}</div>\n', joined(after)),
            margin=joined((contents(headings(note)), _map(note, notebook, here))),
            head=head(note, notebook, site),
            description=note.summary,
        )
        yield card_image(note, notebook, site)


def _text(note: Note, notebook: Notebook, here: PageBase) -> str:
    if any(problem.rule in _UNREADABLE for problem in note.diagnostics):
        return "This note cannot be shown: see what `readinglog check` says of it."
    return body(note, notebook, here)


def _map(note: Note, notebook: Notebook, here: PageBase) -> Markup:
    drawn = arcs(note, notebook, here)
    return html(_MAP, drawn) if drawn else NOTHING


class _Steps:
    """The notes before and after each: by the day of logging, and by the age of the work within its topic."""

    def __init__(self, notebook: Notebook) -> None:
        self._by_date = _around(notebook.published)
        self._by_topic: dict[str, dict[Note, tuple[Note | None, Note | None]]] = {}
        self._notebook = notebook

    def of(self, note: Note, here: PageBase) -> Markup:
        newer, older = self._by_date[note]
        lines = [
            _step("Logged before", older, "prev", here),
            _step("Logged after", newer, "next", here),
        ]
        found = _steps("By date", lines)
        if (tags := self._notebook.tags.of(note)) and not note.is_hub:
            root = self._notebook.vocabulary.path(tags[0])[0]
            earlier, later = self._in_topic(root)[note]
            lines = [
                _step(f"Earlier in {root.name}", earlier, "", here),
                _step(f"Later in {root.name}", later, "", here),
            ]
            found += _steps("By topic", lines)
        return found

    def _in_topic(self, root: Tag) -> dict[Note, tuple[Note | None, Note | None]]:
        if (key := root.key) not in self._by_topic:
            self._by_topic[key] = _around(sorted(self._notebook.tags.works(root), key=oldest_first))
        return self._by_topic[key]


def _around(notes: Sequence[Note]) -> dict[Note, tuple[Note | None, Note | None]]:
    """The one before and the one after each of `notes`."""
    if not notes:
        return {}
    return {
        note: (before, after)
        for before, note, after in zip((None, *notes[:-1]), notes, (*notes[1:], None), strict=True)
    }


def _steps(name: str, links: Sequence[Markup]) -> Markup:
    content = joined(filter(None, links), "\n")
    return (
        html('<nav class="rl-prev-next" aria-label="{}">{}</nav>\n', name, content)
        if content
        else NOTHING
    )


def _step(words: str, note: Note | None, rel: str, here: PageBase) -> Markup:
    if not note:
        return NOTHING
    return html(
        '<a{} href="{}"><span>{}</span> {}</a>',
        html(' rel="{}"', rel) if rel else NOTHING,
        here.note(note),
        words,
        note.title,
    )


def _mend(note: Note, site: Site) -> Markup:
    """Where the note can be edited, and where one says that something is wrong with it."""
    edit = (
        html('<a rel="edit" href="{}">Edit this note</a>', site.edit_address(note.path))
        if site.edit
        else NOTHING
    )
    report = (
        html('<a href="{}">Report a problem</a>', site.report_address(note.name))
        if site.report
        else NOTHING
    )
    words = joined(filter(None, (edit, report)), " · ")
    return html('<p class="rl-note-actions">{}</p>\n', words) if words else NOTHING
