"""How high the note stands that answers a question: questions that a reader would ask of the log,
with the notes that answer.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from readinglog.search import Corpus, Hints, Search, parse_query
from readinglog.workspace.loading import load_notebook

_ROOT = Path(__file__).parent.parent
QUESTIONS = (
    _ROOT / "tests" / "library" / "questions.json"
)  # about this repository's own notes; a fork may have none


def ranks() -> list[tuple[str, int, str]]:
    """Each question, the place of the first note that answers it (0: not shown), and the note that
    stands first.

    Counted is what the search page shows: the notes found or, where none is, the closest.
    """
    search = Search(Corpus(load_notebook(_ROOT / "notes")))
    hints = Hints(search)
    found = []
    for case in json.loads(QUESTIONS.read_text(encoding="utf-8")):
        query = parse_query(case["question"])
        names = [hit.note.name for hit in search.ask(query).hits or hints.closest(query)]
        place = next((at for at, name in enumerate(names, 1) if name in case["answers"]), 0)
        found.append((case["question"], place, names[0] if names else ""))
    return found


def mean_reciprocal_rank(found: list[tuple[str, int, str]]) -> float:
    """1 where each answer stands first, 0 where none is found (Voorhees, TREC-8, 1999)."""
    return sum(1 / place for _, place, _ in found if place) / len(found)


if __name__ == "__main__":
    if not QUESTIONS.is_file():
        print(f"no questions to ask: there is no {QUESTIONS.relative_to(_ROOT)}")
        sys.exit()
    results = ranks()
    for question, place, first in results:
        if place != 1 or "--all" in sys.argv:
            print(f"{place or '-':>3}  {question}  (first: {first or 'nothing'})")
    first_places = sum(place == 1 for _, place, _ in results)
    print(
        f"mean reciprocal rank {mean_reciprocal_rank(results):.3f}; the right note first for {first_places} of {len(results)} questions"
    )
