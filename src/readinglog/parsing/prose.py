"""Markdown read as prose: its text without marks, and the sentence around a span."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator

from readinglog.model.note import Link, Note
from readinglog.model.text import Edit, Span, apply_edits
from readinglog.parsing.formulas import Formula

_MARKED = re.compile(r"[\\`*_\[\]<>&{|=~%#\n+-]|\d[.)]")
_WIKILINK = re.compile(
    r"!?\[\[([^\[\]|\\]*)(?:\\?\|((?>(?:(?!\]\]|\[\[).){0,1000})))?\]\]", re.DOTALL
)
_LINK = re.compile(
    r"!?\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"(?:\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])"
)
_FOOTNOTE = re.compile(r"\[\^[^\[\]]+\]:?")
_TAG_OR_COMMENT = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|%%")
_CLOSERS = {"<!--": "-->", "%%": "%%"}
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
# Markdown's marks are ASCII.
_LITERAL = {
    code: f"&#{code};" for code in range(0x80) if not chr(code).isalnum() and chr(code) not in " ,;"
}
_EXCERPT = 300  # characters on each side
_REACH = 4_000  # characters on each side, within which a block ends


def strip_markdown(markdown: str) -> str:
    """Return `markdown` without its marks, white space as single spaces.

    Labels of links, code and math stay as text.
    """
    if not _MARKED.search(markdown):
        return " ".join(markdown.split())
    text = _remove_tags(_LINE_MARKS.sub("", markdown))
    text = _WIKILINK.sub(lambda found: found[2] or found[1].rpartition("/")[2], text)
    text = _FOOTNOTE.sub("", _LINK.sub(r"\1", text))
    text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", _CODE.sub(r"\2", text)))
    text = _ESCAPE.sub(r"\1", _ATTRIBUTES.sub("", text))
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


def find_block(note: Note, span: Span) -> Span:
    """Return the paragraph, list item, table row or heading that holds `span`."""
    start, end = note.body
    low, high = max(start, span.start - _REACH), min(end, span.end + _REACH)
    breaks = [found.span() for found in _BREAK.finditer(note.masked, low, high)]
    breaks += [(edge, edge) for heading in note.headings for edge in heading.block]
    start = max((after for _, after in breaks if after <= span.start), default=start)
    end = min((before for before, _ in breaks if before >= span.end), default=end)
    return Span(start, end)


def _find_sentence(note: Note, span: Span) -> Span:
    """Return the sentence that holds `span`, within its block; of a field's claim, the whole."""
    for claim in note.claims:
        if any(field.span.start <= span.start < field.span.end for field in claim.fields):
            return claim.span
    start, end = block = find_block(note, span)
    for found in _SENTENCE.finditer(note.masked, *block):
        if _ABBREVIATED.search(note.masked, max(block.start, found.start() - 8), found.start()):
            continue
        if found.end() <= span.start:
            start = found.end()
        elif found.start() >= span.end:
            end = found.start()
            break
    return Span(start, end)


def extract_sentence(
    note: Note,
    span: Span,
    shown: Callable[[Link], str],
    formulas: Iterable[Formula],
    show_formula: Callable[[Formula], str],
) -> tuple[str, str, str]:
    """Return the sentence around `span` as plain text: what is before it, it, and what follows.

    `shown` gives the words that a wikilink without a label stands for, `show_formula` those for one
    of `formulas`, which are all of the note.
    """
    span = _find_element(note, span)
    sentence = _find_sentence(note, span)
    edits = _write_in_words(note, sentence, shown, formulas, show_formula, span)
    before = _strip_part(note, Span(sentence.start, span.start), edits)
    after = _strip_part(note, Span(span.end, sentence.end), edits)
    if len(before) > _EXCERPT:
        before = "… " + before[-_EXCERPT:].partition(" ")[2]
    if len(after) > _EXCERPT:
        after = after[:_EXCERPT].rpartition(" ")[0] + " …"
    if before and note.text[span.start - 1 : span.start].isspace():
        before += " "
    if after and note.text[span.end : span.end + 1].isspace():
        after = " " + after
    return before, _strip_part(note, span, edits), after


def extract_text(
    note: Note,
    part: Span,
    shown: Callable[[Link], str],
    formulas: Iterable[Formula],
    show_formula: Callable[[Formula], str],
) -> str:
    """Return a part of the note as plain text, in the words of `extract_sentence`."""
    edits = _write_in_words(note, part, shown, formulas, show_formula, part)
    return _strip_part(note, part, edits)


def _write_in_words(
    note: Note,
    part: Span,
    shown: Callable[[Link], str],
    formulas: Iterable[Formula],
    show_formula: Callable[[Formula], str],
    kept: Span | None = None,
) -> list[Edit]:
    """Return the edits that put words in the place of what a part of the note has of links and
    formulas, and take out marks of blocks and the fields of claims but for that around `kept`.
    """
    cuts = [*_cut_fields(note, part, kept)]
    cuts += [Edit(mark, "") for mark in note.blocks.values() if part.start <= mark.start < part.end]
    edits = list(_write_links(note, part, shown))
    for formula in formulas:
        if part.start <= formula.region.start < part.end:
            where = Span(formula.region.start, formula.region.end)
            edits.append(Edit(where, escape_markdown(show_formula(formula))))
    outside = (
        edit
        for edit in edits
        if not any(cut.span.start <= edit.span.start < cut.span.end for cut in cuts)
    )
    return [*cuts, *outside]


def _cut_fields(note: Note, part: Span, kept: Span | None) -> Iterator[Edit]:
    """Yield the edits that take out the fields of claims, and the name of the one that is kept."""
    for claim in note.claims:
        if claim.span.end <= part.start or part.end <= claim.span.start:
            continue
        for field in claim.fields:
            start, end = field.span
            if kept and start <= kept.start < end:
                value_start, value_end = field.value_span
                yield Edit(Span(start, value_start), f"{field.name}: ")
                yield Edit(Span(value_end, end), "")
            else:
                yield Edit(field.span, "")


def _find_element(note: Note, span: Span) -> Span:
    """Return the element of HTML whose attribute `span` is, or `span` where it is none."""
    region = next((one for one in note.regions if one.start <= span.start < one.end), None)
    if region is None or region.kind != "html":
        return span
    text = note.text
    start, end = text.rfind("<", region.start, span.start), text.find(">", span.end) + 1
    if text.startswith(("<a ", "<A "), start):
        close = text.find("</a>", end, end + _EXCERPT)
        end = close + len("</a>") if close >= 0 else end
    return Span(max(start, region.start), max(end, span.end))


def _write_links(note: Note, sentence: Span, shown: Callable[[Link], str]) -> Iterator[Edit]:
    """Yield the edits that put words in the place of wikilinks without a label."""
    for link in note.links:
        is_bare = link.kind == "wikilink" and not link.label
        if is_bare and sentence.start <= link.span.start < sentence.end:
            yield Edit(link.span, escape_markdown(shown(link)))


def _strip_part(note: Note, part: Span, edits: Iterable[Edit]) -> str:
    """Return a part of the note as plain text, with those of `edits` made that begin in it."""
    inside = [
        Edit(Span(edit.span.start - part.start, edit.span.end - part.start), edit.text)
        for edit in edits
        if part.start <= edit.span.start < part.end
    ]
    return strip_markdown(apply_edits(note.text[slice(*part)], inside))
