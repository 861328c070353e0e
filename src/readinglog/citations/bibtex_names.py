"""The names in a BibTeX field such as `author`, given names first."""

from __future__ import annotations

import re
from typing import NamedTuple

from readinglog.citations.cleaning import AUTHORS_LIMIT, TEXT_LIMIT
from readinglog.citations.latex_text import latex_to_text
from readinglog.model.name_mistakes import find_name_mistake
from readinglog.model.person_names import SUFFIXES, is_organisation

_ESCAPED = re.compile(r"\\.", re.DOTALL)
_AND = re.compile(r"(?<!\S)and(?!\S)", re.IGNORECASE)
_AND_COMMAND = re.compile(r"\\and(?![a-zA-Z])")
# A family name with initials behind it, as in `Smith JR`.
_INITIALS_LAST = re.compile(r"([^\W\d_][^\W\d_'’-]+) ((?:[A-Z]\.?[ -]?){1,3})")
_SEPARATOR = re.compile(r"&amp;|&+|;|(?<!\S)(?:und|/)(?!\S)")
_COMMA = re.compile(",")
_OTHERS = re.compile(
    r"(?<![\s,])[\s,]*+(?:\bet[\s~]+al\b\.?|\bothers|\\ldots|\.\.\.)\s*\Z", re.IGNORECASE
)
_INITIAL = r"[^\W\d_](?:\.|(?![^\W\d_]))[\s~-]*"
_INITIALS = re.compile(rf"(?:{_INITIAL}){{1,5}}")
_EXTENDED = re.compile(r"\s*(?:family|given|prefix|suffix|useprefix)(?:-i)?\s*=", re.IGNORECASE)
_SHOWN = 60  # characters of the names in a message


class ParsedNames(NamedTuple):
    """Names as texts, and remarks on how they were read where that is in doubt."""

    names: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def parse_names(latex: str) -> ParsedNames:
    """Return the names in a field: those that BibTeX finds, and those parted in other ways.

    Names that would be taken for several in the list of a note stand in braces. What is read
    otherwise than BibTeX does has a remark.
    """
    text = " ".join(_AND_COMMAND.sub(" and ", latex).split())
    names: list[str] = []
    remarks: list[str] = []
    parts = [part.strip(" ,") for part in _split(text, _AND)]
    has_plain_name = any("," not in _mask(part) for part in parts)
    for part in filter(None, parts):
        first = _OTHERS.sub("", part)
        several = _split_further(first, mixed=has_plain_name and len(parts) > 1)
        if len(several) > 1:
            remarks.append(f"`{first[:_SHOWN]}` is read as {len(several)} authors")
        elif _is_doubtful(first, len(parts)):
            remarks.append(f"`{first[:_SHOWN]}` is read as one author")
        names += [_format_name(name[:TEXT_LIMIT]) for name in several[:AUTHORS_LIMIT]]
        if first != part or len(names) > AUTHORS_LIMIT:
            names.append("others")
            break
    hint = "write `and` between two authors"
    return ParsedNames(tuple(filter(None, names)), tuple(f"{remark}: {hint}" for remark in remarks))


def _mask(text: str) -> str:
    r"""Return `text` with what is escaped or in braces replaced by `x`, at the same length.

    `\&` becomes `&&`.
    """
    bare = _ESCAPED.sub(lambda found: "&&" if found[0] == "\\&" else "x" * len(found[0]), text)
    masked, depth = [], 0
    for c in bare:
        depth = max(0, depth + (c == "{") - (c == "}"))
        masked.append("x" if depth or c == "}" else c)
    return "".join(masked)


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Return the parts of `text` between separators that are not in braces."""
    masked = _mask(text)
    ends = [found.span() for found in separator.finditer(masked)]
    starts = [0, *(end for _, end in ends)]
    return [text[a:b] for a, b in zip(starts, [*(a for a, _ in ends), len(text)], strict=True)]


def _split_further(text: str, *, mixed: bool) -> list[str]:
    """Return the names in what BibTeX takes for one: parted by `;`, `&` or commas.

    `mixed` says whether another name of the field has no comma.
    """
    if _EXTENDED.match(text):
        return [text]
    parts = list(filter(None, (part.strip(" ,") for part in _split(text, _SEPARATOR))))
    if len(parts) > 1:
        words = [len(_mask(part).split()) for part in parts]
        has_semicolon = ";" in _mask(text)
        if not has_semicolon and (max(words) < 2 or is_organisation(latex_to_text(text))):
            return [text]
        return [name for part in parts for name in _split_commas(part, mixed=len(parts) > 2)]
    return _split_commas(text, mixed=mixed)


def _split_commas(text: str, *, mixed: bool) -> list[str]:
    parts = list(filter(None, (part.strip() for part in _split(text, _COMMA))))
    if len(parts) < 2 or (len(parts) == 3 and parts[1].lower() in SUFFIXES):
        return [text]
    initials_last = list(filter(None, map(_INITIALS_LAST.fullmatch, parts)))
    if len(initials_last) == len(parts):
        return [f"{name[2]} {name[1]}" for name in initials_last]
    families, given = parts[::2], parts[1::2]
    is_paired = len(parts) >= 4 and len(families) == len(given)
    if is_paired and (all(map(_is_initials, given)) or _are_pairs(families, given)):
        return [f"{family}, {first}" for family, first in zip(families, given, strict=True)]
    is_full = all(len(part.split()) > 1 and not _is_initials(part) for part in parts)
    if is_full and all(re.match(rf"{_INITIAL}\S", part) for part in parts):
        return parts  # no family name begins with an initial
    if len(parts) == 2:
        return parts if mixed and is_full and not _has_suffix(parts[0]) else [text]
    return parts if is_full or len(parts) > 3 else [text]


def _are_pairs(families: list[str], given: list[str]) -> bool:
    """Return whether family names and given names take turns: `One, Ann B., Two, Cy`."""
    return all(" " not in name for name in families) and any(" " in name for name in given)


def _is_initials(text: str) -> bool:
    return _INITIALS.fullmatch(text) is not None


def _has_suffix(name: str) -> bool:
    return name.rsplit(maxsplit=1)[-1].lower() in SUFFIXES


def _is_doubtful(text: str, names: int) -> bool:
    """Return whether a text that is read as one name may be of two: `Ann One, Bob Two`."""
    if _EXTENDED.match(text):
        return False
    if "&" in _mask(text) and not is_organisation(latex_to_text(text)):
        return True
    parts = [part.split() for part in _mask(text).split(",") if part.strip()]
    if len(parts) > 2:
        return not any(" ".join(part).lower() in SUFFIXES for part in parts)
    both_full = len(parts) == 2 and all(len(part) == 2 for part in parts)
    is_plain = both_full and not parts[0][0][:1].islower() and not _has_suffix(" ".join(parts[0]))
    return names == 1 and is_plain


def _format_name(latex: str) -> str:
    """Return a name as notes have it: given names first."""
    if _EXTENDED.match(latex):
        return _format_extended(latex)
    parts = [latex_to_text(part) for part in _split(latex, _COMMA)]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return _guard("".join(parts))
    family, *suffix, given = parts
    if not suffix and given.lower() in SUFFIXES:
        return _guard(f"{family} {given}")
    return _guard(" ".join((given, family, *suffix)))


def _format_extended(latex: str) -> str:
    """Return a name in the form of biblatex: `family=Deursen, given=Alexander, prefix=van`."""
    parts = {}
    for part in _split(latex, _COMMA):
        name, _, value = part.partition("=")
        parts[name.strip().lower()] = latex_to_text(value.strip().strip('"'))
    order = ("given", "prefix", "family", "suffix")
    return _guard(" ".join(filter(None, (parts.get(name, "") for name in order))))


def _guard(name: str) -> str:
    """Return a name, in braces where it would not be taken for one name."""
    bare = re.sub(r"[{}]", "", name).strip()
    if bare.lower() in {"others", "et al", "et al.", ""}:
        return bare
    return f"{{{bare}}}" if _needs_braces(bare) else bare


def _needs_braces(name: str) -> bool:
    mistake = find_name_mistake(name)
    return bool(mistake) and ("," in name or re.search(r"\b(?:and|&|und)\b|;|&", name) is not None)
