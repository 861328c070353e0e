"""The index of a log: everything that a search reads, as the contents of small files.

The command line and the search page read the same files, so that they find the same. Notes are
numbers in them, the oldest first, so that a new note is appended.

- `catalogue`: the language, the tags, columns of field values, and where each file begins
- `terms/`: by stem, the notes that have each form of a word, and what the form counts there
- `positions/`: by word, the positions of the word in each note, for phrases
- `names/`: by name, identifier or address, the notes that are called so
- `claim_terms/`, `claim_positions/`: the same of claims alone
- `claims/`: by note, the texts of its claims, for passages
- `endings/`: words by their spelling backwards, for typing mistakes at their beginnings
- `cards/`: what a result shows of each note: the most linked notes in one file, as they are among
  the results of most queries, others a few a file
- `texts/`: the text of each note by section, for passages
- a file for each further column, such as `authors`, and `links`
- `completions`: what the palette of the site completes
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from readinglog.model.bylines import format_short_authors
from readinglog.model.kinds import DEFAULT_KIND
from readinglog.model.note import Note
from readinglog.model.text import compute_digest
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import FORMULA_MARK
from readinglog.parsing.formulas import Formula, map_formulas
from readinglog.parsing.latex.macros import Macros
from readinglog.search import catalogue
from readinglog.search.completions import make_completions
from readinglog.search.examples import make_log_language
from readinglog.search.index_batch import (
    IndexBatch,
    NoteText,
    TextBatch,
    make_index_batch,
    render_formula,
)
from readinglog.search.known_names import OwnName, collect_names
from readinglog.search.packing import Shard, pack_numbers, sort_by_links, sort_keys, split_shards
from readinglog.search.word_table import WordTable

_SHARD_SIZE = 24_000  # characters
_BLOCK_SIZE = 12_000
_SMALLEST_BATCH = 64  # notes on average, whose words are sorted together; a power of two
_MOST_BATCHES = 48  # on average: words are sorted again batch by batch, and joined one by one
_LONGEST_BATCH = 4_000_000  # characters, so that little memory is enough
_FIRST_CARDS_SIZE = 500_000  # of the most linked notes, which every other query shows
_CARDS_SIZE = 9_000  # of the notes in each further file
MakeBatch = Callable[[Sequence[Note]], IndexBatch]


class IndexFiles(Mapping[str, object]):
    """The files of an index: values for JSON by path, some of which are loaded each time."""

    def __init__(self, values: Mapping[str, object], loaded: Mapping[str, _TextBlock]) -> None:
        self._values, self._loaded = values, loaded

    def __getitem__(self, path: str) -> object:
        block = self._loaded.get(path)
        return block.load() if block else self._values[path]

    def __iter__(self) -> Iterator[str]:
        return chain(self._values, self._loaded)

    def __len__(self) -> int:
        return len(self._values) + len(self._loaded)

    def get_key(self, path: str) -> str:
        """Return the key of a file, '' for none: of two with the same, both hold the same."""
        return self._loaded[path].key if path in self._loaded else ""


def make_index(notebook: Notebook, make_batch: MakeBatch | None = None) -> IndexFiles:
    """Return the files of the index of `notebook`.

    `make_batch` returns what `make_index_batch` does, perhaps from a cache.
    """
    make_batch = make_batch or partial(make_index_batch, notebook=notebook)
    notes = notebook.published[::-1]
    links = catalogue.find_targets(notebook)
    words, claim_words = WordTable(), WordTable()
    texts: list[_TextBlock] = []
    own_names: dict[Note, Sequence[OwnName]] = {}
    for batch in _split_into_batches(notes):
        made = make_batch(batch)
        texts += _split_into_blocks(made.texts)
        words.add(made.words)
        claim_words.add(made.claim_words)
        own_names.update(zip(batch, made.names, strict=True))
    of_words, of_claims = words.join(), claim_words.join()
    groups: dict[str, Mapping[str, object]] = {
        "terms": of_words.terms,
        "positions": of_words.positions,
        "endings": of_words.endings,
        "names": _number_names(notebook, notes, links, own_names),
        "claim_terms": of_claims.terms,
        "claim_positions": of_claims.positions,
        "claims": {
            str(number): _describe_claims(note, notebook)
            for number, note in enumerate(notes)
            if note.claims
        },
    }
    shards = {group: _split(entries) for group, entries in groups.items()}
    starts = {group: [shard.first for shard in found] for group, found in shards.items()}
    cards = _make_cards(notes, links, notebook.macros)
    schema, names = notebook.schema, make_log_language(notebook).word_fields
    core = catalogue.make_core(notebook, notes, links)
    text_sizes = pack_numbers(len(block.numbers) for block in texts)
    values = {
        "catalogue": {
            **core,
            "shards": {**starts, "cards": cards.pack_sizes(), "texts": text_sizes},
        },
        **{f"{name}s": catalogue.list_names(notes, name, schema) for name in names},
        "links": catalogue.list_links(notebook, notes, links),
        "completions": make_completions(notebook, notes, links),
        **dict(_name_shards(shards)),
        **{f"cards/{number}": block for number, block in enumerate(cards.blocks)},
    }
    blocks = {f"texts/{number}": block for number, block in enumerate(texts)}
    return IndexFiles(values, blocks)


def _split_into_batches(notes: Sequence[Note]) -> Iterator[list[Note]]:
    """Yield notes some at a time: a note that is new or gone changes the batch that it is in, and
    no other.
    """
    size = _SMALLEST_BATCH
    while len(notes) > size * _MOST_BATCHES:
        size *= 2
    batch: list[Note] = []
    length = 0
    for note in notes:
        is_start = int.from_bytes(compute_digest(note.path)) % size == 0
        if batch and (is_start or length > _LONGEST_BATCH):
            yield batch
            batch, length = [], 0
        batch.append(note)
        length += len(note.text)
    if batch:
        yield batch


class _TextBlock(NamedTuple):
    """The texts of a batch that are in one file, by their numbers in the batch."""

    batch: TextBatch
    numbers: range

    @property
    def key(self) -> str:
        """What decides about the texts, '' where it is not known."""
        return self.batch.key and f"{self.batch.key} {self.numbers}"

    def load(self) -> Sequence[NoteText]:
        """Return the texts."""
        return self.batch.load()[self.numbers.start : self.numbers.stop]


def _split_into_blocks(batch: TextBatch) -> Iterator[_TextBlock]:
    """Yield the texts of a batch, some a file."""
    start = filled = 0
    for number, length in enumerate(batch.lengths):
        if number > start and filled + length > _BLOCK_SIZE:
            yield _TextBlock(batch, range(start, number))
            start, filled = number, 0
        filled += length
    yield _TextBlock(batch, range(start, len(batch.lengths)))


def _split(entries: Mapping[str, object]) -> list[Shard]:
    return list(split_shards(((key, entries[key]) for key in sort_keys(entries)), _SHARD_SIZE))


def _name_shards(shards: Mapping[str, Sequence[Shard]]) -> Iterator[tuple[str, object]]:
    for group, found in shards.items():
        for number, shard in enumerate(found):
            yield f"{group}/{number}", shard.entries


def _number_names(
    notebook: Notebook,
    notes: Sequence[Note],
    targets: catalogue.Targets,
    own_names: Mapping[Note, Sequence[OwnName]],
) -> dict[str, list[int]]:
    numbers = {note: number for number, note in enumerate(notes)}
    link_counts = Counter(target for found in targets.values() for target in found)
    named = collect_names(notebook, link_counts, own_names)
    return {key: [numbers[note] for note in found] for key, found in named.items()}


class _Blocks:
    """Entries in their order, some a file."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._room = 0
        self.blocks: list[list[object]] = []

    def add(self, entry: object, length: int) -> None:
        """Add the next entry, of so many characters."""
        if not self.blocks or (length > self._room and self.blocks[-1]):
            self.start_block()
        self._room -= length
        self.blocks[-1].append(entry)

    def start_block(self, size: int = 0) -> None:
        """Begin a file, of `size` characters where that is given."""
        self.blocks.append([])
        self._room = size or self._size

    def pack_sizes(self) -> str:
        """Return how many entries each file has."""
        return pack_numbers(map(len, self.blocks))


def _make_cards(notes: Sequence[Note], targets: catalogue.Targets, macros: Macros) -> _Blocks:
    """Return what results show of notes: file name, title, authors, summary.

    The first file has the most linked notes. In each, and from one to the next of the others, notes
    stand in the order of their numbers.
    """
    counts = Counter(target for found in targets.values() for target in found)
    link_counts = [counts[note] for note in notes]
    cards = [_make_card(note, macros) for note in notes]
    lengths = [sum(map(len, map(str, card))) for card in cards]
    blocks = _Blocks(_CARDS_SIZE)
    most_linked = set(_take_first(sort_by_links(link_counts), lengths))
    others = [number for number in range(len(notes)) if number not in most_linked]
    for group, size in ((sorted(most_linked), _FIRST_CARDS_SIZE), (others, 0)):
        if group:
            blocks.start_block(size)
        for number in group:
            blocks.add(cards[number], lengths[number])
    return blocks


def _make_card(note: Note, macros: Macros) -> list[object]:
    card: list[object] = [note.page_name, note.title, _format_byline(note), note.summary]
    formulas = map_formulas(macros, note.title, note.summary)
    return [*card, formulas] if formulas else card


def _format_byline(note: Note) -> str:
    """Return the authors, and the kind where it is not a paper; the catalogue has the dates."""
    kind = note.kind if note.kind != DEFAULT_KIND else ""
    return " · ".join(filter(None, (format_short_authors(note), kind)))


def _take_first(numbers: Iterable[int], lengths: Sequence[int]) -> Iterator[int]:
    """Yield the first numbers of notes whose cards have room in one file, at least one."""
    filled = 0
    for number in numbers:
        filled += lengths[number]
        if filled > _FIRST_CARDS_SIZE and filled > lengths[number]:
            return
        yield number


def _describe_claims(note: Note, notebook: Notebook) -> list[tuple[str, str, list[str]]]:
    """Return the name and text of each claim of a note, and the formulas in it."""
    return [_describe_claim(NoteClaim(note, claim), notebook) for claim in note.claims]


def _describe_claim(claim: NoteClaim, notebook: Notebook) -> tuple[str, str, list[str]]:
    formulas: list[str] = []

    def mark_formula(formula: Formula) -> str:
        formulas.append(render_formula(formula))
        return FORMULA_MARK

    return claim.claim.id, notebook.claims.extract_text(claim, mark_formula), formulas
