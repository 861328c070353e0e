"""How much of what surrounds a note its page shows: about a third as many words as the note has."""

from __future__ import annotations

from collections.abc import Sequence

from readinglog.model.note import Note
from readinglog.site.views.note_card import NoteCard, count_card_words
from readinglog.site.views.rows import count_words
from readinglog.site.views.steps import StepGroup

_WORDS_AROUND = 12  # on every page of a note: heads, buttons and the like
_SHORT = 120  # words; of a shorter note the connections are what is worth reading
# Rows of all groups together, the others are folded: at most, and however short the note is.
_SHOWN, _FEWEST_SHOWN = 6, 2
_WORDS_OF_GROUP = 4  # what it is called, and how many more there are


def find_room(note: Note, card: NoteCard, steps: Sequence[StepGroup]) -> int:
    """Return how many words the connections of a note may have.

    With them, what surrounds the note has at most a third as many words as the note; around a short
    note, they have more room.
    """
    own = note.word_count + count_words(note.title, note.summary)
    if own < _SHORT:
        return _SHORT
    texts = (
        text for group in steps for step in group.steps for text in (step.words, step.note.title)
    )
    return own // 3 - count_card_words(card) - count_words(*texts) - _WORDS_AROUND


def share_out_room(lengths: Sequence[Sequence[int]], room: int) -> list[int]:
    """Return how many rows each group shows; `lengths` are the words of each of its rows.

    Groups take turns to show one more, as long as they have one and there is room.
    """
    shares = [0] * len(lengths)
    turns = [(number, at) for at, group in enumerate(lengths) for number in range(len(group))]
    for number, at in sorted(turns):
        words = lengths[at][number] + (0 if number else _WORDS_OF_GROUP)
        is_next = shares[at] == number
        if is_next and sum(shares) < _SHOWN and (words <= room or sum(shares) < _FEWEST_SHOWN):
            shares[at] += 1
            room -= words
    return shares
