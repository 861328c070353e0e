"""How names are compared, and made into anchors, file names and addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

# The addresses that the site has for itself, which no page beside the notes can have.
SITE_SECTIONS = frozenset(
    "assets authors claims contribute disputes graph help log names notes previews results rules "
    "search stats tags wanted".split()
)
# What Windows takes for a device, whatever suffix follows.
_DEVICES = r"con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]"
# For a whole name in any case; the form for new notes compiles it too. The page of a note `a.md`
# would be a folder where the copy of the note `a` is.
RESERVED_NAME_PATTERN = rf"index|readme|404|(?:{_DEVICES})(?:\..*)?|.*\.md"
_RESERVED_NAME = re.compile(RESERVED_NAME_PATTERN, re.IGNORECASE | re.DOTALL)
_DEVICE = re.compile(rf"(?:{_DEVICES})(?:\..*)?", re.IGNORECASE | re.DOTALL)
_FILE_ENDING = re.compile(r"\.(?=(?:bib|html|json|md|png|svg|xml)\Z)")  # the files beside pages
_PART_LIMIT = 100  # bytes of one part of an address; file systems allow 255, some 143
_SLUG_LIMIT = 200
_NAME_LIMIT = 252  # bytes, with `.md` as many as file systems allow
_GAPS = re.compile(r"[\s_-]+")
_TRADE_MARKS = re.compile("[™®©℠]")
_WORD_GAPS = re.compile(r"\.*-[.-]*|\.{2,}")
_PUNCTUATION = re.compile(r"[^\w\s-]")
# Letters that Unicode does not decompose, as they are written in ASCII; the form uses them too.
LATIN_SPELLINGS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ħ": "h",
    "ŋ": "ng",
    "ŧ": "t",
    "ĸ": "k",
    "ƒ": "f",
    "ɓ": "b",
    "ɗ": "d",
    "ɖ": "d",
    "ɠ": "g",
    "ɣ": "g",
    "ƙ": "k",
    "ɲ": "ny",
    "ʋ": "v",
    "ƴ": "y",
    "ə": "e",
    "ǝ": "e",
    "ɛ": "e",
    "ɔ": "o",
    "ɨ": "i",
    "ʉ": "u",
    "ɑ": "a",
}
LATIN_SPELLINGS |= dict.fromkeys("ʹʺʻʼʽʾʿ", "")  # marks within words, as in Hawaiʻi
_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron "
    "pi rho sigma sigma tau upsilon phi chi psi omega"
)
# Greek letters are signs with a name, where no text is in Greek.
GREEK_NAMES = dict(zip("αβγδεζηθικλμνξοπρςστυφχψω", _NAMES.split(), strict=True))
GREEK_WORD_PATTERN = "[\u0370-\u03ff\u1f00-\u1fff]{3}"
_GREEK_WORD = re.compile(GREEK_WORD_PATTERN)
_SIGN_SPELLINGS = LATIN_SPELLINGS | GREEK_NAMES
_SYMBOLS = {"+": "-plus", "#": "-sharp", "&": "-and-", "@": "-at-", "*": "-star"}


@lru_cache(maxsize=1 << 18)
def fold(text: str) -> str:
    """Return the form in which names are compared.

    It ignores case, Unicode composition, and the difference between space, `-` and `_`.
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return _GAPS.sub("-", text.lower()).strip("-") or text


def make_anchor(text: str) -> str:
    """Return the anchor of a heading: its letters, marks and digits of any script, joined by `-`.

    It is that of Python-Markdown's `slugify_unicode`, except that it keeps combining marks, which
    are the vowels of many scripts.
    """
    if text.isascii():
        kept = _PUNCTUATION.sub("", text)
    else:
        kept = "".join(
            c
            for c in text
            if c.isalnum() or c in "_-" or c.isspace() or unicodedata.category(c)[0] == "M"
        )
    return re.sub(r"[-\s]+", "-", kept.strip().lower())


def make_unique(wanted: str, taken: dict[str, int]) -> str:
    """Return `wanted`, or the first of `wanted_1`, `wanted_2` … that is free.

    `taken` has the last number that was tried for each name, and gets the new name.
    """
    name, number = wanted, taken.get(wanted, 0)
    while name in taken or not name:
        number += 1
        name = f"{wanted}_{number}"
    taken[wanted] = number
    taken.setdefault(name, 0)
    return name


def make_title_key(title: str) -> str:
    """Return the words of a title without case and punctuation, by which titles are compared."""
    return "-".join(re.findall(r"[^\W_]+", fold(title)))


def to_kebab(text: str) -> str:
    """Return a file name for `text`: lower-case words joined by `-`; dots within words stay.

    Letters that ASCII can spell are spelled so; those of other scripts stay as they are. A text
    without letters and digits gives "".
    """
    letters = _spell_letters(text) if not text.isascii() else text.lower()
    words = "".join(c if c == "." or _is_of_word(c) else "-" for c in letters)
    return _WORD_GAPS.sub(lambda gap: "-" if "-" in gap[0] else ".", words).strip("-.")


def is_kebab(text: str) -> bool:
    """Return whether `text` is written as a file name should be."""
    return bool(text) and to_kebab(text) == unicodedata.normalize("NFC", text)


def _spell_letters(text: str) -> str:
    """Return `text` in lower case, each letter in ASCII that can be.

    Unicode takes `é`, `₂`, `ﬁ` and `Ⅳ` apart; a table has what it does not.
    """
    plain = unicodedata.normalize("NFC", _TRADE_MARKS.sub(" ", text).lower())
    spellings = LATIN_SPELLINGS if _GREEK_WORD.search(plain) else _SIGN_SPELLINGS
    spelled: list[str] = []
    for character in plain:
        if not _is_mark(character):
            spelled.append(_spell(character, spellings))
        elif spelled and not spelled[-1].isascii():
            spelled.append(character)  # the vowels of many scripts
    return unicodedata.normalize("NFC", "".join(spelled))


def _spell(character: str, spellings: Mapping[str, str]) -> str:
    """Return how a letter or sign is spelled in ASCII, or itself where it cannot be."""
    parts = (c for c in unicodedata.normalize("NFKD", character).lower() if not _is_mark(c))
    spelled = "".join(spellings.get(c, c) if c.isalnum() or c == "." else "-" for c in parts)
    return spelled if spelled.isascii() else character


def _is_of_word(character: str) -> bool:
    return character.isalnum() or _is_mark(character)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


@lru_cache(maxsize=1 << 15)  # a preview asks again for those of all authors after each change
def to_slug(text: str) -> str:
    """Return an address for a tag or an author; `C`, `C++` and `C#` differ, `/` is kept.

    It can be made a folder on every system: what is a device on Windows gets a `-`, what ends like
    a file loses its dot, and what is too long ends with a digest.
    """
    spelled = "".join(_SYMBOLS.get(c, c) for c in fold(text))
    parts = (re.sub(r"[^\w.]+", "-", part).strip("-.") for part in spelled.split("/"))
    return _shorten("/".join(_make_portable(part) for part in parts if part), _SLUG_LIMIT) or "-"


def _make_portable(part: str) -> str:
    """Return a part of an address as every file system can have it."""
    part = _FILE_ENDING.sub("-", part)
    return f"{part}-" if is_device(part) else _shorten(part, _PART_LIMIT)


def _shorten(text: str, limit: int) -> str:
    """Return `text`, or its beginning and a digest where it has more than `limit` bytes."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data) <= limit:
        return text
    digest = blake2b(data, digest_size=5).hexdigest()
    return f"{data[: limit - 11].decode('utf-8', 'ignore').rstrip('-./')}-{digest}"


def clean_former_name(text: str) -> str:
    """Return a former name of a note, which may be written as its path or its address."""
    name = text.strip().removeprefix("/notes/").removeprefix("notes/")
    return name.removesuffix("/").removesuffix(".md")


def is_former_name(name: str) -> bool:
    """Return whether a note can have been named so, so that its old address can lead to it.

    Before the name may stand the folders that its address had.
    """
    return all(map(_is_former_part, name.split("/")))


def _is_former_part(name: str) -> bool:
    if not name.isprintable() or "\\" in name or name.startswith(".") or name.endswith(".md"):
        return False
    return 0 < len(name.encode("utf-8", "surrogatepass")) <= _NAME_LIMIT and not is_device(name)


def parse_former_address(text: str) -> str:
    """Return the address of a page that a note had on another site, such as `2020/05/gates/` for
    `/2020/05/gates`; "" for what is none, and what is the site's own.
    """
    if not text.startswith("/") or text.startswith("//"):
        return ""
    parts = text.strip("/").removesuffix("index.html").strip("/").split("/")
    is_usable = all(map(is_former_name, parts)) and len("/".join(parts).encode()) <= _SLUG_LIMIT
    if not is_usable or fold(parts[0]) in SITE_SECTIONS:
        return ""
    is_file = parts[-1].lower().endswith((".html", ".htm"))
    if len(parts) == 1 and ("." in parts[0]) and (not is_file or is_reserved_name(parts[0][:-5])):
        return ""
    return "/".join(parts) if is_file else f"{'/'.join(parts)}/"


def is_device(name: str) -> bool:
    """Return whether Windows takes a name for a device, so that no file or folder can have it."""
    return _DEVICE.fullmatch(name) is not None


def is_reserved_name(name: str) -> bool:
    """Return whether a note cannot be named so."""
    return _RESERVED_NAME.fullmatch(name) is not None
