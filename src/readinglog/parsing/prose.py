"""Markdown read as prose: its text without marks, and the sentence around a span."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from readinglog.model.claim import Claim, InlineField
from readinglog.model.note import Link, Note, Region
from readinglog.model.text import Edit, Span, apply_edits
from readinglog.parsing.formulas import Formula, find_formulas, replace_formulas
from readinglog.parsing.latex.macros import Macros

_MARKED = re.compile(r"[\\`*_\[\]<>&{|=~%#\n+-]|\d[.)]")
_WIKILINK = re.compile(
    r"!?\[\[([^\[\]|\\]*)"
    r"(?:\\?\|((?>(?:\[[^\[\]]{0,200}+\]|(?!\]\]|\[\[).){0,1000})))?\]\]",
    re.DOTALL,
)
_LINK = re.compile(
    r"!?\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"(?:\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])"
)
_FOOTNOTE = re.compile(r"\[\^[^\[\]]+\]:?")
_TAG_OR_COMMENT = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|%%")
_CLOSERS = {"<!--": "-->", "%%": "%%"}
_CODE = re.compile(r"(?<!`)(`++)(.+?)(?<!`)\1(?!`)", re.DOTALL)
# Each way to begin has its first character first, which the search for it is quick by.
_EMPHASIS = re.compile(
    r"(\*\*{0,2}|~~|==|_(?<!\w_)_{0,2})(?=\S)(.{1,1000}?)(?<=\S)\1(?!\w)", re.DOTALL
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!$<>|~%])")
_LINE_MARKS = re.compile(r"\n[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t]+|\|)+")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}\n]*\}")
_BREAK = re.compile(r"\n[ \t>]*\n|\n(?=[ \t>]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|\|)[ \t])")
_SENTENCE = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]*_]*(?:\s+(?=[^a-z\s])|(?<=[。！？]))")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|cf|et al|vs|Fig|Sec|Eq|No|resp|approx|[A-Z])\.)\Z")
# Markdown's marks are ASCII.
_LITERAL = {
    code: f"&#{code};" for code in range(0x80) if not chr(code).isalnum() and chr(code) not in " ,;"
}
_OPEN_MARKS = (",", ";", ":", "–", "—")  # what they end, the next block completes
_FULL_STOPS = tuple(".!?…。！？")
_OPEN_END = " ".join(_OPEN_MARKS)
_EXCERPT = 300  # characters on each side
_REACH = 2_000  # characters on each side as written, of which an excerpt is made
Item = TypeVar("Item")


def strip_markdown(markdown: str) -> str:
    """Return `markdown` without its marks, white space as single spaces.

    Labels of links, code and math stay as text.
    """
    if not _MARKED.search(markdown):
        return " ".join(markdown.split())
    text = _remove_tags(_LINE_MARKS.sub("\n", f"\n{markdown}"))
    if "[" in text:
        text = _WIKILINK.sub(lambda found: found[2] or found[1].rpartition("/")[2], text)
        text = _FOOTNOTE.sub("", _LINK.sub(r"\1", text))
    text = _CODE.sub(r"\2", text) if "`" in text else text
    text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    text = _ATTRIBUTES.sub("", text) if "{" in text else text
    text = _ESCAPE.sub(r"\1", text) if "\\" in text else text
    return html.unescape(" ".join(text.split()))


def _remove_tags(text: str) -> str:
    """Return `text` without tags and comments."""
    kept: list[str] = []
    never_closed: set[str] = set()  # marks of comments that nothing closes from here on
    at = done = 0
    while found := _TAG_OR_COMMENT.search(text, at):
        at, mark = found.end(), found[0]
        if closer := _CLOSERS.get(mark):
            close = -1 if mark in never_closed else text.find(closer, at)
            if close < 0:
                never_closed.add(mark)
                continue
            at = close + len(closer)
        kept.append(text[done : found.start()])
        done = at
    return "".join((*kept, text[done:]))


def escape_markdown(text: str) -> str:
    """Return `text` as Markdown that shows just these characters, wherever it is."""
    return text.translate(_LITERAL)


class NoteProse:
    """A note read as prose, whose sentences and parts are asked for one by one.

    What all of them need is found once. `macros` are those of the log, and `get_label` gives the
    words that a wikilink without a label stands for.
    """

    def __init__(self, note: Note, macros: Macros, get_label: Callable[[Link], str]) -> None:
        self._note = note
        self._macros = macros
        self._formulas = find_formulas(note.text, note.regions, macros)
        self._get_label = get_label
        self._labels: dict[Link, str] = {}

    def extract_sentence(
        self, span: Span, show_formula: Callable[[Formula], str]
    ) -> tuple[str, str, str]:
        """Return the sentence around `span` as plain text: what is before it, it, what follows.

        `show_formula` gives the words for a formula.
        """
        span = self._find_element(span)
        sentence = self._find_sentence(span)
        text = self._note.text
        marked = self._strip(span, span, show_formula)
        before = self._strip_end(Span(sentence.start, span.start), span, show_formula)
        after = self._strip_start(Span(span.end, sentence.end), span, show_formula)
        if before and text[span.start - 1 : span.start].isspace():
            before += " "
        if after and text[span.end : span.end + 1].isspace():
            after = " " + after
        if self._is_unfinished(sentence):
            after = after.rstrip(_OPEN_END) + " …"
        return before, marked, after

    def _is_unfinished(self, sentence: Span) -> bool:
        """Return whether a sentence goes on in the next block: a formula, a list, a table."""
        text, regions = self._note.text, self._note.regions
        written = text[slice(*sentence)].rstrip()
        if written.endswith(_OPEN_MARKS):
            return True
        at = bisect_left(regions, sentence.end, key=lambda region: region.start)
        following = regions[at] if at < len(regions) else None
        if following is None or following.kind != "display" or written.endswith(_FULL_STOPS):
            return False
        return not text[sentence.end : following.start].strip()

    def extract_text(self, part: Span, show_formula: Callable[[Formula], str]) -> str:
        """Return a part of the note as plain text, in the words of `extract_sentence`."""
        return self._strip(part, part, show_formula)

    # Blocks and sentences
    # -------------------------------------------------------------------------

    @cached_property
    def _block_breaks(self) -> _Breaks:
        note = self._note
        found = [found.span() for found in _BREAK.finditer(note.masked, *note.body)]
        found += [(edge, edge) for heading in note.headings for edge in heading.block]
        return _Breaks(found)

    def _find_sentence(self, span: Span) -> Span:
        """Return the sentence that holds `span`, within its block; of a field's claim, the whole.

        A block is a paragraph, an item of a list, a row of a table or a heading.
        """
        if claim := self._find_claim(span):
            return claim.span
        block = self._block_breaks.find_part(span, self._note.body)
        if block not in self._sentence_breaks:
            self._sentence_breaks[block] = _Breaks(self._find_sentence_breaks(block))
        return self._sentence_breaks[block].find_part(span, block)

    @cached_property
    def _sentence_breaks(self) -> dict[Span, _Breaks]:
        """The breaks between sentences by block, begun with all blocks that hold links: these are
        asked for one by one, and the masked text is not kept meanwhile.
        """
        body = self._note.body
        blocks = {self._block_breaks.find_part(link.span, body) for link in self._note.links}
        return {block: _Breaks(self._find_sentence_breaks(block)) for block in blocks}

    def _find_sentence_breaks(self, block: Span) -> Iterator[tuple[int, int]]:
        masked = self._note.masked
        for found in _SENTENCE.finditer(masked, *block):
            start = found.start()
            if not _ABBREVIATED.search(masked, max(block.start, start - 8), start):
                yield found.span()

    @cached_property
    def _fields(self) -> list[tuple[Span, InlineField, Claim]]:
        """The fields of claims in order, each with its place."""
        return [(field.span, field, claim) for claim in self._note.claims for field in claim.fields]

    def _find_claim(self, span: Span) -> Claim | None:
        """Return the claim in a field of which `span` begins, or None."""
        at = bisect_right(self._fields, span.start, key=lambda each: each[0].start) - 1
        if at < 0 or self._fields[at][0].end <= span.start:
            return None
        return self._fields[at][2]

    def _find_element(self, span: Span) -> Span:
        """Return the element of HTML whose attribute `span` is, or `span` where it is none."""
        region = self._find_region(span.start)
        if region is None or region.kind != "html":
            return span
        text = self._note.text
        start, end = text.rfind("<", region.start, span.start), text.find(">", span.end) + 1
        if text.startswith(("<a ", "<A "), start):
            close = text.find("</a>", end, end + _EXCERPT)
            end = close + len("</a>") if close >= 0 else end
        return Span(max(start, region.start), max(end, span.end))

    def _find_region(self, offset: int) -> Region | None:
        regions = self._note.regions
        at = bisect_right(regions, offset, key=lambda region: region.start) - 1
        return regions[at] if at >= 0 and offset < regions[at].end else None

    # Plain text
    # -------------------------------------------------------------------------

    def _strip_end(self, part: Span, kept: Span, show_formula: Callable[[Formula], str]) -> str:
        """Return the end of a part of the note as plain text, as long as an excerpt may be."""
        start = self._move_out(part.end - _REACH)
        plain = self._strip(Span(max(part.start, start), part.end), kept, show_formula)
        if start <= part.start and len(plain) <= _EXCERPT:
            return plain
        end = plain[-_EXCERPT:]
        return "… " + (end.partition(" ")[2] or end)

    def _strip_start(self, part: Span, kept: Span, show_formula: Callable[[Formula], str]) -> str:
        """Return the start of a part of the note as plain text, as long as an excerpt may be."""
        end = self._move_out(part.start + _REACH)
        plain = self._strip(Span(part.start, min(end, part.end)), kept, show_formula)
        if end >= part.end and len(plain) <= _EXCERPT:
            return plain
        begin = plain[:_EXCERPT]
        return (begin.rpartition(" ")[0] or begin) + " …"

    def _move_out(self, offset: int) -> int:
        """Return `offset`, or the start of the region or link that it is in."""
        if region := self._find_region(offset):
            return region.start
        links = self._note.links
        at = bisect_right(links, offset, key=lambda link: link.span.start) - 1
        return links[at].span.start if at >= 0 and offset < links[at].span.end else offset

    def _strip(self, part: Span, kept: Span, show_formula: Callable[[Formula], str]) -> str:
        """Return a part of the note as plain text.

        Words stand in the place of links and formulas; marks of blocks and the fields of claims are
        left out, but for the field around `kept`.
        """
        note = self._note
        edits = [
            *self._cut_fields(part, kept),
            *(Edit(mark, "") for mark in _cut(self._block_marks, part, lambda mark: mark.start)),
            *self._write_links(part, show_formula),
        ]
        for formula in _cut(self._formulas, part, lambda formula: formula.region.start):
            where = Span(formula.region.start, formula.region.end)
            edits.append(Edit(where, escape_markdown(show_formula(formula))))
        inside = (
            Edit(Span(edit.span.start - part.start, edit.span.end - part.start), edit.text)
            for edit in edits
            if edit.span.start >= part.start
        )
        return strip_markdown(apply_edits(note.text[slice(*part)], inside))

    @cached_property
    def _block_marks(self) -> list[Span]:
        return sorted(self._note.blocks.values())

    def _cut_fields(self, part: Span, kept: Span) -> Iterator[Edit]:
        """Yield the edits that take out the fields of claims, and the name of the one that is kept.

        Of edits that overlap the first counts: so links in what is taken out are, too.
        """
        last = bisect_left(self._fields, part.end, key=lambda each: each[0].start)
        first = bisect_right(self._fields, part.start, key=lambda each: each[0].start)
        for (start, end), field, _ in self._fields[max(first - 1, 0) : last]:
            if start <= kept.start < end:
                value_start, value_end = field.value_span
                yield Edit(Span(start, value_start), self._name_field(field))
                yield Edit(Span(value_end, end), "")
            else:
                yield Edit(field.span, "")

    def _name_field(self, field: InlineField) -> str:
        """Return what stands before the value of a field, '' where it speaks for itself."""
        record = self._note.schema.claim_fields.get(field.name)
        return "" if record and not record.is_named else f"{field.name}: "

    def _write_links(self, part: Span, show_formula: Callable[[Formula], str]) -> Iterator[Edit]:
        """Yield the edits that put words in the place of wikilinks without a label."""
        for link in _cut(self._note.links, part, lambda link: link.span.start):
            if link.kind == "wikilink" and not link.label:
                if link not in self._labels:
                    self._labels[link] = self._get_label(link)
                shown = replace_formulas(self._labels[link], self._macros, show_formula)
                yield Edit(link.span, escape_markdown(shown))


class _Breaks:
    """Breaks of a text into parts, each from where one part ends to where the next begins."""

    def __init__(self, breaks: Iterable[tuple[int, int]]) -> None:
        found = list(breaks)
        self._ends = sorted(before for before, _ in found)
        self._starts = sorted(after for _, after in found)

    def find_part(self, span: Span, whole: Span) -> Span:
        """Return the part of `whole` that holds `span`."""
        start = bisect_right(self._starts, span.start) - 1
        end = bisect_left(self._ends, span.end)
        return Span(
            self._starts[start] if start >= 0 else whole.start,
            self._ends[end] if end < len(self._ends) else whole.end,
        )


def _cut(items: Sequence[Item], part: Span, get_start: Callable[[Item], int]) -> Sequence[Item]:
    """Return those of `items`, which are in order, that begin in a part of a text."""
    start = bisect_left(items, part.start, key=get_start)
    return items[start : bisect_left(items, part.end, key=get_start)]
