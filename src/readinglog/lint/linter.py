"""Checking a notebook by all rules, and making the fixes that are safe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import NamedTuple

from readinglog.lint.rules import RULES
from readinglog.lint.rules.rule import AloneRule, FileRule, NotebookRule
from readinglog.model.diagnostic import Diagnostic, Severity, choose_milder
from readinglog.model.note import Note
from readinglog.model.text import Edit, Source, apply_edits, choose_edits
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.parsing.vocabulary import parse_vocabulary

Severities = Mapping[str, Severity]  # of rules by name, as the settings have them
_DEFAULT: Severities = {}
_ROUNDS = 10
CheckNote = Callable[[Note], Sequence[Diagnostic]]


class NoteChecks(NamedTuple):
    """What finds the mistakes of a note: those that it has by itself, and those that depend on
    other notes.
    """

    alone: CheckNote
    among_others: CheckNote

    def __call__(self, note: Note) -> Sequence[Diagnostic]:
        """Return all mistakes of a note."""
        return *self.alone(note), *self.among_others(note)


# Yields what is found in each of some notes; some of it may be known.
CheckNotes = Callable[[NoteChecks, Sequence[Note]], Iterable[Iterable[Diagnostic]]]


def _check_each(checks: NoteChecks, notes: Sequence[Note]) -> Iterable[Iterable[Diagnostic]]:
    return (checks(note) for note in notes)


def check_notebook(
    notebook: Notebook,
    severities: Severities | None = None,
    rules_for: Callable[[Note], Collection[str]] = lambda _: RULES,
    check_notes: CheckNotes = _check_each,
) -> list[Diagnostic]:
    """Return all diagnostics in order of file and place, but for files that are excluded.

    `severities` has the severities of rules that are not to have their own, `rules_for` gives the
    names of the rules that check a note. `check_notes` checks each note, or knows what an earlier
    check has found in it.
    """
    settings = severities or _DEFAULT
    active = [name for name in RULES if _severity_of(name, settings) is not Severity.IGNORE]
    found = list(check_files(notebook, active, settings))

    def check_by(rules: Sequence[str], note: Note) -> Sequence[Diagnostic]:
        wanted = rules_for(note)
        chosen = (name for name in rules if name in wanted)
        return tuple(check_note(note, notebook, chosen, settings))

    alone = [name for name in active if isinstance(RULES[name], AloneRule)]
    among_others = [name for name in active if isinstance(RULES[name], NotebookRule)]
    checks = NoteChecks(partial(check_by, alone), partial(check_by, among_others))
    notes = [note for note in notebook.notes if note.path not in notebook.excluded]
    for in_note in check_notes(checks, notes):
        found += in_note
    order = {name: index for index, name in enumerate(RULES)}
    return sorted(found, key=lambda d: (d.source.path, d.span, order[d.rule]))


def check_note(
    note: Note, notebook: Notebook, rules: Iterable[str], severities: Severities = _DEFAULT
) -> Iterator[Diagnostic]:
    """Yield what the named rules find in `note`, rule by rule."""
    for name in rules:
        for found in _get_check(name)(note, notebook):
            yield _complete(found, name, note.source, severities)


@cache
def _get_check(rule_name: str) -> Callable[[Note, Notebook], Iterable[Diagnostic]]:
    """Return the function that checks a note by a rule; one about other files finds nothing."""
    rule = RULES[rule_name]
    if isinstance(rule, AloneRule):
        return rule.check_alone
    return rule.check if isinstance(rule, NotebookRule) else lambda *_: ()


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


class FixedFiles(NamedTuple):
    """The new texts, by path, of the files that safe fixes change, and what was fixed, in order.

    The diagnostics of a later round are about the files as the rounds before leave them.
    """

    texts: dict[str, str]
    fixed: list[Diagnostic]


def fix_notebook(
    notebook: Notebook,
    severities: Severities | None = None,
    within: Callable[[str], bool] = lambda _: True,
) -> FixedFiles:
    """Make the safe fixes in the files for whose paths `within` holds.

    They are made in rounds, all files in each, until none is left; a file that every round changes
    again is left as it was.
    """
    current, result = notebook, FixedFiles({}, [])
    fixable: list[Diagnostic] = []
    for _ in range(_ROUNDS):
        found = check_notebook(current, severities)
        fixable = [each for each in found if each.fix and within(each.source.path)]
        if not fixable:
            return result
        edits = _choose_edits(fixable)
        changed = {
            source: Source(source.path, apply_edits(source.text, chosen).encode())
            for source, chosen in edits.items()
        }
        result.texts.update({source.path: source.text for source in changed.values()})
        result.fixed.extend(each for each in fixable if edits[each.source].issuperset(each.fix))
        current = replace_sources(current, changed)
    unsettled = {diagnostic.source.path for diagnostic in fixable}
    texts = {path: text for path, text in result.texts.items() if path not in unsettled}
    return FixedFiles(texts, [each for each in result.fixed if each.source.path in texts])


def _choose_edits(diagnostics: Iterable[Diagnostic]) -> dict[Source, set[Edit]]:
    """Return the edits of fixes by file, without those that overlap with others."""
    edits: dict[Source, list[Edit]] = defaultdict(list)
    for diagnostic in diagnostics:
        edits[diagnostic.source] += diagnostic.fix
    return {source: set(choose_edits(found)) for source, found in edits.items()}


def replace_sources(notebook: Notebook, changed: Mapping[Source, Source]) -> Notebook:
    """Return `notebook` with some files changed or moved; the others are not parsed again."""
    notes = [
        parse_note(changed[note.source], note.schema) if note.source in changed else note
        for note in notebook.notes
    ]
    source = notebook.vocabulary.source
    vocabulary = parse_vocabulary(changed[source]) if source and source in changed else None
    return notebook.with_notes(notes, vocabulary)
