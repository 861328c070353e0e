"""The tags of notes, written anew where tags get other keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from readinglog.lint.linter import fix_notebook, replace_sources
from readinglog.lint.rules import RULES
from readinglog.model.diagnostic import Severity
from readinglog.model.slugs import fold
from readinglog.model.text import Edit, Source
from readinglog.model.vocabulary import Vocabulary
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.yaml_edits import write_in_style

NoteEdits = dict[Source, list[Edit]]


def edit_tags(
    notebook: Notebook, after: Vocabulary, keys: Mapping[str, str], *, aliases: bool
) -> NoteEdits:
    """The edits of the notes: of tags whose keys change, those written by an alias only where `aliases` go too."""
    before, edits = notebook.vocabulary, defaultdict[Source, list[Edit]](list)
    for note in notebook.notes:
        for item in note.scalars("tags"):
            if (tag := before.find(item.text)) is None:
                continue
            key, found = keys.get(tag.key, tag.key), after.find(item.text)
            called = {
                fold(word)
                for word in (tag.key, tag.name, "/".join(step.key for step in before.path(tag)))
            }
            changed = tag.key in keys and (aliases or fold(item.text.strip().lstrip("#")) in called)
            if changed or found is None or found.key != key:
                edits[note.source].append(
                    Edit(item.span, write_in_style(note.text, item.span, key))
                )
    return edits


def edit_tag_paths(notebook: Notebook, keys: Mapping[str, str]) -> NoteEdits:
    """The edits of the notes where there is no vocabulary: a tag's path is the start of those below it."""
    edits = defaultdict[Source, list[Edit]](list)
    for note in notebook.notes:
        for item in note.scalars("tags"):
            steps = item.text.strip().lstrip("#").split("/")
            starts = {fold("/".join(steps[:depth])): depth for depth in range(len(steps), 0, -1)}
            if key := next((key for key in starts if key in keys), ""):
                edits[note.source].append(
                    Edit(
                        item.span,
                        write_in_style(
                            note.text, item.span, "/".join((keys[key], *steps[starts[key] :]))
                        ),
                    )
                )
    return edits


def drop_redundant_tags(notebook: Notebook, texts: Mapping[Source, str]) -> dict[Source, str]:
    """`texts` without the tags that say nothing new in them: those that are there twice, or above another."""
    changed = {source: Source(source.path, text.encode()) for source, text in texts.items()}
    alone = dict.fromkeys(RULES.keys() - {"redundant-tag"}, Severity.IGNORE)
    mended = fix_notebook(
        replace_sources(notebook, changed), alone, {source.path for source in texts}.__contains__
    )
    return {source: mended.get(source.path, text) for source, text in texts.items()}
