"""How much of what surrounds a note its page shows: about a third as many words as the note has."""

from __future__ import annotations

from collections.abc import Sequence

from readinglog.model.note import Note
from readinglog.site.views.note_card import NoteCard, count_card_words
from readinglog.site.views.rows import count_words
from readinglog.site.views.steps import StepGroup

_WORDS_AROUND = 12  # on every page of a note: heads, buttons and the like
_SHORT = 120  # words; of a shorter note the connections are what is worth reading
_LEAST_ROOM = 32  # words for connections; where there are fewer, what else can be left out is
_SHOWN = 6  # rows at most of all groups together; the others are folded
_WORDS_OF_GROUP = 4  # what it is called, and how many it has
_WORDS_OF_MORE = 2  # how many of a group are folded


def leave_room(
    note: Note, card: NoteCard, steps: Sequence[StepGroup], marks: int
) -> tuple[tuple[StepGroup, ...], int]:
    """Return the steps that a page has room for, and how many words its connections may have."""
    for shown in (steps, steps[:1]):
        room = find_room(note, card, shown, marks)
        if room >= _LEAST_ROOM:
            break
    return tuple(shown), room


def find_room(note: Note, card: NoteCard, steps: Sequence[StepGroup], marks: int) -> int:
    """Return how many words the connections of a note may have.

    With them, and with `marks` words within its text, what surrounds the note has at most a third
    as many words as the note; the shorter a short note is, the more room they have.
    """
    own = note.word_count + count_words(note.title, note.summary)
    texts = (
        text for group in steps for step in group.steps for text in (step.words, step.note.title)
    )
    room = own // 3 - count_card_words(card) - count_words(*texts) - marks - _WORDS_AROUND
    return max(room, _SHORT - own)


def share_out_room(lengths: Sequence[Sequence[int]], room: int) -> list[int]:
    """Return how many rows each group shows; `lengths` are the words of each of its rows.

    Groups take turns to show one more, as long as they have one and there is room. Of a folded
    group there is what it is called.
    """
    shares = [0] * len(lengths)
    room -= _WORDS_OF_GROUP * len(lengths)
    turns = [(number, at) for at, group in enumerate(lengths) for number in range(len(group))]
    for number, at in sorted(turns):
        words = lengths[at][number] + (0 if number else _WORDS_OF_MORE)
        is_next = shares[at] == number
        if is_next and sum(shares) < _SHOWN and words <= room:
            shares[at] += 1
            room -= words
    return shares
