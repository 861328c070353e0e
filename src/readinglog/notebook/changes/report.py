"""What a change does to the log, as text for a terminal, as Markdown for a forge, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from readinglog.model.diagnostic import RelatedLocation
from readinglog.model.note import Note
from readinglog.model.printable import to_json
from readinglog.model.text import position_at
from readinglog.notebook.changes.compare import Changes, TagUse
from readinglog.notebook.changes.links import WantedNote
from readinglog.notebook.changes.report_sections import list_sections, summarize_changes
from readinglog.notebook.changes.report_style import PLAIN, Style, make_markdown_style
from readinglog.notebook.reading_paths import estimate_minutes


def _text(changes: Changes, prefix: str, style: Style) -> str:
    return "\n".join(_lines(changes, prefix, style))


def _lines(changes: Changes, prefix: str, style: Style) -> Iterator[str]:
    yield summarize_changes(changes)
    for heading, items in list_sections(changes, prefix, style):
        yield ""
        yield style.heading.format(heading)
        yield from (f"{style.item}{item}" for item in items)


def _json(changes: Changes, prefix: str) -> str:
    """One object; lines count from 1, paths are relative to the repository."""

    def note(note: Note) -> dict[str, object]:
        return {"name": note.name, "title": note.title, "path": f"{prefix}{note.path}"}

    def place(place: RelatedLocation) -> dict[str, object]:
        return {
            "path": f"{prefix}{place.source.path}",
            "line": position_at(place.source.text, place.span.start).line,
        }

    def uses(uses: Sequence[TagUse]) -> list[dict[str, object]]:
        return [
            {"tag": use.tag.key, "name": use.tag.name, "places": list(map(place, use.places))}
            for use in uses
        ]

    def wanted(every: Sequence[WantedNote]) -> list[dict[str, object]]:
        return [
            {
                "target": w.target,
                "note": w.note and note(w.note),
                "places": list(map(place, w.places)),
            }
            for w in every
        ]

    return to_json(
        {
            "summary": summarize_changes(changes),
            "added": [note(new) | {"minutes": estimate_minutes(new)} for new in changes.added],
            "changed": [note(new) for _, new in changes.changed],
            "renamed": [
                note(new) | {"from": f"{prefix}{old.path}"} for old, new in changes.renamed
            ],
            "removed": list(map(note, changes.removed)),
            "tags_first_used": uses(changes.first_used),
            "tags_no_longer_used": uses(changes.unused),
            "filled": wanted(changes.filled),
            "wanted": wanted(changes.wanted),
            "broken": [place(lost) | {"message": lost.message} for lost in changes.broken],
            "near_duplicates": [
                {"note": note(new), "like": note(other)} for new, other in changes.alike
            ],
            "suggested_links": [place(at) | {"note": note(to)} for at, to in changes.suggested],
        }
    )


# Each is given the changes, what stands before the paths of notes, and the address of the site.
CHANGE_FORMATS: Mapping[str, Callable[[Changes, str, str], str]] = {
    "text": lambda changes, prefix, _: _text(changes, prefix, PLAIN),
    "markdown": lambda changes, prefix, site_url: _text(
        changes, prefix, make_markdown_style(site_url)
    ),
    "json": lambda changes, prefix, _: _json(changes, prefix),
}
