"""The index of a log: everything that a search reads, as the contents of small files.

The command line and the search page read the same files, so that they find the same. Notes are
numbers in them, the oldest first, so that a new note is appended.

- `catalogue.json`: the language, the tags, columns of field values, and the first key of each shard
- `terms/`: by stem, the notes that have each form of a word, and what the form counts there
- `positions/`: by word, the positions of the word in each note, for phrases
- `names/`: by name, identifier or address, the notes that are called so
- `endings/`: words by their spelling backwards, for typing mistakes at their beginnings
- `notes/`: what a result shows of each note, and its text for passages
- a file for each further column, such as `authors.json`, and `links.json`
- `completions.json`: what the palette of the site completes
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from readinglog.model.bylines import format_byline
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import Section, split_sections
from readinglog.parsing.math import to_xml
from readinglog.search import catalogue
from readinglog.search.completions import make_completions
from readinglog.search.known_names import collect_names
from readinglog.search.language import list_word_fields
from readinglog.search.note_texts import list_zone_texts
from readinglog.search.packing import Shard, sort_key, split_shards
from readinglog.search.word_table import WordTable

IndexFiles = Mapping[str, object]
_SHARD_SIZE = 24_000  # characters
_BLOCK_SIZE = 12_000
_LONGEST_FORMULA = 4_000  # characters of MathML


def make_index(notebook: Notebook) -> IndexFiles:
    """Return the files of the index of `notebook`: values for JSON by path."""
    notes = notebook.published[::-1]
    links = catalogue.find_targets(notebook)
    blocks, words = _NoteBlocks(notebook), WordTable()
    for note in notes:
        sections = split_sections(note, notebook)
        blocks.add(note, sections)
        words.add_note(list_zone_texts(note, notebook, sections))
    groups: dict[str, Mapping[str, object]] = {
        "terms": words.make_terms(),
        "positions": words.make_positions(),
        "endings": words.make_endings(),
        "names": _number_names(notebook, notes, links),
    }
    shards = {group: _split(entries) for group, entries in groups.items()}
    starts = {group: [shard.first for shard in found] for group, found in shards.items()}
    core = catalogue.make_core(notebook, notes, links)
    return {
        "catalogue.json": {**core, "shards": {**starts, "notes": blocks.starts}},
        **{f"{name}s.json": catalogue.list_names(notes, name) for name in list_word_fields()},
        "links.json": catalogue.list_links(notebook, notes, links),
        "completions.json": make_completions(notebook, notes, links),
        **dict(_name_shards(shards)),
        **{f"notes/{number}.json": block for number, block in enumerate(blocks.blocks)},
    }


def _split(entries: Mapping[str, object]) -> list[Shard]:
    ordered = sorted(entries, key=sort_key)
    return list(split_shards(((key, entries[key]) for key in ordered), _SHARD_SIZE))


def _name_shards(shards: Mapping[str, Sequence[Shard]]) -> Iterator[tuple[str, object]]:
    for group, found in shards.items():
        for number, shard in enumerate(found):
            yield f"{group}/{number}.json", shard.entries


def _number_names(
    notebook: Notebook, notes: Sequence[Note], targets: catalogue.Targets
) -> dict[str, list[int]]:
    numbers = {note: number for number, note in enumerate(notes)}
    link_counts = Counter(target for found in targets.values() for target in found)
    named = collect_names(notebook, link_counts)
    return {key: [numbers[note] for note in found] for key, found in named.items()}


class _NoteBlocks:
    """What results show of notes, a few notes a file; `starts` are the first notes of the files."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._tags = {key: number for number, key in enumerate(notebook.vocabulary.tags)}
        self._count = 0
        self._room = 0
        self.starts: list[int] = []
        self.blocks: list[list[object]] = []

    def add(self, note: Note, sections: Sequence[Section]) -> None:
        """Add the next note."""
        length = len(note.summary) + sum(len(section.text) for section in sections)
        if length > self._room or not self.blocks:
            self.starts.append(self._count)
            self.blocks.append([])
            self._room = _BLOCK_SIZE
        self._room -= length
        self._count += 1
        self.blocks[-1].append(
            [
                note.name,
                note.title,
                format_byline(note),
                note.date.isoformat() if note.date else "",
                note.summary,
                [self._tags[tag.key] for tag in self._notebook.tags.get_tags(note)],
                [_describe_section(section) for section in sections],
            ]
        )


def _describe_section(section: Section) -> list[object]:
    """Return what passages need of a section: its formulas too, where it has some."""
    anchor, heading, text, formulas = section
    described: list[object] = [anchor, heading, text]
    return [*described, [_render_formula(latex) for latex in formulas]] if formulas else described


def _render_formula(latex: str) -> str:
    """Return a formula as MathML, or as `$…$` where that cannot be or is long."""
    mathml = to_xml(latex)
    return mathml if mathml and len(mathml) <= _LONGEST_FORMULA else f"${latex}$"
