"""The formats of search results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from readinglog.interchange.token_budget import DEFAULT_TOKENS
from readinglog.model.printable import make_printable, to_json
from readinglog.search.engine import Hit, Result, Search

if TYPE_CHECKING:
    from readinglog.model.note import Note
    from readinglog.notebook.notebook import Notebook


@dataclass(frozen=True)
class Answer:
    """The text of a query, its result, and the hits to show: the closest where it found nothing.

    `tokens` is the budget of a context pack.
    """

    text: str
    result: Result
    hits: Sequence[Hit]
    search: Search
    load: Callable[[], Notebook]
    tokens: int = DEFAULT_TOKENS

    def load_matches(self) -> list[Note]:
        """Return the notes that were found and are to be shown."""
        notes = self.load().published[::-1]
        return [notes[hit.note] for hit in self.hits] if self.result.hits else []


def format_table(answer: Answer) -> str:
    """Return a line for each note with its name, year and title, and how many more there are."""
    index = answer.search.index
    cards = [index.get_card(hit.note) for hit in answer.hits]
    years = index.get_values("year")
    width = max((len(card.name) for card in cards), default=0)
    lines = [
        f"{card.name:{width}}  {years[hit.note]:4}  {card.title}"
        for hit, card in zip(answer.hits, cards, strict=True)
    ]
    more = len(answer.result.hits) - len(answer.hits)
    if more > 0:
        lines.append(f"and {more:,} more; --limit sets how many are shown")
    return "\n".join(map(make_printable, lines))


def format_json(answer: Answer) -> str:
    """Return the JSON that docs/guide/output.md documents. Total and facets count all hits, shown
    or not.
    """
    found = answer.result.hits
    shown = [_describe_hit(answer.search, hit) for hit in answer.hits]
    return to_json(
        {
            "query": answer.text,
            "total": len(found),
            "results": shown if found else [],
            "closest": [] if found else shown,
            "corrections": dict(answer.result.corrections),
            "facets": answer.search.count_facets(hit.note for hit in found),
        }
    )


def _describe_hit(search: Search, hit: Hit) -> dict[str, object]:
    card = search.index.get_card(hit.note)
    url = f"/notes/{card.name}/"
    return {"name": card.name, "title": card.title, "url": url, "score": hit.score}


def _format_notes(name: str, answer: Answer) -> str:
    from readinglog.cli import note_formats  # noqa: PLC0415 - a table needs no notes

    found = note_formats.FoundNotes(answer.text, answer.load_matches(), answer.tokens)
    return note_formats.NOTE_FORMATS[name](found)


# The last ones are those of `NOTE_FORMATS`, which are imported when one of them is asked for.
RESULT_FORMATS: dict[str, Callable[[Answer], str]] = {
    "table": format_table,
    "json": format_json,
    **{name: partial(_format_notes, name) for name in ("markdown", "pack", "bib", "csl")},
}
