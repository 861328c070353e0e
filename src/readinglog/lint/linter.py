"""Checking a notebook by all rules, and making the fixes that are safe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from readinglog.lint.rules import RULES
from readinglog.lint.rules.rule import FileRule
from readinglog.model.diagnostic import Diagnostic, Severity, choose_milder
from readinglog.model.note import Note
from readinglog.model.text import Edit, Source, apply_edits
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.parsing.vocabulary import parse_vocabulary

Severities = Mapping[str, Severity]  # of rules by name, as the settings have them
_DEFAULT: Severities = {}
_ROUNDS = 10


def check_notebook(
    notebook: Notebook,
    severities: Severities | None = None,
    rules_for: Callable[[Note], Collection[str]] = lambda _: RULES,
) -> list[Diagnostic]:
    """Return all diagnostics in order of file and place, but for files that are excluded.

    `severities` has the severities of rules that are not to have their own, `rules_for` gives the
    names of the rules that check a note.
    """
    settings = severities or _DEFAULT
    active = [name for name in RULES if _severity_of(name, settings) is not Severity.IGNORE]
    found = list(check_files(notebook, active, settings))
    for note in notebook.notes:
        if note.path in notebook.excluded:
            continue
        wanted = rules_for(note)
        rules = [name for name in active if name in wanted]
        found += check_note(note, notebook, rules, settings)
    order = {name: index for index, name in enumerate(RULES)}
    return sorted(found, key=lambda d: (d.source.path, d.span, order[d.rule]))


def check_note(
    note: Note, notebook: Notebook, rules: Iterable[str], severities: Severities = _DEFAULT
) -> Iterator[Diagnostic]:
    """Yield what the named rules find in `note`, rule by rule."""
    for name in rules:
        for found in RULES[name].check(note, notebook):
            yield _complete(found, name, note.source, severities)


def check_files(
    notebook: Notebook, rules: Iterable[str] = RULES, severities: Severities = _DEFAULT
) -> Iterator[Diagnostic]:
    """Yield what the named rules find in files that are not notes, rule by rule."""
    for name in rules:
        rule = RULES[name]
        if isinstance(rule, FileRule):
            for found in rule.check_files(notebook):
                if found.source.path not in notebook.excluded:
                    yield _complete(found, name, found.source, severities)


def _complete(found: Diagnostic, rule: str, source: Source, severities: Severities) -> Diagnostic:
    """Return `found` with its rule, severity and file: a case may weigh less than its rule.

    What the settings say of the rule goes for all of its cases.
    """
    severity = _severity_of(rule, severities)
    if rule not in severities:
        severity = choose_milder(severity, found.severity)
    return replace(found, rule=rule, severity=severity, source=source)


def _severity_of(rule: str, severities: Severities) -> Severity:
    return severities.get(rule, RULES[rule].SEVERITY)


def fix_notebook(
    notebook: Notebook,
    severities: Severities | None = None,
    within: Callable[[str], bool] = lambda _: True,
) -> dict[str, str]:
    """Return the new texts, by path, of the files that safe fixes change.

    Only files for whose paths `within` holds are changed. Fixes are made in rounds, all files in
    each, until none is left; a file that every round changes again is left as it was.
    """
    current, texts = notebook, dict[str, str]()
    edits: dict[Source, list[Edit]] = {}
    for _ in range(_ROUNDS):
        edits = _collect_fixes(check_notebook(current, severities), within)
        if not edits:
            return texts
        changed = {
            source: Source(source.path, apply_edits(source.text, fixes).encode())
            for source, fixes in edits.items()
        }
        texts |= {source.path: source.text for source in changed.values()}
        current = replace_sources(current, changed)
    unsettled = {source.path for source in edits}
    return {path: text for path, text in texts.items() if path not in unsettled}


def _collect_fixes(
    diagnostics: Iterable[Diagnostic], within: Callable[[str], bool]
) -> dict[Source, list[Edit]]:
    edits: dict[Source, list[Edit]] = defaultdict(list)
    for diagnostic in diagnostics:
        if diagnostic.fix and within(diagnostic.source.path):
            edits[diagnostic.source] += diagnostic.fix
    return edits


def replace_sources(notebook: Notebook, changed: Mapping[Source, Source]) -> Notebook:
    """Return `notebook` with some files changed or moved; the others are not parsed again."""
    notes = [
        parse_note(changed[note.source], note.schema) if note.source in changed else note
        for note in notebook.notes
    ]
    source = notebook.vocabulary.source
    vocabulary = parse_vocabulary(changed[source]) if source and source in changed else None
    return notebook.with_notes(notes, vocabulary)
