"""LaTeX as text: what the decoder knows no letters for stays as it is written, but for its backslashes and braces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry, Field

from readinglog.citations.facts import TEXT_LIMIT, clean_text

_DECODER = LatexDecodingMiddleware(keep_math_mode=False)
_COMMAND = re.compile(r"\\([a-zA-Z]{2,40})(?![a-zA-Z])(?P<group>\s*\{(?!\}))?")
_PERCENT = re.compile(r"(?<!\\)%")
# What sets type and has no letters of its own.
_UNSHOWN = frozenset(
    "bf it rm sf tt sc sl em cal bfseries mdseries itshape slshape scshape upshape rmfamily sffamily ttfamily normalfont tiny "
    "small large left right big bigl bigr bigg middle displaystyle textstyle limits nolimits noindent protect relax xspace".split()
)


def latex_to_text(latex: str, limit: int = TEXT_LIMIT) -> str:
    """The words of `latex` on one line, accents and formulas as characters."""
    known = _COMMAND.sub(
        lambda found: found[0] if _is_known(found[1], bool(found["group"])) else _word(found), latex
    )
    shown = _decoded(_PERCENT.sub(r"\\%", known))
    return clean_text(re.sub(r"[\\{}$]", "", latex) if shown is None else shown, limit)


def _decoded(latex: str) -> str | None:
    """What the decoder makes of it; None where it gives up."""
    field = Field("text", latex)
    done = _DECODER.transform_entry(Entry("misc", "key", [field]), Library())
    return str(field.value) if isinstance(done, Entry) else None


@lru_cache(maxsize=1 << 10)
def _is_known(command: str, with_group: bool) -> bool:  # noqa: FBT001 - lru_cache wants it by place
    """Whether the decoder shows `command` by something where it stands alone, or by what is in its first braces."""
    if command in _UNSHOWN:
        return True
    shown = _decoded(f"\\{command}{'{x}{y}' if with_group else ' '}")
    if with_group:
        return shown is not None and "x" in unicodedata.normalize("NFKD", shown).lower()
    return bool(shown) and "%s" not in str(shown) and shown != f"\\{command} "


def _word(found: re.Match[str]) -> str:
    """A command that the decoder drops: its name, or nothing where the braces behind it hold the words."""
    return "{" if found["group"] else found[1]
