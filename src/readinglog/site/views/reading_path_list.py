"""Reading paths: notes in the order in which to read them, with how long that takes.

What a browser has marked as read is its own: scripts cross it out here, by the name of the note and its former names.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes
from readinglog.site.page import NOTHING, PageBase, html, joined
from readinglog.site.views.note_card import known_as


def reading_list(path: Sequence[Note], notebook: Notebook, here: PageBase) -> Markup:
    """The notes of a path as a numbered list, and what they take in all."""
    if not path:
        return NOTHING
    minutes = [estimate_minutes(note) for note in path]
    items = (
        html(
            '<li data-note="{}" data-minutes="{}"><a href="{}">{}</a> <span class="rl-count">{} min</span></li>',
            known_as(note, notebook),
            long,
            here.note(note),
            note.title,
            long,
        )
        for note, long in zip(path, minutes, strict=True)
    )
    total = f"{pluralize(path, 'note')}, {pluralize(sum(minutes), 'minute')} in all"
    return html(
        '<ol class="rl-path-list">{}</ol>\n<p class="rl-total">{}<span class="rl-remaining"></span></p>\n',
        joined(items, "\n"),
        total,
    )
