"""Texts in a list of authors that are no name of one author, and what to write instead."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from readinglog.model.field_types import ET_AL
from readinglog.model.person_names import MOST_NAMES, SUFFIXES, is_organisation, remove_braces
from readinglog.model.yaml_values import to_quoted_yaml, to_yaml

_LINK = re.compile(
    r"\[\[([^\[\]|#]++)(?:#[^\[\]|]*+)?(?:\|([^\[\]]++))?\]\]|\[([^\[\]]++)\]\([^()]*+\)"
)
_FOOTNOTE = "*_`†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰"
_MARKS = re.compile(
    rf"<[^<>]*+>|(?<![{_FOOTNOTE}])[{_FOOTNOTE}]++(?=[\s,]|\Z)"
    r"|(?<!\S)[*_`]++(?=[^*_`]++[*_`]++(?:[\s,]|\Z))"
)
_INDEX = re.compile(r"(?<=[^\W\d_]{2})[0-9]++(?>(?:,[0-9]++)*)\Z")
_LATEX = re.compile(r"\\[a-zA-Z'`^\"~=.]|\$")
_OTHERS = re.compile(
    r"(?:,\s*)?(?:\b(?:and|&)\s+)?\b"
    r"(?:et\.? ?al(?:ii|\.)?|and others|others|u\. ?a\.|and [0-9]+ others)\Z"
    r"|(?:…|\.\.\.)\Z",
    re.IGNORECASE,
)
_GAP = r"(?<!\s)\s+"
_AND = re.compile(rf"(?:,\s+|{_GAP})(?:and|&|und|/)\s+|(?:{_GAP})?;\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S[^\s@]*@\S[^\s.]*\.\S+", re.IGNORECASE)
_AFFILIATION = re.compile(rf"(?:{_GAP})?\([^()]{{3,}}\)\Z")
_NO_ONE = frozenset({"n/a", "na", "none", "tbd", "todo", "unknown", "?", "-", "–", "—", "null"})
_DEGREES = frozenset("phd ph.d ph.d. md m.d. msc m.sc. dphil esq esq.".split())
_SHOWN = 80  # characters of what to write that a help shows
_LONGEST_NAME = 500  # characters


class NameMistake(NamedTuple):
    """What is wrong with a name, what to write, and the text for its place where that is safe."""

    message: str
    help: str
    replacement: str = ""


@lru_cache(maxsize=MOST_NAMES)
def find_name_mistake(text: str, *, is_last: bool = True) -> NameMistake | None:
    """Return what is wrong with `text` as the name of an author, None where nothing is.

    `is_last` says whether it is the last of its list, as `et al.` must be.
    """
    if text == ET_AL:
        return None if is_last else _report_early_others()
    if len(text) > _LONGEST_NAME:
        message = f"this text has {len(text):,} characters, too many for a name"
        return NameMistake(message, "write a list of names, one item each")
    if re.fullmatch(r"\{[^{}]+\}", text):
        return None
    shown = remove_braces(text)
    for find in (_find_marks, _find_no_name, _find_others, _find_several, _find_comma):
        if mistake := find(text if find is _find_marks else shown):
            return mistake
    return None


def _report_early_others() -> NameMistake:
    message = f"`{ET_AL}` is not the last of the authors"
    return NameMistake(message, "write it at the end of the list")


def _find_marks(text: str) -> NameMistake | None:
    """Return that a name is written as a link, with marks of Markdown or as LaTeX."""
    if _LATEX.search(text):
        message = f"`{text[:_SHOWN]}` is written as LaTeX"
        return NameMistake(message, "write its letters as they are shown, such as `ö`")
    bare = _LINK.sub(lambda link: link[2] or link[1] or link[3], text)
    message = f"`{text[:_SHOWN]}` is a link, not a name"
    if bare == text:
        bare = _MARKS.sub("", text)
        bare = _INDEX.sub("", bare) if " " in bare else bare
        message = f"`{text[:_SHOWN]}` has marks in it that are no part of a name"
    bare = " ".join(bare.strip("[] ").split()) if bare != text or "[" in text else text
    if bare == text:
        return None
    is_safe = bool(bare) and find_name_mistake(bare) is None
    return NameMistake(message, _write(bare), to_yaml(bare) if is_safe else "")


def _find_no_name(text: str) -> NameMistake | None:
    """Return that a text is an address, a number or a word for no one."""
    if _ADDRESS.fullmatch(text):
        message = f"`{text[:_SHOWN]}` is an address, not a name"
        return NameMistake(message, "write the author's name")
    if text.lower() in _NO_ONE or not any(c.isalpha() for c in text):
        message = f"`{text[:_SHOWN]}` is not a name"
        return NameMistake(message, "write the author's name, or that of who published the work")
    if (found := _AFFILIATION.search(text)) and not is_organisation(text[: found.start()]):
        message = f"`{text[:_SHOWN]}` holds more than a name"
        return NameMistake(message, _write(text[: found.start()]))
    return None


def _find_others(text: str) -> NameMistake | None:
    """Return that other words than `et al.` stand for authors that are left out."""
    found = _OTHERS.search(text)
    if not found:
        return None
    first = text[: found.start()].strip(" ,;&")
    if not first:
        return NameMistake(f"`{text}` is not a name", _write(ET_AL), ET_AL)
    message = f"`{text[:_SHOWN]}` is more than one name"
    names = _split_names(first)
    if len(names) == 1 and " " in first.partition(",")[0]:
        names = [name.strip() for name in first.split(",")]
    return NameMistake(message, _write_list([*names, ET_AL]))


def _find_several(text: str) -> NameMistake | None:
    """Return that a text is the names of several people."""
    if is_organisation(text):
        return None
    names = _split_names(text)
    if len(names) < 2 or (len(names) == 2 and ";" not in text and not _are_full(names)):
        return None
    message = f"`{text[:_SHOWN]}` is more than one name"
    whole = to_quoted_yaml(f"{{{text}}}")
    return NameMistake(message, f"{_write_list(names)}, or `{whole[:_SHOWN]}` if it is one")


@lru_cache(maxsize=MOST_NAMES)
def find_doubtful_name(text: str) -> NameMistake | None:
    """Return that a text like `Barnes and Noble` is taken for one name, None for any other."""
    names = _AND.split(text)
    if len(names) != 2 or re.search("[{},]", text) or _are_full(names) or is_organisation(text):
        return None
    message = f"`{text[:_SHOWN]}` is taken for one name"
    whole = to_quoted_yaml(f"{{{text}}}")
    return NameMistake(message, f"{_write_list(names)} if it is two, or `{whole}` if it is one")


def _are_full(names: list[str]) -> bool:
    """Return whether all names have several words, as those of people."""
    return all(" " in name.strip() for name in names)


def _split_names(text: str) -> list[str]:
    """Return the names in a text, where more than commas stand between them."""
    names = [name.strip(" ,;") for name in _AND.split(text)]
    if len(names) > 1 or text.count(",") > 1:
        names = [part.strip() for name in names for part in name.split(",")]
    return [name for name in names if name and name.lower() not in SUFFIXES] or [text]


def _find_comma(text: str) -> NameMistake | None:
    """Return that the family name stands first, or a comma before what follows the name."""
    first, comma, rest = (part.strip() for part in text.partition(","))
    if not comma or is_organisation(text):
        return None
    message = f"`{text[:_SHOWN]}` has a comma in it"
    if not first or not rest:
        return NameMistake(message, _write(first or rest), to_yaml(first or rest))
    if rest.lower() in _DEGREES:
        return NameMistake(message, _write(first), to_yaml(first))
    if rest.lower() in SUFFIXES:
        return NameMistake(message, _write(f"{first} {rest}"), to_yaml(f"{first} {rest}"))
    message = f"`{text[:_SHOWN]}` has the family name first"
    if " " in first and " " in rest:
        help_ = f"write `{rest} {first}`, or `[{first}, {rest}]` if these are two names"
        return NameMistake(message, help_)
    return NameMistake(message, _write(f"{rest} {first}"))


def _write(text: str) -> str:
    return f"write `{text[:_SHOWN]}`"


def _write_list(names: list[str]) -> str:
    listed = ", ".join(map(to_yaml, names))
    return f"write `[{listed[:_SHOWN]}]`"
