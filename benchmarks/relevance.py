"""How high the note stands that is meant: works asked for by name, identifier and address, tags by
name, and questions that a reader would ask of this repository's own notes.

NOTES names another folder of notes. With --all, what is right is listed, too.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from readinglog.notebook.notebook import Notebook
from readinglog.search.engine import Search
from readinglog.search.hints import Hints
from readinglog.search.index_reader import SearchIndex
from readinglog.search.index_writer import make_index
from readinglog.workspace.loading import load_notebook

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from support.known_items import list_known_items

_ROOT = Path(__file__).parent.parent
NOTES = _ROOT / "notes"
QUESTIONS = (
    _ROOT / "tests" / "library" / "questions.json"
)  # about those notes; a fork may have none
_FEW = 3


class Outcome(NamedTuple):
    """A query, the place of the first right note (0: not shown), and the names of those shown.

    `right` is how many of the first three are right, `most` how many could be; `is_tie` where the
    note that stands first is called the same.
    """

    query: str
    place: int
    names: Sequence[str]
    right: int = 0
    most: int = 1
    is_tie: bool = False


def ask(search: Search, query: str, answers: Sequence[str]) -> Outcome:
    """Ask a query. Counted is what is shown: the notes found or, where none is, the closest."""
    result = search.ask(query)
    hits = result.hits or Hints(search).find_closest(result.query)
    names = [search.index.note_names[hit.note] for hit in hits]
    place = next((at for at, name in enumerate(names, 1) if name in answers), 0)
    right = sum(name in answers for name in names[:_FEW])
    is_tie = 1 < place <= result.named
    return Outcome(query, place, names, right, min(_FEW, len(answers)), is_tie)


def ask_known_items(search: Search, notebook: Notebook) -> dict[str, list[Outcome]]:
    """Ask for each work by all of its names, by kind of name."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    for note in notebook.published:
        for kind, text in dict.fromkeys(list_known_items(note)):
            found[kind].append(ask(search, text, [note.name]))
    return found


def ask_tags(search: Search, notebook: Notebook) -> dict[str, list[Outcome]]:
    """Ask for each tag by all of its names: for its hub, and for a work that most notes link to."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    counts = dict(zip(search.index.note_names, search.index.link_counts, strict=True))
    for tag in notebook.vocabulary.tags.values():
        works = [note.name for note in notebook.tags.get_works(tag)]
        most = max((counts[name] for name in works), default=0)
        linked = [name for name in works if most and counts[name] == most]
        hub = notebook.tags.hubs.get(tag.key)
        for text in dict.fromkeys((tag.key, tag.name, *(alias.text for alias in tag.aliases))):
            if hub:
                found["hub"].append(ask(search, text, [hub.name]))
            if linked:
                found["most linked"].append(ask(search, text, linked))
    return found


def ask_questions(search: Search) -> list[Outcome]:
    """Ask the questions of the repository."""
    cases = json.loads(QUESTIONS.read_text(encoding="utf-8"))
    return [ask(search, case["question"], case["answers"]) for case in cases]


def compute_reciprocal_rank(found: Sequence[Outcome]) -> float:
    """Return the mean reciprocal rank: 1 where each right note stands first, 0 where none is found
    (Voorhees, TREC-8, 1999).
    """
    return sum(1 / outcome.place for outcome in found if outcome.place) / len(found)


def list_lines(name: str, found: Sequence[Outcome], few: int = 1) -> Iterator[str]:
    """Yield what is not within the first `few`, and how many are."""
    for outcome in found:
        if not 1 <= outcome.place <= few or "--all" in sys.argv:
            first = ", ".join(outcome.names[:few]) or "nothing"
            tie = ", a tie" if outcome.is_tie else ""
            yield f"  {outcome.place or '-':>3}  {outcome.query}  (first: {first}{tie})"
    good = sum(1 <= outcome.place <= few for outcome in found)
    share = f"{good} of {len(found)} ({good / len(found):.1%})"
    where = "first" if few == 1 else f"within {few}"
    yield f"{name:12} {where} for {share}, MRR {compute_reciprocal_rank(found):.3f}"


def main(folder: Path) -> None:
    """Print how good the search of a folder of notes is."""
    notebook = load_notebook(folder)
    search = Search(SearchIndex(make_index(notebook).__getitem__))
    items = ask_known_items(search, notebook)
    print(f"Works by name, of {len(notebook.published):,} notes")
    for kind, found in items.items():
        print(*list_lines(kind, found), sep="\n")
    every = [outcome for found in items.values() for outcome in found]
    if every:
        ties = sum(outcome.is_tie for outcome in every)
        print(list(list_lines("all", every))[-1] + f"; of the others, {ties} are ties")
    tags = ask_tags(search, notebook)
    print("\nTags by name")
    for kind, found in tags.items():
        print(*list_lines(kind, found, 1 if kind == "hub" else _FEW), sep="\n")
    if folder.resolve() == NOTES and QUESTIONS.is_file():
        questions = ask_questions(search)
        print("\nQuestions")
        print(*list_lines("questions", questions), sep="\n")
        right, most = (
            sum(outcome.right for outcome in questions),
            sum(outcome.most for outcome in questions),
        )
        seen = sum(1 <= outcome.place <= _FEW for outcome in questions)
        print(f"of the first three, {right} of {most} are right; {seen} questions have one there")


if __name__ == "__main__":
    main(Path(os.environ.get("NOTES") or NOTES))
