"""The previews of notes: what a link to a note shows before it is followed.

They are in shards, compressed, as the search index is: a file a note would be too many for some
hosts.

- `starts.bin`: the name of the first note of each shard, and a digest of all shards
- `0.bin`, `1.bin` …: by name, the title of each note, its authors and year, summary and tags;
  where there are formulas, their MathML by these as they are written; where there are claims, the
  text of each and its evidence, by its anchor

The script asks for the shards of that digest, so that no cache answers with those of another build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial

from readinglog.model.bylines import format_byline
from readinglog.model.note import Note
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.formulas import Formula, map_formulas
from readinglog.search.packing import sort_key, split_shards
from readinglog.site.json_text import format_json
from readinglog.site.messages import translate
from readinglog.site.page import DataFile, DataFolder, Output, Site
from readinglog.site.views.claim_rows import make_claim_row

_SHARD_SIZE = 16_000  # characters


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    yield DataFolder("previews/", partial(_make_files, notebook))


def _make_files(notebook: Notebook) -> Iterator[DataFile]:
    notes = sorted(notebook.published, key=lambda note: sort_key(note.page_name))
    previews = ((note.page_name, _describe_note(note, notebook)) for note in notes)
    starts: list[str] = []
    digest = hashlib.sha256()
    for number, shard in enumerate(split_shards(previews, _SHARD_SIZE)):
        text = format_json(shard.entries)
        starts.append(shard.first)
        digest.update(text.encode("utf-8", "surrogatepass"))
        yield DataFile(f"{number}.bin", partial(str, text), is_packed=True)
    text = format_json({"build_id": digest.hexdigest()[:16], "starts": starts})
    yield DataFile("starts.bin", partial(str, text), is_packed=True)


def _describe_note(note: Note, notebook: Notebook) -> list[object]:
    """Return the preview of a note; each tag is its name and its hue."""
    tags = [[tag.name, notebook.vocabulary.get_hue(tag)] for tag in notebook.tags.get_tags(note)]
    formulas = map_formulas(notebook.macros, note.title, note.summary)
    preview: list[object] = [note.title, format_byline(note, translate), note.summary, tags]
    claims = {
        f"^{claim.id}": _describe_claim(NoteClaim(note, claim), notebook, formulas)
        for claim in note.claims
    }
    if claims:
        return [*preview, formulas, claims]
    return [*preview, formulas] if formulas else preview


def _describe_claim(
    claim: NoteClaim, notebook: Notebook, formulas: dict[str, str]
) -> tuple[str, str]:
    """Return the text and the evidence of a claim, and add the MathML of its formulas."""

    def write_formula(formula: Formula) -> str:
        written = " ".join(claim.note.text[formula.region.start : formula.region.end].split())
        formulas[written] = formula.to_xml()
        return written

    text = notebook.claims.extract_text(claim, write_formula)
    row = make_claim_row(claim, notebook)
    checked = f"{translate('checked against')}: {row.checked}" if row.checked else ""
    state = translate("disputed") if row.state == "disputed" else ""
    facts = (f"{fact.label}: {fact.value}" for fact in row.facts)
    return text, " · ".join(filter(None, (row.place, row.result, checked, *facts, state)))
