"""Front matter: where it is, which fields it has, and what is wrong with it, entry by entry.

An entry that is broken costs no other: where the whole is not YAML, each entry is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from frontmatter.default_handlers import YAMLHandler

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.schema import BROKEN, FIELDS, Field
from readinglog.model.text import Edit, Span, line_span
from readinglog.parsing.yaml_errors import explain_yaml_error
from readinglog.parsing.yaml_nodes import YamlTrouble, compose_fields

LIMIT = 64_000
_BOUNDARY = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_HANDLER = YAMLHandler(fm_boundary=_BOUNDARY)
_LATE = re.compile(r"(?:\s|(?><!--.*?-->))++(?=---[ \t]*\r?\n)", re.DOTALL)
_ENTRY_LINE = re.compile(r"[ \t]*(?:#(?!#).*|-[ \t].*|[\w-]+[ \t]*:.*|[\]\[}\"'].*)?\r?$|[ \t]+\S")
_LIKE_CLOSING = re.compile(r"[ \t]*(?:[-–—]+|\.{3}|\*{3,}|_{3,}|\+{3})[ \t]*\r?\n?\Z")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:")
_KEY_LINE = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:", re.MULTILINE)
_BROKEN_KEY = re.compile(r"^[ \t]*([A-Za-z_][\w-]*)(?:(?P<colon>[ \t]*:)|[ \t])", re.MULTILINE)
_HEAD = "start the file with a line `---`, then `title: …`, and close with a line `---`"


class FrontMatter(NamedTuple):
    """The fields in order of writing, duplicates included; what is wrong; where the body starts."""

    fields: tuple[Field, ...]
    diagnostics: tuple[Diagnostic, ...]
    body: int


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a note. Never raises."""
    if _HANDLER.detect(text):
        return _from(text, 0, ())
    if (late := _LATE.match(text)) and len(_BOUNDARY.findall(text, late.end())) > 1:
        move = (Edit(Span(0, late.end()), ""),) if not late[0].strip() else ()
        where = Span(late.end(), late.end() + 3)
        found = Diagnostic(
            where,
            "front matter must start on line 1",
            "take out what stands before this line",
            move,
        )
        return _from(text, late.end(), (found,))
    first = line_span(text, 0)
    if text[: first.end].startswith("--"):
        found = Diagnostic(
            first,
            f"front matter opens with `---`, not `{text[: first.end][:20].strip()}`",
            "write just `---`",
        )
    elif (key := _KEY.match(text)) and key[1].lower() in FIELDS:
        found = Diagnostic(first, "front matter has no line `---` before it", _HEAD)
    elif text.startswith("+++"):
        found = Diagnostic(first, "front matter is YAML between lines `---`, not TOML", _HEAD)
    else:
        found = Diagnostic(first, "the note has no front matter", _HEAD)
    return FrontMatter((), (found,), 0)


def _from(text: str, start: int, problems: tuple[Diagnostic, ...]) -> FrontMatter:
    opening = line_span(text, start)
    fields_at = min(
        opening.end + (2 if text[opening.end : opening.end + 1] == "\r" else 1), len(text)
    )
    try:
        inside, content = _HANDLER.split(text[start:])
        body = len(text) - len(content)
        inside = text[fields_at : len(text) - len(content) - len(_closing(text, body))]
        unclosed = _holds_prose(inside)
    except ValueError:
        unclosed = True
    if unclosed:
        body = fields_at + _unclosed_length(text[fields_at:])
        inside = text[fields_at:body]
        problems += (_never_closed(text, opening, body, empty=not inside.strip()),)
    if len(inside) > LIMIT:
        message = f"front matter has {len(inside)} characters, more than {LIMIT}"
        return FrontMatter(
            (),
            (*problems, Diagnostic(opening, message, "move the text below the second `---`")),
            body,
        )
    fields, more = fields_by_entry(inside, fields_at)
    return FrontMatter(tuple(fields), (*problems, *more), body)


def fields_by_entry(text: str, base: int) -> tuple[list[Field], list[Diagnostic]]:
    """The fields of a YAML mapping; where the whole does not compose, those of each top-level entry by itself."""
    whole = compose_fields(text, base)
    if not isinstance(whole, YamlTrouble):
        return whole, []
    fields: list[Field] = []
    problems: list[Diagnostic] = []
    whole_keys = {line[1] for line in _KEY_LINE.finditer(text)}
    for start, chunk in _entries(text):
        found = compose_fields(chunk, base + start)
        if isinstance(found, YamlTrouble):
            problems += explain_yaml_error(chunk, base + start, found)
            fields += (  # the field is there, broken: it is not missing as well
                Field(key[1], Span(base + start + key.start(1), base + start + key.end(1)), BROKEN)
                for key in _BROKEN_KEY.finditer(chunk)
                if (key[1] in FIELDS and key[1] not in whole_keys)
                or (key.start() == 0 and key["colon"])
            )
        else:
            fields += found
    if not problems:  # each entry is right by itself, so they do not stand alike
        problems.append(
            _indented(text, base)
            or Diagnostic(Span(whole.offset, whole.offset + 1), whole.message, whole.help)
        )
    return fields, problems


def _indented(text: str, base: int) -> Diagnostic | None:
    """The finding that the first entry is indented."""
    if (found := re.match(r"(?:[ \t]*(?:#.*)?\n)*([ \t]+)\S", text)) is None:
        return None
    margin = Span(base + found.start(1), base + found.end(1))
    return Diagnostic(
        margin,
        "this line is indented, and others are not",
        "take the spaces out",
        (Edit(margin, ""),),
    )


def _closing(text: str, body: int) -> str:
    """The closing line, which ends right before `body`."""
    return text[text.rfind("\n", 0, body) + 1 : body]


def _holds_prose(inside: str) -> bool:
    """Whether there is a paragraph of text between the two lines `---`, so that the second one is no end but a rule."""
    if not any(gap in f"\n{inside}" for gap in ("\n\n", "\n\r\n", "\n##")):
        return False
    rest = inside[_unclosed_length(inside) :]
    words = rest.split(None, 1)
    if not rest.startswith(("\n", "\r\n", "##")) or not words or words[0] in FIELDS:
        return False
    return not _ENTRY_LINE.match(rest.lstrip().partition("\n")[0]) and isinstance(
        compose_fields(inside, 0), YamlTrouble
    )


def _never_closed(text: str, opening: Span, body: int, *, empty: bool) -> Diagnostic:
    following = line_span(text, body)
    if _LIKE_CLOSING.match(text[following.start : following.end]):
        wrong = text[following.start : following.end].rstrip("\r")
        return Diagnostic(
            following,
            f"front matter closes with `---`, not `{wrong}`",
            "write just `---`",
            (Edit(following, "---"),),
        )
    last = opening if empty else line_span(text, body - 1)
    after = text[last.start : last.end].strip()[:40]
    close = Edit(Span(last.end, last.end), "\n---")
    where = "after the last field" if empty else f"after `{after}`"
    return Diagnostic(
        opening,
        "the front matter opened here is never closed",
        f"write a line `---` {where}",
        (close,),
    )


def _unclosed_length(text: str) -> int:
    """How many characters of `text` look like front matter that was never closed."""
    length = end = 0
    for line in _LINE.findall(text):  # not splitlines(), which also splits at U+0085 and U+2028
        if (
            not line.strip()
            or not _ENTRY_LINE.match(line.rstrip("\n"))
            or _LIKE_CLOSING.match(line)
        ):
            break
        length += len(line)
        if not line.startswith(
            "#"
        ):  # what ends it is no comment, but the first heading of the text
            end = length
    return end


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """Each top-level entry with the lines that hang on it, and where it starts."""
    start = offset = 0
    for line in _LINE.findall(text):
        hangs = (
            not line.strip()
            or line[0] in " \t#"
            or (line[0] == "-" and not line.startswith("---"))
            or line[0] in "]}"
        )
        if not hangs and offset > start and text[start:offset].strip():
            yield start, text[start:offset]
            start = offset
        offset += len(line)
    if text[start:].strip():
        yield start, text[start:]
