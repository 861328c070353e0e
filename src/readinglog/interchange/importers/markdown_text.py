"""Texts of a source as Markdown: plain text that stays what it is, HTML, and quotes."""

from __future__ import annotations

import re

from markdownify import MarkdownConverter

from readinglog.citations.cleaning import clean_text
from readinglog.model.html_policy import KNOWN_TAGS
from readinglog.model.printable import remove_control

_MARKS = re.compile(r"[\\`*\[\]$<|~]|(?<!\w)_|_(?!\w)|==")
_LINE_MARKS = re.compile(r"^([ \t]*(?:[0-9]{1,9}(?=[.)]))?)([#>+=.)-])", re.MULTILINE)
_HEADING = re.compile(r"^#(?=#{0,4} )", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>")
_HIDDEN = re.compile(
    r"<(script|style|template|head|iframe)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_TEXT_LIMIT = 200_000  # characters of a text


class _Converter(MarkdownConverter):
    """HTML to Markdown as notes have it; formulas of reference managers stay formulas."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return text if "_noformat" in parent_tags else _escape_marks(text)

    def convert_span(self, el: object, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return _restore_formula(el, text)

    def convert_pre(self, el: object, text: str, parent_tags: set[str]) -> str:
        if formula := _restore_formula(el, ""):
            return f"\n\n{formula}\n\n"
        return str(super().convert_pre(el, text, parent_tags))  # type: ignore[misc]


def _restore_formula(element: object, text: str) -> str:
    """Return the formula that an element marks as one, else `text`."""
    get, get_text = getattr(element, "get", None), getattr(element, "get_text", None)
    if get and get_text and "math" in (get("class") or ()):
        return str(get_text())
    return text


def html_to_markdown(html: str) -> str:
    """Return HTML as Markdown, without what would run."""
    visible = _HIDDEN.sub(" ", html[:_TEXT_LIMIT])
    converter = _Converter(heading_style="ATX", bullets="-", strip=["img"], wrap=False)
    try:
        text = remove_control(str(converter.convert(visible)))
    except RecursionError:  # elements within each other by the hundred
        return plain_to_markdown(_TAG.sub(" ", visible))
    lines = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    below_title = _HEADING.sub("##", lines)
    return re.sub(r"\n{3,}", "\n\n", below_title)


def is_html(text: str) -> bool:
    """Return whether a text holds elements of HTML."""
    return any(found[1].lower() in KNOWN_TAGS for found in _TAG.finditer(text))


def plain_to_markdown(text: str) -> str:
    """Return plain text as Markdown that shows it, paragraph by paragraph."""
    clean = remove_control(text[:_TEXT_LIMIT].replace("\r\n", "\n").replace("\r", "\n"))
    paragraphs = (part.strip() for part in _BLANK_LINES.split(clean))
    return "\n\n".join(_escape(part) for part in paragraphs if part)


def any_to_markdown(text: str) -> str:
    """Return a text, which may be HTML, as Markdown."""
    return html_to_markdown(text) if is_html(text) else plain_to_markdown(text)


def _escape(text: str) -> str:
    return _LINE_MARKS.sub(r"\1\\\2", _escape_marks(text)) if text else ""


def _escape_marks(text: str) -> str:
    return _MARKS.sub(lambda found: "\\" + "\\".join(found[0]), text)


def make_quote(text: str, place: str, mark: str) -> str:
    """Return a quote with its place in the work and its block id, by which a link finds it."""
    markdown = plain_to_markdown(text)
    behind = " ".join(filter(None, (f"— {place}" if place else "", f"^{mark}")))
    lines = [f"> {line}".rstrip() for line in (*markdown.split("\n"), "", behind)]
    return "\n".join(lines)


def make_mark(prefix: str, id_: object) -> str:
    """Return a block id made of the source's own id."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", f"{prefix}-{clean_text(str(id_), 60)}").strip("-")
