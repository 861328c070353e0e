"""What a change brought, found without reading the text of every note: only of those that it can concern.

All heads are read, and the rules that ask for no more are asked about every note. The others are asked about the notes that
are touched, and about those whose text may link to one of them: a link says a note's name, title, alias, former name or
identifier. What these lead to is read as well, for its headings; and where such a note seems to be an orphan now, so is
every note that may link to it.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import unquote

from readinglog.changes.brought import brought
from readinglog.changes.pairs import Pairs, paired, touched
from readinglog.check import Severities, check
from readinglog.diagnostic import Diagnostic
from readinglog.index import WORK_FIELDS, work_key_of
from readinglog.naming import fold
from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.parse import parse_body
from readinglog.parse.links import unmarked
from readinglog.rules import HEAD_ONLY, RULES

_ORPHAN = "orphan-note"
_MANY = 50  # names from which on looking for them takes longer than reading all
_WORD = re.compile(r"[a-z0-9]+")  # of ASCII, so that nothing around it changes it
_LEAD = r"[\[(/<:][^a-z0-9\[(/<:]*"  # what stands before a name in a link
_GAP = r"[^a-z0-9]+"
_END = r"(?:(?![a-z0-9])|(?=v\d))"  # the version of an arXiv id may follow it
_CODED = re.compile(r"%[0-9a-fA-F]{2}|&#?\w{1,31};")


def brought_nearby(before: Notebook, after: Notebook, severities: Severities | None = None) -> list[Diagnostic]:
    """The diagnostics that a change brought, as `brought` finds them in all; the notebooks hold heads."""
    pairs = paired(before, after)
    mine = touched(pairs)
    was, is_ = _Seen(before), _Seen(after)
    near = mine | set(_naming(after, _changed_names(was, is_, pairs, mine)))
    were = [*(pairs.old[note] for note in near if note in pairs.old), *pairs.removed]
    paths = {note.path for note in near}
    led = paths | {to.path for seen, notes in ((is_, near), (was, were)) for to in seen.linked(notes)} | _related(was, is_, pairs)
    for seen in (was, is_):
        seen.read(note for note in seen.heads.notes if note.path in led)
    lonely = [note for note in is_.notebook.notes if note.path in led and any(RULES[_ORPHAN].check(note, is_.notebook))]
    for seen in (was, is_):
        seen.read(_naming(seen.heads, [name for note in lonely for name in _names(note)]))

    def asked(note: Note) -> Collection[str]:
        return RULES if note.path in paths else HEAD_ONLY | {_ORPHAN} if note.path in led else HEAD_ONLY

    return brought(check(is_.notebook, severities, asked), was.notebook, is_.notebook)


class _Seen:
    """A notebook of heads, and the bodies that have been read. A note without a title is called by its first heading."""

    def __init__(self, heads: Notebook) -> None:
        self.heads = self.notebook = heads
        self._whole: dict[Note, Note] = {}
        self.read(note for note in heads.notes if "title" not in note.values)

    def read(self, heads: Iterable[Note]) -> None:
        """Read the bodies of these notes, if that has not been done."""
        if unread := [head for head in heads if head not in self._whole]:
            self._whole |= {head: head if head.masked else parse_body(head) for head in unread}
            notes = (self._whole.get(head, head) for head in self.heads.notes)
            self.notebook = Notebook(notes, self.heads.vocabulary, self.heads.files, self.heads.today)

    def whole(self, head: Note) -> Note:
        self.read([head])
        return self._whole[head]

    def linked(self, heads: Collection[Note]) -> Iterator[Note]:
        """The notes that these may link to."""
        self.read(heads)
        return (to for head in heads for _, found in self.notebook.links[self._whole[head]] for to in found)

    def related(self, head: Note) -> set[str]:
        """The paths of the notes that the relations of this one may mean."""
        return {to.path for *_, found in self.notebook.relations(self._whole.get(head, head)) for to in found}


def _related(was: _Seen, is_: _Seen, pairs: Pairs) -> set[str]:
    """The paths of the notes to which relations lead that did not, or do not any more."""
    ways = [(is_.related(note), was.related(old)) for note, old in pairs.old.items()]
    ways += [(is_.related(note), set()) for note in pairs.added] + [(set(), was.related(note)) for note in pairs.removed]
    return {path for now, then in ways if now != then for path in now | then}


def _changed_names(was: _Seen, is_: _Seen, pairs: Pairs, mine: Collection[Note]) -> Iterator[str]:
    """All that links may call what others see of differently: notes, and the files that came or went."""
    is_.read(mine)
    was.read([*(pairs.old[note] for note in mine if note in pairs.old), *pairs.removed])
    for note in mine:
        here, old = is_.whole(note), was.whole(pairs.old[note]) if note in pairs.old else None
        if old is None or _face(old) != _face(here):
            yield from _names(here)
            yield from _names(old) if old else ()
    for note in pairs.removed:
        yield from _names(was.whole(note))
    for path, _ in was.heads.files.items() ^ is_.heads.files.items():
        yield posixpath.basename(path)


def _face(note: Note) -> tuple[object, ...]:
    """What links from other notes depend on."""
    anchors = tuple((heading.text, heading.anchor) for heading in note.headings)
    return note.path, note.title, *_names(note), anchors, tuple(note.blocks)


def _names(note: Note) -> Iterator[str]:
    """All that a link may call a note; a path ends in its name."""
    yield from (note.name, note.title, *note.texts("aliases"), *note.texts("redirect_from"))
    yield from filter(None, (work_key_of(note, field) for field in WORK_FIELDS))


def _naming(notebook: Notebook, names: Iterable[str]) -> Iterator[Note]:
    """The notes that may link to what has one of these names."""
    words = {tuple(_WORD.findall(fold(name))) for name in names}
    if not words:
        return
    all_ = len(words) > _MANY or () in words
    wanted = re.compile(f"{_LEAD}(?:{'|'.join(_GAP.join(name) for name in sorted(words))}){_END}")
    yield from (note for note in notebook.notes if all_ or any(map(wanted.search, _readings(note))))


def _readings(note: Note) -> Iterator[str]:
    """Where a note's links stand, in the form in which names match but for the gaps: its path, from which they lead, and its text.

    An address may be written in codes, so what has codes is read in a second way too.
    """
    text = f"/{note.path}\n{note.text[note.body.start :]}"
    for reading in (text, unquote(unmarked(text))) if _CODED.search(text) else (text,):
        yield (
            reading.lower() if reading.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFC", reading).casefold()).lower()
        )
