"""Front matter: where it is, which fields it has, and what is wrong with it, entry by entry.

An entry that is broken costs no other: where the whole is not YAML, each entry is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from frontmatter.default_handlers import YAMLHandler

from readinglog.diagnostic import Finding
from readinglog.parse.slips import explain
from readinglog.parse.yaml_values import YamlTrouble, compose
from readinglog.schema import BROKEN, FIELDS, Field
from readinglog.text import Edit, Span, line_span

LIMIT = 64_000
_BOUNDARY = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_HANDLER = YAMLHandler(fm_boundary=_BOUNDARY)
_LATE = re.compile(r"(?:\s|<!--.*?-->)+(?=---[ \t]*\r?\n)", re.DOTALL)
_ENTRY_LINE = re.compile(r"[ \t]*(?:#.*|-[ \t].*|[\w-]+[ \t]*:.*|[\]\[}\"'].*)?\r?$|[ \t]+\S")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:")
_BROKEN_KEY = re.compile(r"^[ \t]*([A-Za-z_][\w-]*)(?=[ \t]*:|[ \t])", re.MULTILINE)
_HEAD = "start the file with a line `---`, then `title: …`, and close with a line `---`"


class FrontMatter(NamedTuple):
    """The fields in order of writing, duplicates included; what is wrong; where the body starts."""

    fields: tuple[Field, ...]
    problems: tuple[Finding, ...]
    body: int


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a note. Never raises."""
    if _HANDLER.detect(text):
        return _from(text, 0, ())
    if (late := _LATE.match(text)) and len(_BOUNDARY.findall(text, late.end())) > 1:
        move = (Edit(Span(0, late.end()), ""),) if not late[0].strip() else ()
        where = Span(late.end(), late.end() + 3)
        found = Finding(where, "front matter must start on line 1", "take out what stands before this line", move)
        return _from(text, late.end(), (found,))
    first = line_span(text, 0)
    if text[: first.end].startswith("--"):
        found = Finding(first, f"front matter opens with `---`, not `{text[: first.end][:20].strip()}`", "write just `---`")
    elif (key := _KEY.match(text)) and key[1].lower() in FIELDS:
        found = Finding(first, "front matter has no line `---` before it", _HEAD)
    elif text.startswith("+++"):
        found = Finding(first, "front matter is YAML between lines `---`, not TOML", _HEAD)
    else:
        found = Finding(first, "the note has no front matter", _HEAD)
    return FrontMatter((), (found,), 0)


def _from(text: str, start: int, problems: tuple[Finding, ...]) -> FrontMatter:
    opening = line_span(text, start)
    fields_at = min(opening.end + (2 if text[opening.end : opening.end + 1] == "\r" else 1), len(text))
    try:
        inside, content = _HANDLER.split(text[start:])
        body = len(text) - len(content)
        inside = text[fields_at : len(text) - len(content) - len(_closing(text, body))]
    except ValueError:
        body = fields_at + _unclosed_length(text[fields_at:])
        inside = text[fields_at:body]
        last = line_span(text, max(fields_at, body - 1)) if inside.strip() else opening
        problems += (_never_closed(text, opening, last),)
    if len(inside) > LIMIT:
        message = f"front matter has {len(inside)} characters, more than {LIMIT}"
        return FrontMatter((), (*problems, Finding(opening, message, "move the text below the second `---`")), body)
    fields, more = fields_by_entry(inside, fields_at)
    return FrontMatter(tuple(fields), (*problems, *more), body)


def fields_by_entry(text: str, base: int) -> tuple[list[Field], list[Finding]]:
    """The fields of a YAML mapping; where the whole does not compose, those of each top-level entry by itself."""
    whole = compose(text, base)
    if not isinstance(whole, YamlTrouble):
        return whole, []
    fields: list[Field] = []
    problems: list[Finding] = []
    for start, chunk in _entries(text):
        found = compose(chunk, base + start)
        if isinstance(found, YamlTrouble):
            problems.append(explain(chunk, base + start, found))
            for key in _BROKEN_KEY.finditer(chunk):  # the field is there, broken: it is not missing as well
                if key[1] in FIELDS or key.start() == 0:
                    fields.append(Field(key[1], Span(base + start + key.start(1), base + start + key.end(1)), BROKEN))
        else:
            fields += found
    if not problems:
        problems.append(Finding(Span(whole.offset, whole.offset + 1), f"this is not YAML: {whole.message}", "write `key: value`"))
    return fields, problems


def _closing(text: str, body: int) -> str:
    """The closing line, which ends right before `body`."""
    return text[text.rfind("\n", 0, body) + 1 : body]


def _never_closed(text: str, opening: Span, last: Span) -> Finding:
    after = text[last.start : last.end].strip()[:40]
    close = Edit(Span(last.end, last.end), "\n---")
    where = f"after `{after}`" if after and last != opening else "after the last field"
    return Finding(opening, "the front matter opened here is never closed", f"write a line `---` {where}", (close,))


def _unclosed_length(text: str) -> int:
    """How many characters of `text` look like front matter that was never closed."""
    length = 0
    for line in _LINE.findall(text):  # not splitlines(), which also splits at U+0085 and U+2028
        if not line.strip() or not _ENTRY_LINE.match(line.rstrip("\n")):
            break
        length += len(line)
    return length


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """Each top-level entry with the lines that hang on it, and where it starts."""
    start = offset = 0
    for line in _LINE.findall(text):
        hangs = not line.strip() or line[0] in " \t#" or (line[0] == "-" and not line.startswith("---")) or line[0] in "]}"
        if not hangs and offset > start and text[start:offset].strip():
            yield start, text[start:offset]
            start = offset
        offset += len(line)
    if text[start:].strip():
        yield start, text[start:]
