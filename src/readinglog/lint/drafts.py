"""What drafts still lack of what a published note must have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from readinglog.lint.rules.empty_note import has_text
from readinglog.model.note import Note
from readinglog.model.schema import needs_locator
from readinglog.model.text import pluralize
from readinglog.notebook.notebook import Notebook

_NOTHING = "nothing: remove `draft: true` to publish it"


class DraftGaps(NamedTuple):
    """A draft, and what it lacks: the names of fields, `address` for one that says where the work
    is, and `text`; none where it can be published as it is.
    """

    note: Note
    lacks: tuple[str, ...]

    def describe(self) -> str:
        """Return a line about the draft, without its path."""
        return f"draft, lacks {', '.join(self.lacks) or _NOTHING}"


def list_drafts(
    notebook: Notebook, within: Callable[[str], bool] = lambda _: True
) -> list[DraftGaps]:
    """Return the drafts for whose paths `within` holds, in order of path."""
    drafts = [note for note in notebook.notes if note.is_draft and within(note.path)]
    return [DraftGaps(note, tuple(_list_gaps(note))) for note in drafts]


def _list_gaps(note: Note) -> Iterator[str]:
    kind = note.kind_record
    for field in note.schema.list_required(kind):
        if field.name not in note.values:
            yield field.name
    if needs_locator(kind) and not note.values.keys() & note.schema.locators:
        yield "address"
    if not note.is_page and not has_text(note):
        yield "text"


def summarize_drafts(drafts: Iterable[DraftGaps]) -> str:
    """Return how many drafts lack what, or "" where there are none."""
    lacks = [draft.lacks for draft in drafts]
    if not lacks:
        return ""
    counts = Counter(gap for gaps in lacks for gap in gaps)
    found = pluralize(lacks, "draft")
    if not counts:
        verb = "lacks" if len(lacks) == 1 else "lack"
        return f"{found} {verb} {_NOTHING}"
    missing = ", ".join(f"{gap} ({count:,})" for gap, count in counts.most_common())
    return f"{found} not published yet, lacking {missing}: `readinglog check --drafts` lists them"
