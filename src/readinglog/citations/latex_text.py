"""LaTeX as plain text: a command that the decoder does not know stays as its name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

from pylatexenc.latex2text import LatexNodes2Text

from readinglog.citations.cleaning import TEXT_LIMIT, clean_text

_DECODER = LatexNodes2Text(math_mode="text", keep_comments=False)
_MARKS = re.compile(r"[\\{}$%~`&#^_?!]|--|''")  # of what LaTeX prints otherwise
_OTHER_MARKS = re.compile(r"[\\$%~`&#^_?!]|--|''")  # than braces
_COMMAND = re.compile(r"\\([a-zA-Z]{2,40})(?![a-zA-Z])(?P<group>\s*\{(?!\}))?")
_BARE_SIGN = re.compile(r"(?<!\\)[%&]")  # which LaTeX reads as a comment or the end of a cell
# Commands that only set type, and print nothing themselves.
_TYPESETTING = frozenset(
    "bf it rm sf tt sc sl em cal bfseries mdseries itshape slshape scshape upshape rmfamily "
    "sffamily ttfamily normalfont tiny small large left right big bigl bigr bigg middle "
    "displaystyle textstyle limits nolimits noindent protect relax xspace".split()
)
# Commands that the decoder does not know, or prints otherwise than LaTeX.
_SYMBOLS = {
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "EUR": "€",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textasciicircum": "^",
    "slash": "/",
    "textmu": "µ",
    "micro": "µ",
    "ohm": "Ω",
    "textohm": "Ω",
    "degree": "°",
    "textonehalf": "½",
    "textquotedbl": '"',
    "newline": " ",
    "linebreak": " ",
    "quad": " ",
    "qquad": " ",
    "P": "¶",
    "S": "§",
}
_SYMBOL = re.compile(rf"\\({'|'.join(_SYMBOLS)})(?![a-zA-Z])(?:\{{\}}|[ \t]+)?")
# Commands whose first argument is not shown.
_HIDDEN = re.compile(
    r"\\(?:(?:noopsort|SortNoop|nosort|textcolor|color|hspace\*?)\s*+\{[^{}]*+\}"
    r"|mbox\{\}|href\s*+\{[^{}]*+\}(?=\s*+\{[^{}]*+\}))"
)
# Quotes, which are `so' in LaTeX.
_QUOTED = re.compile(r"(?<![\w`\\{}'])`([^`'\\{}]++)'(?!')")
_URL = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*+)\}")
_COMMA_BELOW = re.compile(r"\\textcommabelow\s*\{?([a-zA-Z])\}?")
_TILDE = re.compile(
    r"\$?\\(?:(?:sim|textasciitilde|texttildelow)(?![a-zA-Z])[ ]*+|string~|~)(?:\{[ ]?\})?\$?"
)
_STYLED = re.compile("[\U0001d400-\U0001d7ff]")  # bold and cursive letters of mathematics
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#[0-9]{1,6}|#x[0-9a-fA-F]{1,5});")  # from web pages
_SIGNS = "0123456789+-=()"
_SUBSCRIPTS = str.maketrans(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SUPERSCRIPTS = str.maketrans(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
# A number set lower or higher than text, as in `H$_2$O` and `10$^{-3}$`.
_SCRIPT = re.compile(
    r"\$\s*(?:\{\}\s*)?(?P<sign>[_^])\s*(?:(?P<digit>[0-9])|\{(?:\\(?:rm|mathrm|text)\s*)?"
    r"(?P<number>[-+0-9]{1,6})\})\s*\$"
    r"|\\text(?P<word>sub|super)script\s*\{(?P<text>[-+0-9]{1,6})\}"
)
_INDEX = re.compile(r"(?<=[A-Za-z}])_([0-9])(?![0-9])|(?<=[A-Za-z}])_\{([0-9]{1,3})\}")


def latex_to_text(latex: str, limit: int = TEXT_LIMIT) -> str:
    """Return the words of `latex` on one line, with accents and formulas as characters."""
    if not _MARKS.search(latex):
        return clean_text(latex, limit)
    latex = latex[: 8 * limit]
    if not _OTHER_MARKS.search(latex) and _has_matching_braces(latex):
        return clean_text(re.sub(r"[{}]", "", latex), limit)  # the decoder takes its time
    text = _URL.sub(lambda url: _escape(unescape_address(url[1])), _QUOTED.sub("‘\\1’", latex))
    text = _COMMA_BELOW.sub(lambda letter: f"{letter[1]}\u0326", _HIDDEN.sub("", text))
    text = _INDEX.sub(_lower_index, _SCRIPT.sub(_shift_number, text))
    text = _SYMBOL.sub(lambda symbol: _SYMBOLS[symbol[1]], text)
    text = _BARE_SIGN.sub(r"\\\g<0>", _COMMAND.sub(_keep_known_command, text))
    decoded = _decode(text)
    if decoded is None:
        decoded = re.sub(r"[\\{}$]", "", latex)
    plain = _STYLED.sub(lambda letter: unicodedata.normalize("NFKC", letter[0]), decoded)
    return clean_text(_ENTITY.sub(lambda entity: unescape(entity[0]), plain), limit)


def _has_matching_braces(text: str) -> bool:
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def unescape_tildes(latex: str) -> str:
    """Return LaTeX with `~` for each way in which addresses have it written."""
    return _TILDE.sub("~", latex)


def unescape_address(latex: str) -> str:
    """Return an address or a DOI without the backslashes and braces that LaTeX needs."""
    text = unescape_tildes(latex)
    text = re.sub(r"\{?\\([_%&#$])(?:\{\})?\}?", r"\1", text)
    return re.sub(r"\{([~_%&#])\}", r"\1", text).strip("{} ")


def _escape(address: str) -> str:
    """Return an address as LaTeX that prints it."""
    marked = re.sub(r"([_%&#$])", r"\\\1", address)
    return marked.replace("~", r"\textasciitilde{}")


def _shift_number(number: re.Match[str]) -> str:
    """Return a number that is set lower or higher than text in the digits of Unicode for that."""
    digits = number["digit"] or number["number"] or number["text"]
    is_lower = number["sign"] == "_" or number["word"] == "sub"
    return digits.translate(_SUBSCRIPTS if is_lower else _SUPERSCRIPTS)


def _lower_index(index: re.Match[str]) -> str:
    return (index[1] or index[2]).translate(_SUBSCRIPTS)


def _decode(latex: str) -> str | None:
    """Return what the decoder makes of `latex`, None where it fails."""
    try:
        return str(_DECODER.latex_to_text(latex))
    except Exception:  # noqa: BLE001 - it may raise anything, such as RecursionError
        return None


def _keep_known_command(command: re.Match[str]) -> str:
    """Return a command as it is if the decoder knows it.

    The decoder drops any other: its name is returned, or nothing if the words are in its braces.
    """
    if _is_known(command[1], bool(command["group"])):
        return command[0]
    return "{" if command["group"] else command[1]


@lru_cache(maxsize=1 << 10)
def _is_known(command: str, with_group: bool) -> bool:  # noqa: FBT001 - lru_cache needs it to be positional
    """Return whether the decoder turns `command` into text.

    With a group, that text must hold what is in the first braces.
    """
    if command in _TYPESETTING:
        return True
    if with_group:
        text = _decode(f"\\{command}{{x}}{{y}}")
        return text is not None and "x" in unicodedata.normalize("NFKD", text).lower()
    text = _decode(f"\\{command} ")
    return bool(text) and "%s" not in str(text) and text != f"\\{command} "
