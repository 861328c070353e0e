"""LaTeX written for math-core, and what its marks stand for in the MathML of it."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.html_policy import ID_PREFIX
from readinglog.parsing.latex.tokens import Token

_TAG_MARK = re.compile(r"<mtext>RLTAG(\d+)</mtext>")
_LABEL_MARK = re.compile(r' id="rl:RLTAG(\d+)"')
_REFERENCE_MARK = re.compile("<mtext>\ue000(\\d+)\ue001</mtext>")
_COLOUR = re.compile(r"color:(#[0-9A-F]{6})")
_LABEL_PREFIX = ID_PREFIX


class Equation(NamedTuple):
    """A row with a number or tag: what is shown, and its label or ''."""

    tag: str
    label: str


@dataclass
class Translation:
    """LaTeX for math-core, where its parts are in the source, and what its marks stand for."""

    text: str
    equations: list[Equation]
    references: list[tuple[str, bool, Token]]  # label, whether in parentheses, where
    colours: dict[str, str]  # of math-core: CSS
    number: int  # of the last equation
    _ends: list[int]
    _tokens: list[Token]

    def find_source(self, offset: int) -> tuple[int, int]:
        """Return the start and end in the source of what is at `offset` in `text`."""
        at = bisect_right(self._ends, offset)
        if at >= len(self._tokens):
            end = self._tokens[-1].end if self._tokens else 0
            return end, end + 1
        return self._tokens[at].start, self._tokens[at].end


def apply_marks(mathml: str, translation: Translation, tags: Mapping[str, str]) -> str:
    """Return MathML with numbers, references and colours; `tags` are those of labels."""
    equations = translation.equations

    def write_tag(found: re.Match[str]) -> str:
        return f"<mtext>{html.escape(equations[int(found[1])].tag)}</mtext>"

    def write_label(found: re.Match[str]) -> str:
        return f' id="{_LABEL_PREFIX}{html.escape(equations[int(found[1])].label)}"'

    def write_reference(found: re.Match[str]) -> str:
        label, in_parentheses, _ = translation.references[int(found[1])]
        tag = tags[label]
        shown = tag if in_parentheses else tag.removeprefix("(").removesuffix(")")
        href = f"#{_LABEL_PREFIX}{html.escape(label)}"
        return f'<mtext><a href="{href}">{html.escape(shown)}</a></mtext>'

    if equations:
        mathml = _LABEL_MARK.sub(write_label, _TAG_MARK.sub(write_tag, mathml))
    if translation.references:
        mathml = _REFERENCE_MARK.sub(write_reference, mathml)
    if translation.colours:
        mathml = _COLOUR.sub(lambda found: translation.colours.get(found[1], found[0]), mathml)
    return mathml
