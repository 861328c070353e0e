"""Names of people and organisations: their parts, and texts that are no name of one.

An author is written with given names first. Braces, which are not shown, hold together what would
be taken apart: `{Barnes, Noble and Sons}` is one name, `Ada {Smith Jones}` has a family name of two
words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_PARTICLES = frozenset(
    "aan af al am an auf aus av bin d' da dal dalla dalle dallo das de degli dei del della delle "
    "dello den der des di do dos du e el het ibn in 't la las le les lo los of onder op ten ter "
    "tot uit van vom von y zu zum zur".split()
)
# Capitalised, these are part of the family name. Others are too often a given name.
_CAPITALISED_PARTICLES = frozenset("De Del Della Den Der Di Dos Du El Ter Van Von".split())
_JOINING = frozenset({"y", "e", "i"})  # a word before and one behind, as in `Ortega y Gasset`
SUFFIXES = frozenset("jr jr. sr sr. ii iii iv 2nd 3rd".split())
# Words of the names of organisations that are hardly ever names of people.
_ORGANISATION = re.compile(
    r"\b(?:academy|agency|alliance|association|authors|bureau|cent(?:er|re)|college"
    r"|collaboration|commission|committee|community|company|consortium|consulting|contributors"
    r"|corp|corporation|council|department|developers|editors|faculty|federation|foundation|gmbh"
    r"|engineers|groups?|inc|industries|initiative|institut[eo]?|laborator(?:y|ies)|labs?"
    r"|limited|llc|ltd|maintainers|members|ministry|museum|network|organi[sz]ation|partnership"
    r"|platforms|projects?|publishing|research|researchers|school|scientists|society|stewards"
    r"|& sons|and sons|studios?|systems|task force|teams?"
    r"|technologies|universit(?:y|ies|é|ät|at|eit)|universidad|università|working"
    r"|alibaba|amazon|anthropic|baidu|bytedance|deepmind|deepseek|eleutherai|facebook|google"
    r"|huawei|ibm|microsoft|netflix|nvidia|openai|qwen|salesforce|tencent|wikimedia)\b"
    r"|\Athe |\.(?:ai|org|com|io|net)\Z",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"(?:\b|[a-z])(?:AI|ML|NLP)\Z|\b[A-Z]\w*[0-9]\Z")
_SEVERAL = re.compile(r"(?<!\S)(?:and|&|und)(?!\S)", re.IGNORECASE)
# Chinese, Japanese and Korean, which put the family name first.
_FAMILY_FIRST = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
MOST_NAMES = 1 << 12  # of which what is found is kept: a log has many works of the same people
_WORD = re.compile(r"(?>(?:\{[^{}]*+\}|[^\s{}]|[{}](?![^{}]*+\}))+)")


class PersonName(NamedTuple):
    """The parts of a name: of an organisation, or a person with one name, only `whole`."""

    family: str = ""
    given: str = ""
    prefix: str = ""  # such as `van den`, which stands before the family name
    suffix: str = ""  # such as `Jr.`
    whole: str = ""


def remove_braces(text: str) -> str:
    """Return an author as pages show it, without the braces that hold parts of it together."""
    bare = re.sub(r"[{}]", "", text)
    return text if bare == text else " ".join(bare.split())


@lru_cache(maxsize=MOST_NAMES)
def split_name(text: str) -> PersonName:
    """Return the parts of the name of an author, which may hold braces."""
    if is_whole(text):
        return _one(text)
    family, comma, rest = text.partition(",")
    if comma and rest.strip().lower() not in SUFFIXES and "," not in rest:
        return _split_words(f"{rest} {{{remove_braces(family)}}}") if rest.strip() else _one(family)
    return _split_words(text.replace(",", " "))


def is_whole(text: str) -> bool:
    """Return whether the name of an author is not to be taken apart."""
    inner = re.fullmatch(r"\s*\{([^{}]*)\}\s*", text)
    bare = remove_braces(text)
    return (
        inner is not None
        or is_organisation(bare)
        or len(bare.split()) < 2
        or _FAMILY_FIRST.search(bare) is not None
        or _SEVERAL.search(bare) is not None
    )


def is_organisation(name: str) -> bool:
    """Return whether a name looks like that of an organisation, by a word of it."""
    return bool(_ACRONYM.search(name) or _ORGANISATION.search(name))


def _one(name: str) -> PersonName:
    return PersonName(whole=" ".join(remove_braces(name).split()).strip(" ,"))


def _split_words(text: str) -> PersonName:
    """Return the parts of a name with given names first, as BibTeX takes them apart."""
    words = _WORD.findall(text)
    suffix = ""
    if len(words) > 2 and words[-1].lower() in SUFFIXES:
        suffix = words.pop()
    start = _find_prefix(words)
    end = start
    while end < len(words) - 1 and _is_particle(words[end]):
        end += 1
    given, prefix, family = words[:start], words[start:end], words[end:]
    return PersonName(_join(family), _join(given), _join(prefix), suffix)


def _join(words: list[str]) -> str:
    return remove_braces(" ".join(words))


def _find_prefix(words: list[str]) -> int:
    """Return where the family name begins, with the particles before it."""
    for at, word in enumerate(words[:-1]):
        if word in _JOINING and at > 1:
            return at - 1
        is_given = at == 0 and word.lower() not in _PARTICLES
        if not is_given and (_is_particle(word) or (at and word in _CAPITALISED_PARTICLES)):
            return at
    return max(len(words) - 1, 0)


def _is_particle(word: str) -> bool:
    """Return whether a word begins with a small letter, as the particles of names do."""
    bare = word.lstrip("'’")
    return bare[:1].islower() and word not in _JOINING
