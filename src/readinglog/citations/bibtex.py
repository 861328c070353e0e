"""Reading a work from BibTeX and biblatex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from readinglog.citations.bibtex_names import parse_names
from readinglog.citations.bibtex_syntax import BibtexEntry, parse_entries
from readinglog.citations.bibtex_text import Problem
from readinglog.citations.bibtex_work import RawFields, parse_work
from readinglog.citations.cleaning import clean_text
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.work import LookupResult
from readinglog.model.messages import QUOTED_LENGTH
from readinglog.model.text import Source, get_position

_SIZE_LIMIT = 2_000_000  # characters of a file
_KEYS_LISTED = 8
_PARENTS_LIMIT = 10  # entries that inherit from each other
# Entries about a part of a book; the title of that is their `booktitle`.
PARTS = frozenset({"inproceedings", "conference", "incollection", "inbook"})
# Fields about an entry itself, so that one which refers to it does not have them.
_OWN_FIELDS = frozenset(
    "title subtitle titleaddon shorttitle author editor doi url urldate eprint eprinttype arxivid "
    "archiveprefix abstract keywords file isbn issn note howpublished crossref xdata ids pages "
    "type".split()
)

_NO_WORKS = frozenset({"xdata", "set", "control"})  # entries that only others use


class LibraryEntry(NamedTuple):
    """An entry of a library, and the work that it describes, with remarks."""

    entry: BibtexEntry
    result: LookupResult


def decode_bibtex(data: bytes, name: str) -> str:
    """Return the text of a BibTeX file called `name`. Raises WorkLookupError if it is not UTF-8."""
    source = Source(name, data)
    if source.undecodable_offset is None:
        return source.text
    line = get_position(source.text, source.undecodable_offset).line
    message = f"{name} is not UTF-8 (see line {line})"
    raise WorkLookupError(message, "save it as UTF-8")


def parse_bibtex(bibtex: str, key: str = "", name: str = "the BibTeX") -> LookupResult:
    """Return the work of the entry `key`, or of the only entry; messages call the text `name`.

    The remarks say what is wrong with the entry. Raises WorkLookupError if there is no such entry,
    or if it cannot be read.
    """
    if len(bibtex) > _SIZE_LIMIT:
        message = f"{name} is too large, with {len(bibtex):,} characters"
        raise WorkLookupError(message, "copy the entry into a file of its own")
    entries = parse_entries(bibtex)
    entry = _choose_entry(entries, key, name)
    return _read_entry(entry, _index_entries(entries), name)


def parse_library(bibtex: str, name: str) -> Iterator[LibraryEntry]:
    """Yield the works of all entries; messages call the text `name`.

    Where an entry has no end, what can be read of it counts.
    """
    entries = parse_entries(bibtex)
    by_key = _index_entries(entries)
    for entry in entries:
        if entry.type in _NO_WORKS:
            continue
        result = _read_entry(entry, by_key, name, is_strict=False)
        if error := entry.error:
            what = error.message or "it is not closed"
            remark = f"line {error.line} of {name}, entry `{entry.key}`: {what}: {error.help}"
            result = result._replace(remarks=(remark, *result.remarks))
        yield LibraryEntry(entry, result)


def _index_entries(entries: Sequence[BibtexEntry]) -> dict[str, BibtexEntry]:
    return {other.key.lower(): other for other in reversed(entries)}


def _read_entry(
    entry: BibtexEntry, by_key: Mapping[str, BibtexEntry], name: str, *, is_strict: bool = True
) -> LookupResult:
    """Return the work of an entry, with what it has of those that it refers to.

    If `is_strict`, an invalid DOI raises WorkLookupError. Otherwise it is left out, and so is the
    abstract, which takes longest to read.
    """
    raw, remarks = _inherit(entry, by_key, name)
    if not is_strict:
        raw = {field: text for field, text in raw.items() if field != "abstract"}
    people = parse_names(raw.get("author") or raw.get("editor", ""))
    line = entry.lines.get("author") or entry.lines.get("editor", entry.line)
    remarks = [
        *(_format_problem(problem, name) for problem in entry.problems),
        *remarks,
        *(f"line {line} of {name}: {remark}" for remark in people.remarks),
    ]
    try:
        work = parse_work(entry, raw, people, name)
    except WorkLookupError as error:
        if is_strict:
            raise
        rest = {field: text for field, text in raw.items() if field != "doi"}
        remarks.append(f"line {entry.lines.get('doi', entry.line)} of {error}")
        work = parse_work(entry, rest, people, name)
    return LookupResult(work, tuple(remarks))


def _format_problem(problem: Problem, name: str) -> str:
    return f"line {problem.line} of {name}: {problem.message}: {problem.help}"


def _choose_entry(entries: Sequence[BibtexEntry], key: str, name: str) -> BibtexEntry:
    """Return the entry `key`, or the only one. Raises WorkLookupError."""
    chosen = [entry for entry in entries if key in ("", entry.key)]
    chosen = chosen or [entry for entry in entries if entry.key.lower() == key.lower()]
    if not chosen:
        raise _explain_missing_entry(entries, key, name)
    if len(chosen) == 1:
        if error := chosen[0].error:
            message = f"{name} cannot be parsed from line {error.line} on"
            message = f"{message}: {error.message}" if error.message else message
            raise WorkLookupError(message, error.help)
        return chosen[0]
    if len({entry.key for entry in chosen}) == 1:
        lines = f"{', '.join(str(entry.line) for entry in chosen[:-1])} and {chosen[-1].line}"
        shown = clean_text(chosen[0].key)[:QUOTED_LENGTH]
        message = f"{name} has {len(chosen)} entries `{shown}`, in lines {lines}"
        raise WorkLookupError(message, "remove all but one, or give each a key of its own")
    message = f"{name} has {len(chosen):,} entries"
    raise WorkLookupError(message, f"choose one with --key: {_list_keys(chosen)}")


def _explain_missing_entry(entries: Sequence[BibtexEntry], key: str, name: str) -> WorkLookupError:
    if entries:
        message = f"{name} has no entry `{key}`"
        return WorkLookupError(message, f"choose one of {_list_keys(entries)}")
    message = f"{name} has no BibTeX entry"
    return WorkLookupError(message, "an entry begins like `@article{key,`")


def _list_keys(entries: Sequence[BibtexEntry]) -> str:
    counts = Counter(clean_text(entry.key) for entry in entries)
    keys = [f"`{key}`" + (f" ({n} times)" if n > 1 else "") for key, n in counts.items()]
    rest = len(keys) - _KEYS_LISTED
    listed = ", ".join(keys[:_KEYS_LISTED])
    return f"{listed} and {rest} more" if rest > 0 else listed


def _inherit(
    entry: BibtexEntry, by_key: Mapping[str, BibtexEntry], name: str
) -> tuple[RawFields, list[str]]:
    """Return the fields of `entry` with those of the entries that it refers to, and remarks."""
    raw: RawFields = entry.fields
    seen = {entry.key.lower()}
    found = entry
    for _ in range(_PARENTS_LIMIT):
        field = next((field for field in ("crossref", "xdata") if found.fields.get(field)), "")
        if not field:
            break
        wanted = found.fields[field].partition(",")[0].strip("{} ")
        parent = by_key.get(wanted.lower())
        if parent is None or wanted.lower() in seen:
            shown = clean_text(wanted)[:QUOTED_LENGTH]
            problem = f"there is no other entry `{shown}`, which `{field}` refers to"
            place = f"line {found.lines[field]} of {name}"
            return raw, [f"{place}: {problem}: add it to the file, or remove `{field}`"]
        seen.add(wanted.lower())
        raw = _add_inherited(raw, parent, entry.type, is_data=field == "xdata")
        found = parent
    return raw, []


def _add_inherited(raw: RawFields, parent: BibtexEntry, type_: str, *, is_data: bool) -> RawFields:
    """Return the fields `raw` of an entry with those that it has from `parent`.

    `is_data` says that the parent is no work, only fields that others share.
    """
    if is_data:
        return {**parent.fields, **raw}
    kept = {name: text for name, text in parent.fields.items() if name not in _OWN_FIELDS}
    if type_ in PARTS and (title := parent.fields.get("title")):
        kept.setdefault("booktitle", title)
    return {**kept, **raw}
