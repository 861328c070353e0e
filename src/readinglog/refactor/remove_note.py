"""Removing a note: links to it become plain text, relations to it go, and an entry in `removed.yml`
says at its address that it was removed.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import (
    Edit,
    Source,
    Span,
    apply_edits,
    get_line_span,
    pluralize,
    with_bom,
)
from readinglog.model.yaml_values import Scalar, to_yaml
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.list_entries import compose_entries
from readinglog.parsing.note import parse_note
from readinglog.parsing.removals import parse_removals
from readinglog.parsing.yaml_edits import find_end
from readinglog.refactor.change import (
    Change,
    RefactoringError,
    check_readable,
    edit_sources,
    format_paths,
    make_change,
)
from readinglog.refactor.unlinking import list_link_edits, list_relation_edits

PATH = "removed.yml"


def remove_note(
    notebook: Notebook, note: Note, reason: str = "", instead: Note | None = None
) -> Change:
    """Return the change that removes `note`, with a `reason` and the note to read `instead`.

    Raise RefactoringError where that cannot be done without loss.
    """
    check_readable(note, "removed")
    if instead is note:
        message = f"`{note.path}` cannot be read instead of itself"
        raise RefactoringError(message, "name another note")
    if instead and not notebook.publication.is_published(instead):
        message = f"`{instead.path}` is not published, so that nobody can read it instead"
        raise RefactoringError(message, "name another note")
    writers = [writer for writer in notebook.notes if writer is not note]
    edits = {
        writer.source: [
            *list_link_edits(notebook, writer, note),
            *list_relation_edits(notebook, writer, note),
        ]
        for writer in writers
    }
    texts = edit_sources(edits)
    after = notebook.with_notes(
        parse_note(Source(writer.path, texts[writer.source].encode()), writer.schema)
        if writer.source in texts
        else writer
        for writer in writers
    )
    _check_links(notebook, after, note)
    summary = f"`{note.path}` is removed; no note linked to it"
    if texts:
        summary = (
            f"`{note.path}` is removed; links to it taken out of {pluralize(len(texts), 'note')}"
        )
    change = make_change(notebook, texts, summary, _list_remarks(notebook, after, note))
    return _add_list(change, notebook, note, reason, instead)


def _check_links(before: Notebook, after: Notebook, note: Note) -> None:
    """Raise RefactoringError where another link than those to `note` would have another target, or
    a text would have other parts.
    """
    for writer in before.notes:
        if writer is note:
            continue
        now = after.by_path[writer.path]
        old = [path for path in _list_targets(before, writer) if path != note.path]
        if old != list(_list_targets(after, now)) or len(writer.headings) != len(now.headings):
            message = (
                f"without its links to `{note.path}`, `{writer.path}` would say something else"
            )
            raise RefactoringError(message, "take these links out by hand first")


def _list_targets(notebook: Notebook, note: Note) -> Iterator[str]:
    """Yield the path of what each link and relation of a note means, '' where that is not one."""
    for link, resolution in notebook.links.list_links(note):
        file = notebook.links.find_file(link, note) if resolution.is_missing else ""
        yield resolution.target.path if resolution.target else file or ""
    for relation in notebook.links.list_relations(note):
        yield relation.resolution.target.path if relation.resolution.target else ""


def _list_remarks(before: Notebook, after: Notebook, note: Note) -> Iterator[str]:
    """Yield what else changes, or is left to do."""
    used = set(_list_files(before, note))
    for writer in after.notes:
        used -= set(_list_files(after, writer))
    if used:
        verb = "is" if len(used) == 1 else "are"
        yield f"{format_paths(sorted(used))} {verb} linked by no other note, and still there"
    pages = {other.path: other.page_url for other in before.notes}
    for other in after.notes:
        if other.page_url != pages[other.path]:
            yield f"the page of `{other.path}` is now at {other.page_url}"


def _list_files(notebook: Notebook, note: Note) -> Iterator[str]:
    for link, resolution in notebook.links.list_links(note):
        if resolution.is_missing and (path := notebook.links.find_file(link, note)):
            yield path


# The list of removed notes ----------------------------------------------------------------------


def _add_list(
    change: Change, notebook: Notebook, note: Note, reason: str, instead: Note | None
) -> Change:
    """Return `change` with the removal of the file, and the list of removed notes."""
    before = {**change.before, note.path: with_bom(note.source, note.text)}
    after = {**change.after, note.path: None}
    if not notebook.publication.is_published(note) or note.is_page:
        remark = f"`{note.path}` had no page as a note, so that none says that it was removed"
        return change._replace(before=before, after=after, remarks=(*change.remarks, remark))
    source = notebook.removals.source
    if notebook.removals.diagnostics:
        problem = notebook.removals.diagnostics[0]
        message = f"`{PATH}` has a mistake: {problem.message}"
        raise RefactoringError(message, f"{problem.help}; `readinglog check` shows where")
    old = source.text if source else ""
    text = apply_edits(old, _edit_list(notebook, note, instead))
    text += ("\n" if text and not text.endswith("\n") else "") + _make_entry(
        notebook, note, reason, instead
    )
    if parse_removals(Source(PATH, text.encode())).diagnostics:
        message = f"`{PATH}` is written so that no entry can be added to it"
        raise RefactoringError(message, "write one entry a note, each at the beginning of a line")
    before[PATH] = with_bom(source, old) if source else None
    after[PATH] = with_bom(source, text) if source else text
    return change._replace(before=before, after=after)


def _make_entry(notebook: Notebook, note: Note, reason: str, instead: Note | None) -> str:
    """Return the lines of a removal, with the names of an earlier one of the same name."""
    earlier = _find_earlier(notebook, note)
    former = [*notebook.publication.get_former_names(note), *(name.text for name in earlier)]
    fields = {
        "title": to_yaml(note.title),
        "date": notebook.today.isoformat() if notebook.today else "",
        "reason": to_yaml(" ".join(reason.split())) if reason.strip() else "",
        "instead": to_yaml(instead.page_name) if instead else "",
        "redirect_from": f"[{', '.join(map(to_yaml, former))}]" if former else "",
    }
    lines = (f"  {name}: {value}" for name, value in fields.items() if value)
    return "\n".join((f"{to_yaml(note.page_name)}:", *lines, ""))


def _find_earlier(notebook: Notebook, note: Note) -> tuple[Scalar, ...]:
    """Return the former names in the entry of the same name, where there is one."""
    key = fold(note.page_name)
    same = (removal for removal in notebook.removals.removals if fold(removal.name) == key)
    return next((removal.former for removal in same), ())


def _edit_list(notebook: Notebook, note: Note, instead: Note | None) -> Iterator[Edit]:
    """Yield the edits of the other entries: one of the same name goes, and what is to be read
    instead of another note is `instead`, or nothing.
    """
    source = notebook.removals.source
    if source is None:
        return
    text, key = source.text, fold(note.page_name)
    for entry in compose_entries(source, "")[0]:
        if fold(entry.name) == key:
            start = get_line_span(text, entry.name_span.start).start
            end = max(find_end(text, entry.value), entry.name_span.end)
            yield Edit(_take_line_break(text, Span(start, get_line_span(text, end).end)), "")
    for removal in notebook.removals.removals:
        scalar = removal.instead
        if scalar is None or notebook.names.resolve_name(scalar.text).target is not note:
            continue
        line = get_line_span(text, scalar.span.start)
        if instead:
            yield Edit(scalar.span, to_yaml(instead.page_name))
        elif text[slice(*line)].lstrip().startswith("instead:"):
            yield Edit(_take_line_break(text, line), "")
        else:
            yield Edit(scalar.span, "null")


def _take_line_break(text: str, lines: Span) -> Span:
    """Return the span of lines with the break behind them."""
    end = text.find("\n", lines.end)
    return Span(lines.start, end + 1 if end >= 0 else len(text))
