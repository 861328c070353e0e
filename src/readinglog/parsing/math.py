"""Formulas: LaTeX as MathML and as a line of text, and what is wrong with it."""

from __future__ import annotations

import html
import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from readinglog.model.diagnostic import InvalidContentError
from readinglog.model.html_policy import ID_PREFIX
from readinglog.parsing.latex import names
from readinglog.parsing.latex.macros import DEFINITIONS, Macro, expand
from readinglog.parsing.latex.tokens import (
    NESTING_LIMIT,
    UnbalancedError,
    build_tree,
    check_brackets,
    check_nesting,
    make_error,
)

if TYPE_CHECKING:
    from math_core import LatexToMathML

    from readinglog.parsing.latex.translation import Translation

_LATEX_ERROR = re.compile(r"(\d+): (.*)\Z", re.DOTALL)  # offset and reason, from math-core
_COMMAND = re.compile(r"\\(?:begin\s*\{[A-Za-z]+\*?\}|[A-Za-z]+|[\s\S])")
_LINE_BREAK = re.compile(
    r"\\(?:(?P<open>begin(?![A-Za-z]))|(?P<close>end(?![A-Za-z]))|(?P<break>\\[\[*]?)|[\s\S])"
)
_DOUBLE_QUOTED = re.compile(r'"([^"`]+)"')
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[a-zA-Z]+;")  # of HTML, which XML does not know
_HTML_TAG = re.compile(r"</?(?:a|b|i|code|span)(?:\s[^<>]*)?>")
_ELEMENT = re.compile(r"<(/?)[a-z][^<>]*?(/?)>")
_LONGEST = 1_000  # letters of a formula in a line
_LENGTH_LIMIT = 20_000
_UNSEEN = dict.fromkeys(
    map(ord, "\u2061\u2062\u2063\ufe00\ufe01")
)  # application, multiplication, variants of a letter
_LOOSE = re.compile(r"(?<=\()\s+|(?<!\s)\s++(?=[()_^])")
_RESERVED = re.compile("[\ue000\ue001]")  # of the marks for references
_FIX = r"fix the LaTeX; for a plain dollar sign write `\$`"


class Context(NamedTuple):
    """What a formula takes from its note: macros, the last number before it, tags of labels.

    Each is there only as far as the formula depends on it.
    """

    macros: tuple[Macro, ...] = ()
    number: int = 0
    tags: tuple[tuple[str, str], ...] = ()


class Effect(NamedTuple):
    """What a formula changes for the rest of its note, and the labels that it refers to."""

    defined: tuple[Macro, ...] = ()
    number: int = 0  # of the last equation
    labels: tuple[tuple[str, str], ...] = ()  # with their tags
    references: frozenset[str] = frozenset()


class _Rendering(NamedTuple):
    """The MathML of a formula, in which marks stand for what `translation` has."""

    mathml: str
    defined: tuple[Macro, ...] = ()
    translation: Translation | None = None


ALONE = Context()


@cache
def to_mathml(source: str, *, display: bool, context: Context = ALONE) -> str:
    """Return MathML Core for LaTeX; what only defines macros is ''.

    Raise InvalidContentError where it cannot be rendered; its span counts from the start of
    `source` and may reach one character behind it.
    """
    mathml, _, translation = _render(source, display, context.macros, context.number)
    if translation is None:
        return mathml
    tags = {found.label: found.tag for found in translation.equations}
    tags.update(context.tags)
    for label, _, sign in translation.references:
        if label not in tags:
            reason = f"no equation of this note has the label `{label}`"
            help_ = f"write `\\label{{{label}}}` into the formula between `$$` that is meant"
            raise make_error(sign.start, sign.end, reason, help_)
    from readinglog.parsing.latex.translation import apply_marks  # noqa: PLC0415 - loaded by now

    return apply_marks(mathml, translation, tags)


def find_effect(source: str, *, display: bool, context: Context) -> Effect:
    """Return what a formula changes for its note; one that cannot be rendered changes nothing."""
    try:
        _, defined, translation = _render(source, display, context.macros, context.number)
    except InvalidContentError:
        return Effect(number=context.number)
    if translation is None:
        return Effect(defined, context.number)
    labels = [(found.label, found.tag) for found in translation.equations if found.label]
    references = frozenset(label for label, _, _ in translation.references)
    return Effect(defined, translation.number, tuple(labels), references)


@cache
def _render(source: str, display: bool, macros: tuple[Macro, ...], number: int) -> _Rendering:  # noqa: FBT001 - a key
    if len(source) > _LENGTH_LIMIT:
        reason = f"it has more than {_LENGTH_LIMIT:,} characters"
        raise make_error(0, 1, reason, "split it into several")
    source = _RESERVED.sub(" ", source)
    check_nesting(source)
    check_brackets(source)
    if not macros and not _must_translate(source):
        with suppress(_LatexError):
            return _Rendering(_convert(source.strip(), display=display))
    return _render_translated(source, display, macros, number)


def _must_translate(source: str) -> bool:
    """Return whether LaTeX has what math-core would render otherwise than it is meant."""
    commands = {"".join(found.split()) for found in _COMMAND.findall(source)}
    if not commands.isdisjoint(names.REWRITTEN) or not commands.isdisjoint(DEFINITIONS):
        return True
    if "\\\\" not in commands:
        return False
    depth = 0
    for found in _LINE_BREAK.finditer(source):
        depth += {"open": 1, "close": -1}.get(found.lastgroup or "", 0)
        if found["break"] and (depth <= 0 or len(found["break"]) > 1):
            return True
    return False


def _render_translated(
    source: str,
    display: bool,  # noqa: FBT001
    macros: tuple[Macro, ...],
    number: int,
) -> _Rendering:
    from readinglog.parsing.latex.dialect import translate  # noqa: PLC0415 - few need it

    tokens, defined = expand(source, macros)
    if defined and all(token.text.isspace() for token in tokens):
        return _Rendering("", defined)
    try:
        translation = translate(build_tree(tokens), number, display=display)
        text = translation.text
        find_source = translation.find_source
    except UnbalancedError:
        return _Rendering(_convert_or_explain(source, display=display), defined)
    check_nesting(text)
    check_brackets(text)
    try:
        return _Rendering(_convert(text, display=display), defined, translation)
    except _LatexError as error:
        raise _explain(*find_source(error.offset), error.reason) from None


class _LatexError(Exception):
    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(reason)
        self.offset = offset
        self.reason = reason


def _convert_or_explain(source: str, *, display: bool) -> str:
    """Return what math-core makes of LaTeX as it is written, or raise what it says of it."""
    try:
        return _convert(source.strip(), display=display)
    except _LatexError as error:
        indent = len(source) - len(source.lstrip())
        start = min(error.offset + indent, len(source))
        command = _COMMAND.match(source, start)
        raise _explain(start, command.end() if command else start + 1, error.reason) from None


def _convert(latex: str, *, display: bool) -> str:
    """Return MathML as math-core makes it."""
    from math_core import LatexError  # noqa: PLC0415 - most commands set no formula

    try:
        mathml = _converter().convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        found = _LATEX_ERROR.match(str(error))
        offset = int(found[1]) if found else 0
        reason = (found[2] if found else str(error)).strip().removesuffix(".")
        raise _LatexError(offset, reason) from None
    may_nest = latex.count("\\") + latex.count("{") > NESTING_LIMIT // 2
    if may_nest and _measure_depth(mathml) > 2 * NESTING_LIMIT:
        raise _LatexError(0, "it is nested too deep")
    return mathml


def _measure_depth(mathml: str) -> int:
    depth = most = 0
    for found in _ELEMENT.finditer(mathml):
        if found[1]:
            depth -= 1
        elif not found[2]:
            depth += 1
            most = max(most, depth)
    return most


def _explain(start: int, end: int, reason: str) -> InvalidContentError:
    shown = _DOUBLE_QUOTED.sub(r"`\1`", reason[:1].lower() + reason[1:])
    help_ = _FIX
    if found := re.fullmatch(r"unknown command `(\\[A-Za-z]+)`", shown):
        name = found[1]
        help_ = (
            f"correct it, or define it: `\\newcommand{{{name}}}{{…}}` in a formula before, "
            "or under `[math.macros]` in readinglog.toml"
        )
    return make_error(start, end, shown, help_)


def to_xml(source: str, context: Context = ALONE) -> str:
    """Return MathML for LaTeX in a line of text, as XML without HTML's elements and entities.

    It is '' where the LaTeX cannot be rendered, or holds what XML cannot.
    """
    tree = _parse_mathml(source, context)
    return "" if tree is None else ET.tostring(tree, encoding="unicode")


def to_text(source: str, context: Context = ALONE) -> str:
    """Return LaTeX as a line of text, such as `q_θ(y)` or `a/b`.

    What cannot be rendered, or is too long for a sentence, is returned as it is.
    """
    if len(source) > _LONGEST:
        return source
    tree = _parse_mathml(source, context)
    if tree is None:
        return source
    return _LOOSE.sub("", " ".join(_to_line(tree).translate(_UNSEEN).split()))


def _parse_mathml(source: str, context: Context) -> ET.Element | None:
    try:
        mathml = _HTML_TAG.sub("", to_mathml(source, display=False, context=context))
        return ET.fromstring(_ENTITY.sub(lambda found: html.unescape(found[0]), mathml))  # noqa: S314 - math-core made it
    except (InvalidContentError, ET.ParseError):  # XML cannot hold a control character
        return None


def _to_line(element: ET.Element) -> str:
    parts = [_to_line(child) for child in element]
    match (
        element.tag.rpartition("}")[2],
        [part if len(part.strip()) == 1 else f"({part})" for part in parts],
    ):
        case "mfrac", [above, below]:
            return f"{above}/{below}"
        case "msub" | "munder", [base, below]:
            return f"{parts[0]}_{below}"
        case "mover", [base, above] if len(above) == 1:  # an accent
            return f"{base}{above}"
        case "msup" | "mover", [base, above]:
            return f"{parts[0]}^{above}"
        case "msubsup" | "munderover", [base, below, above]:
            return f"{parts[0]}_{below}^{above}"
        case "msqrt", _:
            return f"√({''.join(parts)})"
        case "mspace", _:
            return " "
        case "mi", _ if len(element.text or "") > 1:  # a name such as `log`
            return f"{element.text} "
        case "annotation", _:
            return ""
    return (element.text or "") + "".join(parts)


@cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML  # noqa: PLC0415

    return LatexToMathML(fancy_error=False, allow_unreliable_rendering=True, id_prefix=ID_PREFIX)
