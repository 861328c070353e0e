"""Markdown read as prose: what is left of it when the marks are gone, and the sentence around a place."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from readinglog.model.note import Link, Note
from readinglog.model.text import Edit, Span, apply_edits
from readinglog.parsing.math import KINDS, extract_latex, to_text

_MARKED = re.compile(r"[\\`*_\[\]<>&{|=~%#\n+-]|\d[.)]")
_WIKILINK = re.compile(r"!?\[\[([^\[\]|\\]*)(?:\\?\|((?:(?!\]\]).){0,1000}+))?\]\]", re.DOTALL)
_LINK = re.compile(
    r"!?\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\](?:\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])"
)
_FOOTNOTE = re.compile(r"\[\^[^\[\]]+\]:?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->|%%.*?%%", re.DOTALL)
_CODE = re.compile(r"(?<!`)(`++)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_EMPHASIS = re.compile(r"(\*{1,3}|~~|==|(?<!\w)_{1,3})(?=\S)(.{1,1000}?)(?<=\S)\1(?!\w)", re.DOTALL)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!$<>|~%])")
_LINE_MARKS = re.compile(
    r"^[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t]+|\|)+", re.MULTILINE
)
_ATTRIBUTES = re.compile(r"\{[:#.][^{}\n]*\}")
_BREAK = re.compile(r"\n[ \t>]*\n|\n(?=[ \t>]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|\|)[ \t])")
_SENTENCE = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]*_]*(?:\s+(?=[^a-z\s])|(?<=[。！？]))")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|cf|et al|vs|Fig|Sec|Eq|No|resp|approx|[A-Z])\.)\Z")
_LITERAL = {
    code: f"&#{code};" for code in range(0x80) if not chr(code).isalnum() and chr(code) not in " ,;"
}  # Markdown's marks are ASCII
_EXCERPT = 300  # characters on each side
_REACH = 4_000  # characters on each side, within which a block ends


def strip_markdown(markdown: str) -> str:
    """`markdown` without its marks: link labels, code and math stay as text; white space becomes single spaces."""
    if not _MARKED.search(markdown):
        return " ".join(markdown.split())
    text = _TAG.sub("", _LINE_MARKS.sub("", markdown))
    text = _WIKILINK.sub(lambda found: found[2] or found[1].rpartition("/")[2], text)
    text = _FOOTNOTE.sub("", _LINK.sub(r"\1", text))
    text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", _CODE.sub(r"\2", text)))
    text = _ESCAPE.sub(r"\1", _ATTRIBUTES.sub("", text))
    return html.unescape(" ".join(text.split()))


def escape_markdown(text: str) -> str:
    """`text` as Markdown that shows just these characters, wherever it stands."""
    return text.translate(_LITERAL)


def find_block(note: Note, span: Span) -> Span:
    """The paragraph, list item, table row or heading that holds `span`."""
    start, end = note.body
    low, high = max(start, span.start - _REACH), min(end, span.end + _REACH)
    breaks = [found.span() for found in _BREAK.finditer(note.masked, low, high)]
    breaks += [(edge, edge) for heading in note.headings for edge in heading.block]
    start = max((after for _, after in breaks if after <= span.start), default=start)
    end = min((before for before, _ in breaks if before >= span.end), default=end)
    return Span(start, end)


def extract_sentence(note: Note, span: Span, shown: Callable[[Link], str]) -> tuple[str, str, str]:
    """The sentence around `span` as plain text: what stands before it, the span itself, what follows.

    `shown` gives the words that a wikilink without a label stands for.
    """
    block = find_block(note, span)
    start, end = block
    for found in _SENTENCE.finditer(note.masked, block.start, block.end):
        if _ABBREVIATED.search(note.masked, max(block.start, found.start() - 8), found.start()):
            continue
        if found.end() <= span.start:
            start = found.end()
        elif found.start() >= span.end:
            end = found.start()
            break
    here = [
        link
        for link in note.links
        if start <= link.span.start < end and link.kind == "wikilink" and not link.label
    ]
    formulas = [
        region for region in note.regions if region.kind in KINDS and start <= region.start < end
    ]
    words = [Edit(link.span, escape_markdown(shown(link))) for link in here]
    words += [
        Edit(
            Span(region.start, region.end),
            escape_markdown(to_text(extract_latex(region, note.text)[0])),
        )
        for region in formulas
    ]

    def part(first: int, last: int) -> str:
        inside = (
            Edit(Span(e.span.start - first, e.span.end - first), e.text)
            for e in words
            if first <= e.span.start < last
        )
        return strip_markdown(apply_edits(note.text[first:last], inside))

    before, after = part(start, span.start), part(span.end, end)
    before = before if len(before) <= _EXCERPT else "… " + before[-_EXCERPT:].partition(" ")[2]
    after = after if len(after) <= _EXCERPT else after[:_EXCERPT].rpartition(" ")[0] + " …"
    lead = " " if before and note.text[span.start - 1 : span.start].isspace() else ""
    gap = " " if after and note.text[span.end : span.end + 1].isspace() else ""
    return before + lead, part(*span), gap + after
