"""Reports of changes: text for a terminal, Markdown for a forge, JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from readinglog.model.diagnostic import RelatedLocation
from readinglog.model.note import Note
from readinglog.model.printable import to_json
from readinglog.model.text import get_position
from readinglog.notebook.changes.compare import Changes, TagUse
from readinglog.notebook.changes.links import WantedNote
from readinglog.notebook.changes.report_sections import list_sections, summarize_changes
from readinglog.notebook.changes.report_style import PLAIN, Style, make_markdown_style
from readinglog.notebook.claim_json import name_claim, result_to_json
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes
from readinglog.notebook.results import ResultRow

_Json = dict[str, object]


def format_text(changes: Changes, prefix: str, _: str = "") -> str:
    """Return a report for a terminal."""
    return "\n".join(_list_lines(changes, prefix, PLAIN))


def format_markdown(changes: Changes, prefix: str, site_url: str = "") -> str:
    """Return a report for a comment on a forge."""
    return "\n".join(_list_lines(changes, prefix, make_markdown_style(site_url)))


def _list_lines(changes: Changes, prefix: str, style: Style) -> Iterator[str]:
    yield summarize_changes(changes)
    for section in list_sections(changes, prefix, style):
        yield ""
        yield style.heading.format(section.heading)
        yield from (f"{style.item}{item}" for item in section.items)


def format_json(changes: Changes, prefix: str, _: str = "") -> str:
    """Return one JSON object. Lines count from 1, paths are relative to the repository."""
    return _JsonReport(prefix).format(changes)


class _JsonReport:
    """Makes JSON of changes; `prefix` makes the paths of notes relative to the repository."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def format(self, changes: Changes) -> str:
        added = [
            self._describe_note(note) | {"minutes": estimate_minutes(note)}
            for note in changes.added
        ]
        renamed = [
            self._describe_note(new) | {"from": f"{self._prefix}{old.path}"}
            for old, new in changes.renamed
        ]
        broken = [
            self._describe_place(place) | {"message": place.message} for place in changes.broken
        ]
        near_duplicates = [
            {"note": self._describe_note(note), "like": self._describe_note(other)}
            for note, other in changes.near_duplicates
        ]
        suggested = [
            self._describe_place(place) | {"note": self._describe_note(target)}
            for place, target in changes.suggested_links
        ]
        return to_json(
            {
                "summary": summarize_changes(changes),
                "added": added,
                "changed": [self._describe_note(new) for _, new in changes.changed],
                "renamed": renamed,
                "removed": list(map(self._describe_note, changes.removed)),
                "tags_first_used": list(map(self._describe_use, changes.first_used_tags)),
                "tags_no_longer_used": list(map(self._describe_use, changes.unused_tags)),
                "filled": list(map(self._describe_wanted, changes.filled)),
                "wanted": list(map(self._describe_wanted, changes.wanted)),
                "broken": broken,
                "near_duplicates": near_duplicates,
                "suggested_links": suggested,
                **self._describe_claims(changes),
            }
        )

    def _describe_claims(self, changes: Changes) -> _Json:
        claims = changes.claims
        changed = [
            self._describe_claim(change.new, changes.after)
            | {
                "before": changes.before.claims.extract_text(change.old),
                "fields": {
                    field.name: {"before": field.before, "after": field.after}
                    for field in change.fields
                },
                "referred_to": [
                    {"relation": relation.field, "by": name_claim(*relation.source)}
                    for relation in change.relying
                ],
            }
            for change in claims.changed
        ]
        disputed = [
            {"disputed": name_claim(*dispute.disputed[:2]), "by": name_claim(*dispute[0][:2])}
            for dispute in claims.disputed
        ]
        results = [
            {"before": self._describe_row(change.old), "after": self._describe_row(change.new)}
            for change in claims.results
        ]
        return {
            "claims_added": [self._describe_claim(each, changes.after) for each in claims.added],
            "claims_changed": changed,
            "claims_removed": [
                self._describe_claim(each, changes.before) for each in claims.removed
            ],
            "newly_disputed": disputed,
            "results_changed": results,
        }

    def _describe_claim(self, claim: NoteClaim, notebook: Notebook) -> _Json:
        place = RelatedLocation(claim.note.source, claim.claim.span, "")
        text = notebook.claims.extract_text(claim)
        return {"claim": name_claim(*claim), "text": text, **self._describe_place(place)}

    def _describe_row(self, row: ResultRow | None) -> _Json | None:
        if row is None:
            return None
        return {"claim": name_claim(*row.source), **(result_to_json(row.result) or {})}

    def _describe_note(self, note: Note) -> _Json:
        return {"name": note.name, "title": note.title, "path": f"{self._prefix}{note.path}"}

    def _describe_place(self, place: RelatedLocation) -> _Json:
        line = get_position(place.source.text, place.span.start).line
        return {"path": f"{self._prefix}{place.source.path}", "line": line}

    def _describe_places(self, places: Sequence[RelatedLocation]) -> list[_Json]:
        return list(map(self._describe_place, places))

    def _describe_use(self, use: TagUse) -> _Json:
        places = self._describe_places(use.places)
        return {"tag": use.tag.key, "name": use.tag.name, "places": places}

    def _describe_wanted(self, wanted: WantedNote) -> _Json:
        return {
            "target": wanted.target,
            "note": self._describe_note(wanted.note) if wanted.note else None,
            "places": self._describe_places(wanted.places),
        }


# Each is given the changes, what makes the paths of notes relative to the repository, and the
# address of the site.
CHANGE_FORMATS: Mapping[str, Callable[[Changes, str, str], str]] = {
    "text": format_text,
    "markdown": format_markdown,
    "json": format_json,
}
