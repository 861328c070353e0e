"""Checking: every rule on every note, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

from readinglog.lint.rules import RULES, unpublished_file
from readinglog.model.diagnostic import Diagnostic, Finding, Severity
from readinglog.model.note import Note
from readinglog.model.text import Edit, Source, apply_edits
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.parsing.vocabulary import parse_vocabulary

Severities = Mapping[str, Severity]
_ROUNDS = 10


def check_notebook(
    notebook: Notebook,
    severities: Severities | None = None,
    asked: Callable[[Note], Collection[str]] = lambda _: RULES,
) -> list[Diagnostic]:
    """All diagnostics in order of file and place.

    `severities` says what a rule weighs instead of its own; `asked` names the rules that are asked about a note.
    """
    weights = {name: (severities or {}).get(name, rule.SEVERITY) for name, rule in RULES.items()}
    active = [
        (name, rule.check) for name, rule in RULES.items() if weights[name] is not Severity.IGNORE
    ]
    set_ = severities or {}

    def diagnostic(rule: str, source: Source, finding: Finding) -> Diagnostic:
        own = finding.severity if finding.severity and rule not in set_ else weights[rule]
        return Diagnostic(rule, own, source, finding)

    found: list[Diagnostic] = []
    for name, source, finding in check_other_files(notebook):
        if weights[name] is not Severity.IGNORE:
            found.append(diagnostic(name, source, finding))
    for note in notebook.notes:
        names = asked(note)
        for name, rule in active:
            if name in names:
                found += [
                    diagnostic(name, note.source, finding) for finding in rule(note, notebook)
                ]
    order = {name: index for index, name in enumerate(RULES)}
    return sorted(found, key=lambda d: (d.source.path, d.finding.span, order[d.rule]))


def check_other_files(notebook: Notebook) -> Iterator[tuple[str, Source, Finding]]:
    """The findings, with their rules, about files that are not notes: the vocabulary and what is left out of the site."""
    if source := notebook.vocabulary.source:
        for finding in notebook.vocabulary.problems:
            yield "invalid-vocabulary", source, finding
    for file, finding in unpublished_file.of_files(notebook):
        yield "unpublished-file", file, finding


def fix_notebook(
    notebook: Notebook,
    severities: Severities | None = None,
    within: Callable[[str], bool] = lambda _: True,
) -> dict[str, str]:
    """The new texts of the files for whose paths `within` holds, every safe fix made until none is left.

    All files are mended in each round and seen in the light of the others. A text that would not settle is left alone.
    """
    current, texts = notebook, dict[str, str]()
    for _ in range(_ROUNDS):
        edits: dict[Source, list[Edit]] = defaultdict(list)
        for diagnostic in check_notebook(current, severities):
            if diagnostic.finding.fix and within(diagnostic.source.path):
                edits[diagnostic.source] += diagnostic.finding.fix
        if not edits:
            break
        changed = {
            source: Source(source.path, apply_edits(source.text, made).encode())
            for source, made in edits.items()
        }
        texts |= {source.path: source.text for source in changed.values()}
        current = replace_sources(current, changed)
    else:
        return {
            path: text
            for path, text in texts.items()
            if path not in {source.path for source in edits}
        }
    return texts


def replace_sources(notebook: Notebook, changed: Mapping[Source, Source]) -> Notebook:
    """`notebook` with some of its files changed, or moved; what is not changed is not parsed again."""
    notes = [
        parse_note(changed[note.source]) if note.source in changed else note
        for note in notebook.notes
    ]
    vocabulary = notebook.vocabulary if notebook.vocabulary.is_closed else None
    if vocabulary and (source := vocabulary.source) and source in changed:
        vocabulary = parse_vocabulary(changed[source])
    return Notebook(notes, vocabulary, notebook.files, notebook.today)
