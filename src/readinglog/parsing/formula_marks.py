r"""Where formulas begin and end: `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and `\begin{align}…\end{align}`,
`\eqref{…}`.

Dialect: `$…$` as in Pandoc, and with backticks as on GitHub; the signs of Chinese and Japanese need
no space beside it. What is certainly LaTeX may also stand between letters and digits (`H$_2$O`,
`5$\pm$1`) and have spaces within its marks (`$ \alpha $`). What is a price, an escaped bracket of
prose or part of an address is no formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.model.note import Region
from readinglog.model.text import Span
from readinglog.parsing.latex.names import NUMBERED

_BLANK = re.compile(r"\n[ \t>]*\r?(?:\n|\Z)")
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\Z")
_LINE_END = re.compile(r"[ \t]*\r?(?:\n|\Z)")
# In a formula that has blank lines; its mark is one of prose then.
_OTHER_BLOCK = re.compile(r"\n[ \t>]*(?:```|~~~|#{1,6}[ \t]|\$\$)")
_TEX = re.compile(r"[\\^_={}]")
_PRICE = re.compile(r"\d[\d.,]*+[^\\^_={}\n]*?[ ][A-Za-z]{2,}(?:[ ]|\Z)")
# Signs of sentences in Chinese and Japanese.
_SENTENCE_MARK = re.compile("[、。，；：？！「」『』《》]")
# Letters of a word, where those of Greek and of mathematics may be names.
_OTHER_WORD = re.compile("[\u0400-\u1eff\u2e80-\u9fff\uac00-\ud7af]{2}")
# What is between a bracket in the label of a link and the end of that.
_LABEL_END = re.compile(r"[^\[\]\n\\]*+\]\(")
_WORDS = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}+[.,;:]?[ ]+[A-Za-z]{2,}")
# A link, as written and as the page has it: what is prose in a note must be so on its page.
_LINK = re.compile(r"\)\{\.rl-|\[(?=[^\[\]\\$]*[A-Za-z]{2})[^\[\]\\$]*+\]\(")
_CERTAIN = re.compile(r"\A[\^_](?:[\w*+−–-]|\{[^{}\s])|\\[A-Za-z]{2}|\A[<>=]{1,2}\Z")
_NUMBERS = re.compile(r"[\d,;\s*–-]+\Z")
# `\text{if `, at the end of what is searched: a dollar sign there is part of the formula.
_IN_TEXT = re.compile(r"\\(?:text[a-z]{0,8}|mbox|hbox)\{[^{}]*+\Z")
_BEGIN = re.compile(r"\\begin\{([a-z]{5,9}\*?)\}")
_REFERENCE = re.compile(r"\\(?:eq)?ref\{[^{}\n]{1,100}\}")
_LOOSE_PAIR = re.compile(r"(?<![\\\w$])\$([^$\n]{1,100})\$(?![\w$])")
_LONGEST = 10_000  # characters of a formula
_ADDRESS = 300  # characters of an address before a formula
_TRIES = 8  # dollar signs within braces
_CLOSE_WRITING = "\u2e80"  # from here on, scripts that put no spaces between words


def find_loose_pairs(masked: str, body: Span) -> Iterator[Span]:
    """Yield the pairs of dollar signs that only a space beside one keeps from being a formula.

    In `masked`, formulas and code are blanked out. A shell's `$a_b $c` and prices are no pairs.
    """
    if masked.count("$", *body) > 1:
        for found in _LOOSE_PAIR.finditer(masked, *body):
            inside = found[1]
            is_loose = inside[0].isspace() or inside[-1].isspace()
            is_prose = _WORDS.search(inside) or _PRICE.match(inside)
            if is_loose and _TEX.search(inside) and not is_prose:
                yield Span(*found.span())


def find_formula(text: str, at: int, end: int) -> Region | None:
    """Return the formula that the sign at `at` begins, or None.

    One within a line may run on into other blocks than its own; a displayed one may end behind
    `end`.
    """
    if text[at] == "$":
        if text.startswith("$$", at):
            return _find_display(text, at, "$$", end)
        return _find_dollars(text, at, end)
    match text[at + 1 : at + 2]:
        case "(":
            return _find_brackets(text, at, end)
        case "[":
            return _find_square_brackets(text, at, end)
        case "b":
            return _find_environment(text, at, end)
        case "e" | "r":
            found = _REFERENCE.match(text, at, end)
            return Region("math", at, found.end()) if found else None
    return None


def _find_display(text: str, at: int, closing: str, end: int) -> Region | None:
    """Return a displayed formula; one with blank lines must begin and end its lines."""
    stop = text.find(closing, at + 2, at + _LONGEST)
    if stop <= at + 2:
        return None
    return _check_display(text, at, stop + len(closing), end)


def _check_display(text: str, at: int, stop: int, end: int) -> Region | None:
    region = Region("display", at, stop)
    has_blank = _BLANK.search(text, at, stop)
    if not has_blank and stop <= end:
        return region
    if not _begins_line(text, at) or not _LINE_END.match(text, stop):
        return None
    if _OTHER_BLOCK.search(text, at, stop - 3) or _LINK.search(text, at, stop):
        return None
    return region if _TEX.search(text, at + 2, stop - 2) else None


def _begins_line(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return _LEAD.match(line) is not None


def _find_dollars(text: str, at: int, end: int) -> Region | None:
    before, first = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    if _is_in_address(text, at):
        return None
    is_glued = before.isalnum() and before < _CLOSE_WRITING
    limit = min(end, at + _LONGEST)
    if first == "`" and not is_glued:
        stop = text.find("`$", at + 2, limit)
        return Region("math", at, stop + 2) if stop > at + 2 else None
    stop = _find_dollar(text, at + 1, limit)
    for _ in range(_TRIES):
        if stop < 0 or not _IN_TEXT.search(text, at, stop):
            break
        stop = _find_dollar(text, stop + 1, limit)
    if stop < 0:
        return None
    following = text[stop + 1 : stop + 2]
    is_before_digit = following.isdigit() and following.isascii()
    is_loose = is_glued or is_before_digit or first.isspace() or text[stop - 1].isspace()
    if following == "$" or (is_loose and not _is_certain(text[at + 1 : stop])):
        return None
    if _LINK.search(text, at, stop) or _is_price(text[at + 1 : stop]):
        return None
    return Region("math", at, stop + 1)


def _is_price(inside: str) -> bool:
    """Return whether the dollar sign before a text is one of money, as in `$5 and $6`."""
    if _PRICE.match(inside):
        return True
    is_number = inside[0].isdigit() and not _TEX.search(inside)
    return is_number and _SENTENCE_MARK.search(inside) is not None


def _is_certain(inside: str) -> bool:
    """Return whether what is between two dollar signs on a line is LaTeX, wherever they stand."""
    if "\n" in inside or _WORDS.search(inside):
        return False
    return _CERTAIN.search(inside) is not None


def _find_dollar(text: str, start: int, limit: int) -> int:
    """Return where the next dollar sign without a backslash before it is, or -1."""
    at = text.find("$", start, limit)
    while at > 0 and text[at - 1] == "\\":
        at = text.find("$", at + 1, limit)
    return at


def _find_brackets(text: str, at: int, end: int) -> Region | None:
    before = text[max(at - 1, 0) : at]
    stop = text.find("\\)", at + 2, min(end, at + _LONGEST))
    if stop <= at + 2 or (before.isalnum() and before < _CLOSE_WRITING):
        return None
    if _is_prose(text[at + 2 : stop]) or _is_in_address(text, at):
        return None
    return Region("math", at, stop + 2)


def _find_square_brackets(text: str, at: int, end: int) -> Region | None:
    if text.startswith("[[", at + 1):  # an escaped wikilink
        return None
    region = _find_display(text, at, "\\]", end)
    if (
        region is None
        or text[max(at - 1, 0) : at] == "["
        or text[region.end : region.end + 1] == "]"
    ):
        return None
    if _begins_line(text, at) and _LINE_END.match(text, region.end):
        return region
    inside = text[at + 2 : region.end - 2]
    has_word = re.search("[A-Za-z]{2}", inside) or _OTHER_WORD.search(inside)
    is_word = has_word or _LABEL_END.match(text, region.end)
    is_text = _NUMBERS.match(inside) or (is_word and not _TEX.search(inside))
    is_label = _LINK.search(inside) or text[region.end : region.end + 1] == "("
    return None if is_text or is_label or _has_formula(inside) else region


def _has_formula(inside: str) -> bool:
    r"""Return whether a formula is what is between escaped brackets, as in `\[$n$\]`."""
    return "$" in inside and "\\" not in inside


def _is_prose(inside: str) -> bool:
    """Return whether what is between escaped brackets is words, not a formula."""
    if _LINK.search(inside) or _has_formula(inside):
        return True
    has_words = _WORDS.search(inside) or _OTHER_WORD.search(inside)
    return has_words is not None and not _TEX.search(inside)


def _is_in_address(text: str, at: int) -> bool:
    """Return whether `at` is in the address of a link."""
    start = text.rfind("](", max(at - _ADDRESS, 0), at)
    return start >= 0 and not any(char.isspace() or char == ")" for char in text[start:at])


def _find_environment(text: str, at: int, end: int) -> Region | None:
    """Return an environment that begins a line, with its marks."""
    found = _BEGIN.match(text, at)
    if found is None or found[1] not in NUMBERED or not _begins_line(text, at):
        return None
    closing = f"\\end{{{found[1]}}}"
    stop = text.find(closing, at, at + _LONGEST)
    return _check_display(text, at, stop + len(closing), end) if stop >= 0 else None


def get_mark_lengths(text: str, region: Region) -> tuple[int, int]:
    """Return how long the marks at the start and at the end of a formula are."""
    source = text[region.start : region.end]
    if source.startswith(("```", "~~~")):
        return _measure_fence(source)
    if source.startswith(("\\begin", "\\eqref", "\\ref")):
        return 0, 0
    if source.startswith("$") and not source.startswith(("$$", "$`")):
        return 1, 1
    return 2, 2


def _measure_fence(source: str) -> tuple[int, int]:
    """Return the lengths of the first line, and of the last if that closes the fence."""
    first, line_break, rest = source.partition("\n")
    last = rest.rpartition("\n")[2]
    marks = last.strip(" \t>\r")
    is_closed = bool(line_break) and len(marks) >= 3 and set(marks) == {source[0]}
    return len(first) + len(line_break), len(last) if is_closed else 0
