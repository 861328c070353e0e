"""Front matter: where it is, which fields it has, and what is wrong with it, entry by entry.

An entry that is broken costs no other: where the whole is not YAML, each entry is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from frontmatter.default_handlers import YAMLHandler

from readinglog.model.diagnostic import Diagnostic, InvalidContentError
from readinglog.model.field import Field
from readinglog.model.schema import BUILT_IN
from readinglog.model.text import Edit, Span, get_line_span
from readinglog.model.yaml_values import BROKEN, Entry
from readinglog.parsing.yaml_errors import explain_yaml_error
from readinglog.parsing.yaml_nodes import compose_fields

LIMIT = 64_000
_BOUNDARY = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_HANDLER = YAMLHandler(fm_boundary=_BOUNDARY)
_LATE = re.compile(r"(?>(?:\s|(?><!--.*?-->))+)(?=---[ \t]*\r?\n)", re.DOTALL)
_ENTRY_LINE = re.compile(r"[ \t]*(?:#(?!#).*|-[ \t].*|[\w-]+[ \t]*:.*|[\]\[}\"'].*)?\r?$|[ \t]+\S")
_LIKE_CLOSING = re.compile(r"[ \t]*(?:[-–—]+|\.{3}|\*{3,}|_{3,}|\+{3})[ \t]*\r?\n?\Z")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:")
_KEY_LINE = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:", re.MULTILINE)
_BROKEN_KEY = re.compile(r"^[ \t]*([A-Za-z_][\w-]*)(?:(?P<colon>[ \t]*:)|[ \t])", re.MULTILINE)
_START_HELP = "start the file with a line `---`, then `title: …`, and close with a line `---`"


class FrontMatter(NamedTuple):
    """The fields in order of writing, duplicates included; what is wrong; where the body starts."""

    fields: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...]
    body: int


class _Block(NamedTuple):
    """Where front matter is: the line that opens it, its text, and the body behind it."""

    opening: Span
    text: Span
    body: int
    is_closed: bool


def has_front_matter(text: str) -> bool:
    """Return whether a text starts with front matter, or seems meant to."""
    return bool(_HANDLER.detect(text) or text.startswith(("--", "+++")) or _is_late(text))


def _is_late(text: str) -> bool:
    late = _LATE.match(text)
    return bool(late and len(_BOUNDARY.findall(text, late.end())) > 1)


def read_front_matter(text: str, known: Mapping[str, Field] = BUILT_IN.fields) -> FrontMatter:
    """Return the front matter of a note; `known` has the fields of the schema. Never raises."""
    if _HANDLER.detect(text):
        return _read_block(text, 0, known)
    late = _LATE.match(text)
    if late and len(_BOUNDARY.findall(text, late.end())) > 1:
        start = late.end()
        fix = () if late[0].strip() else (Edit(Span(0, start), ""),)
        message = "front matter must start on line 1"
        help_ = "remove what is before this line"
        found = Diagnostic(Span(start, start + 3), message, help_, fix)
        front = _read_block(text, start, known)
        return front._replace(diagnostics=(found, *front.diagnostics))
    return FrontMatter((), (_explain_absence(text, known),), 0)


def _explain_absence(text: str, known: Mapping[str, Field]) -> Diagnostic:
    """Return why `text` has no front matter."""
    line = get_line_span(text, 0)
    first = text[: line.end]
    if first.startswith("--"):
        message = f"front matter opens with `---`, not `{first[:20].strip()}`"
        return Diagnostic(line, message, "write just `---`")
    if (key := _KEY.match(text)) and key[1].lower() in known:
        return Diagnostic(line, "front matter has no line `---` before it", _START_HELP)
    if first.startswith("+++"):
        message = "front matter is YAML between lines `---`, not TOML"
        return Diagnostic(line, message, _START_HELP)
    return Diagnostic(line, "the note has no front matter", _START_HELP)


def _read_block(text: str, start: int, known: Mapping[str, Field]) -> FrontMatter:
    """Return the front matter that opens at `start`."""
    block = _find_block(text, start, known)
    inside = text[slice(*block.text)]
    unclosed = () if block.is_closed else (_report_unclosed(text, block),)
    if len(inside) > LIMIT:
        message = f"front matter has {len(inside)} characters, more than {LIMIT}"
        help_ = "move the text below the second `---`"
        too_long = Diagnostic(block.opening, message, help_)
        return FrontMatter((), (*unclosed, too_long), block.body)
    fields, diagnostics = compose_by_entry(inside, block.text.start, known)
    return FrontMatter(tuple(fields), (*unclosed, *diagnostics), block.body)


def _find_block(text: str, start: int, known: Mapping[str, Field]) -> _Block:
    opening = get_line_span(text, start)
    line_break = 2 if text.startswith("\r", opening.end) else 1
    fields_at = min(opening.end + line_break, len(text))
    try:
        _, content = _HANDLER.split(text[start:])
    except ValueError:
        pass  # there is no second line `---`
    else:
        body = len(text) - len(content)
        closing_at = text.rfind("\n", 0, body) + 1
        end = max(fields_at, closing_at)
        if not _holds_prose(text[fields_at:end], known):
            return _Block(opening, Span(fields_at, end), body, is_closed=True)
    body = fields_at + _measure_unclosed(text[fields_at:])
    return _Block(opening, Span(fields_at, body), body, is_closed=False)


def compose_by_entry(
    text: str, base: int, known: Mapping[str, Field] = BUILT_IN.fields
) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the fields of the YAML mapping `text`, at offset `base` of its file.

    Where the whole does not compose, they are those of each top-level entry by itself, with what
    is wrong in the others. Of an entry that is broken the name is kept, so that its field is not
    missing as well.
    """
    try:
        return compose_fields(text, base), []
    except InvalidContentError as error:
        whole = error.diagnostic
    fields: list[Entry] = []
    diagnostics: list[Diagnostic] = []
    keys = {line[1] for line in _KEY_LINE.finditer(text)}
    for start, entry in _split_entries(text):
        try:
            fields += compose_fields(entry, base + start)
        except InvalidContentError as error:
            diagnostics += explain_yaml_error(entry, base + start, error.diagnostic, known)
            fields += _find_broken_fields(entry, base + start, keys, known)
    if not diagnostics:  # each entry is right by itself, so their indents differ
        diagnostics.append(_find_indent(text, base) or whole)
    return fields, diagnostics


def _find_broken_fields(
    entry: str, base: int, keys: set[str], known: Mapping[str, Field]
) -> Iterator[Entry]:
    """Yield the fields of an entry that does not compose.

    These are its own, and known ones within it that no other line of `keys` begins.
    """
    for key in _BROKEN_KEY.finditer(entry):
        is_own = key.start() == 0 and key["colon"]
        if is_own or (key[1] in known and key[1] not in keys):
            yield Entry(key[1], Span(base + key.start(1), base + key.end(1)), BROKEN)


def _find_indent(text: str, base: int) -> Diagnostic | None:
    """Return the diagnostic that the first entry is indented, or None where it is not."""
    found = re.match(r"(?:[ \t]*(?:#.*)?\n)*([ \t]+)\S", text)
    if found is None:
        return None
    margin = Span(base + found.start(1), base + found.end(1))
    message = "this line is indented, and others are not"
    return Diagnostic(margin, message, "remove the spaces", (Edit(margin, ""),))


def _holds_prose(inside: str, known: Mapping[str, Field]) -> bool:
    """Return whether a paragraph of text is between the two lines `---`.

    Then the second one does not close the front matter, but is a rule of the text.
    """
    if not any(gap in f"\n{inside}" for gap in ("\n\n", "\n\r\n", "\n##")):
        return False
    rest = inside[_measure_unclosed(inside) :]
    words = rest.split(None, 1)
    if not rest.startswith(("\n", "\r\n", "##")) or not words or words[0] in known:
        return False
    return not _ENTRY_LINE.match(rest.lstrip().partition("\n")[0]) and not _is_yaml(inside)


def _is_yaml(text: str) -> bool:
    try:
        compose_fields(text, 0)
    except InvalidContentError:
        return False
    return True


def _report_unclosed(text: str, block: _Block) -> Diagnostic:
    """Return the diagnostic that front matter is never closed, or closed in another way."""
    following = get_line_span(text, block.body)
    if _LIKE_CLOSING.match(text[following.start : following.end]):
        wrong = text[following.start : following.end].rstrip("\r")
        message = f"front matter closes with `---`, not `{wrong}`"
        return Diagnostic(following, message, "write just `---`", (Edit(following, "---"),))
    is_empty = not text[slice(*block.text)].strip()
    last = block.opening if is_empty else get_line_span(text, block.body - 1)
    last_line = text[last.start : last.end].strip()[:40]
    where = "after the last field" if is_empty else f"after `{last_line}`"
    message = "the front matter opened here is never closed"
    close = Edit(Span(last.end, last.end), "\n---")
    return Diagnostic(block.opening, message, f"write a line `---` {where}", (close,))


def _measure_unclosed(text: str) -> int:
    """Return how many characters of `text` look like front matter that was never closed."""
    length = end = 0
    for line in _LINE.findall(text):  # not splitlines(), which also splits at U+0085 and U+2028
        is_entry = line.strip() and _ENTRY_LINE.match(line.rstrip("\n"))
        if not is_entry or _LIKE_CLOSING.match(line):
            break
        length += len(line)
        # A last line with `#` is no comment, but the first heading of the text.
        if not line.startswith("#"):
            end = length
    return end


def _split_entries(text: str) -> Iterator[tuple[int, str]]:
    """Yield each top-level entry with the lines that belong to it, and where it starts."""
    start = offset = 0
    for line in _LINE.findall(text):
        if not _continues_entry(line) and offset > start and text[start:offset].strip():
            yield start, text[start:offset]
            start = offset
        offset += len(line)
    if text[start:].strip():
        yield start, text[start:]


def _continues_entry(line: str) -> bool:
    """Return whether a line of YAML belongs to the entry before it."""
    if not line.strip() or line[0] in " \t#]}":
        return True
    return line[0] == "-" and not line.startswith("---")
