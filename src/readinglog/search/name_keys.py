"""The keys by which a note is known: its names, identifiers and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from readinglog.model.identifiers import ARXIV_ID_PATTERN, make_work_key
from readinglog.search.words import split_words

# What a whole query may be, or hold. Browsers read these patterns too; case does not count.
_BEFORE_IDENTIFIER = r"^|[\s/=\[(<\"]"
PATTERNS = {
    # The file of a note, as a link, a repository or a diagnostic has it: alone, or below `notes/`
    # in a path that ends the last word, or is followed there by a query or a fragment.
    "file": (
        r"(?<!\S)(?=\S+$)(?:[^?#]*[?#])*?"
        r"(?:^(?:\.{0,2}/)?|(?:^|[^/?#]*/)(?:(?!notes/)[^/?#]*/)*notes/(?:[^/?#]*/)*)"
        r"([^/?#]+)\.md(?::[0-9]+)*(?:[?#]|$)"
    ),
    "outer_marks": r"^[\s<(\[\"'“]+|(?<![\s>)\]\"'”.,;])[\s>)\]\"'”.,;]+$",
    "prefix": r"(?:doi|arxiv):\s+",
    # A minus that excludes what follows: then the whole query is no name.
    "exclusion": r"(?:^|[\s(])-(?![-\s]|$)",
    # A key of BibTeX, as LaTeX, Pandoc and the entry have it, and a wikilink.
    "reference": (
        r"^\\[a-z]*cite[a-z]*\*?(?:\[[^\]]*\])*\{([^{},\s]+)\}$"
        r"|^\[?@(?:[a-z]+\{)?([^\s{},;\]]+)(?:[,;}\]].*)?$"
        r"|^!?\[\[([^\]|#]+)(?:[|#][^\]]*)?\]\]$"
    ),
    "arxiv_within": (
        rf"(?:{_BEFORE_IDENTIFIER}|arxiv[:\s]\s*)({ARXIV_ID_PATTERN})"
        r"(?:v[0-9]+)?(?:\.pdf)?(?![a-z0-9_-]|\.[a-z0-9])"
    ),
    "doi_within": rf"(?:{_BEFORE_IDENTIFIER}|doi[:\s]\s*)(10\.[0-9]{{4,9}}/[^\s?#&\"<>]+)",
    "doi_end": (
        r"(?:v[0-9]+(?:\.full(?:-text)?)?(?:\.(?:pdf|html?|epub))?"
        r"|\.full(?:-text)?(?:\.(?:pdf|html?|epub))?"
        r"|\.(?:pdf|html?|epub)|(?<![.,;:)\]}]))[.,;:)\]}]*$"
    ),
    "address_within": r"(?:[a-z][a-z0-9+.-]{0,31}://|git@)[^\s<>\[\]\"]+",
    "repository": (
        r"^(?:git\+)?(?:[a-z]+://)?(?:[^\s/@:]+@)?(?:www\.)?"
        r"((?:[a-z0-9-]+\.)+[a-z]+)(?::[0-9]+(?=/))?[:/]+([^?#\s]+)"
    ),
    "repository_end": (
        r"(?:/-)?/(?:tree|blob|raw|edit|blame|commits?|issues|pulls?|releases|tags|branches|wiki"
        r"|actions|discussions|merge_requests)(?:/[^/]*(/.+)?)?$|(?:\.git|(?<!/))/*$"
    ),
    "github": r"^(?:github\.com|raw\.githubusercontent\.com)/([^/]+/[^/]+)(/.*)?$",
    "owner_and_name": r"^(?:github:)?([a-z0-9][a-z0-9_.-]*/[a-z0-9_.-]+)$",
    # What stands between a page's title and the name of its site; around both in a tab, or a file.
    "separator": r"(?<!\s)\s+[-–—|·•»]\s+",
    "title_marks": r"^\([0-9]+\)\s+|\.(?:pdf|html?|txt|bib|epub)$",
}
_FILE, _OUTER_MARKS, _PREFIX, _EXCLUSION, _REFERENCE = (
    re.compile(PATTERNS[name], re.IGNORECASE | re.DOTALL)
    for name in ("file", "outer_marks", "prefix", "exclusion", "reference")
)
_ARXIV, _DOI, _DOI_END, _ADDRESS = (
    re.compile(PATTERNS[name], re.IGNORECASE | re.DOTALL)
    for name in ("arxiv_within", "doi_within", "doi_end", "address_within")
)
_REPOSITORY, _REPOSITORY_END, _GITHUB, _OWNER_AND_NAME = (
    re.compile(PATTERNS[name], re.IGNORECASE | re.DOTALL)
    for name in ("repository", "repository_end", "github", "owner_and_name")
)
_SEPARATOR, _TITLE_MARKS = (
    re.compile(PATTERNS[name], re.IGNORECASE | re.DOTALL) for name in ("separator", "title_marks")
)
_SHORTEST_PIECE = 2  # words of a part of a tab's title that may be a name


class Repository(NamedTuple):
    """A repository, and whether an address is of a folder or file within it."""

    key: str
    is_within: bool


def make_name_key(text: str) -> str:
    """Return the key of a title, alias or name: its words, however they are joined."""
    return "".join(split_words(text))


def make_page_key(name: str) -> str:
    """Return the key of the page of a note."""
    return f"/notes/{name}/"


def find_repository(address: str) -> Repository | None:
    """Return the repository of an address, in any of the forms that git and its hosts use."""
    bare = _OWNER_AND_NAME.match(address)
    found = _REPOSITORY.match(f"github.com/{bare[1]}" if bare else address)
    if found is None:
        return None
    path = f"{found[1]}/{found[2]}".lower()
    end = _REPOSITORY_END.search(path)
    root = path[: end.start()] if end else path
    is_within = bool(end and end[1])
    if github := _GITHUB.match(root):
        root, is_within = f"github.com/{github[1]}", is_within or bool(github[2])
    return Repository(f"git:{root}", is_within)


def decode_text(text: str) -> str:
    """Return `text` without percent-encoding, or as it is where that is not valid UTF-8."""
    if re.search("%(?![0-9A-Fa-f]{2})", text):
        return text
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def find_page_name(address: str) -> str:
    """Return the name of the note whose page is at `address`, its folder included, or ''."""
    path = "/" + re.split("[?#]", address, maxsplit=1)[0]
    at = path.lower().rfind("/notes/")
    if at < 0 or re.search(r"\s", address[at:]):
        return ""
    return path[at + len("/notes/") :].removesuffix("/").removesuffix(".md")


def list_query_keys(text: str) -> Iterator[str]:
    """Yield the keys by which a whole query may name a note, the surest first."""
    if not _EXCLUSION.search(text):
        yield from dict.fromkeys(filter(None, _list_keys(text)))


def _list_keys(text: str) -> Iterator[str]:
    bare = _PREFIX.sub("", _OUTER_MARKS.sub("", text))
    if page := find_page_name(bare):
        yield make_page_key(decode_text(page))
    if file := _FILE.search(bare):
        yield make_page_key(decode_text(file[1]))
    whole = _PREFIX.sub("", text.strip())
    for address in dict.fromkeys((whole, decode_text(whole), bare, decode_text(bare))):
        if not re.search(r"\s", address):
            yield from _list_address_keys(address)
    for form in dict.fromkeys((text, decode_text(text))):
        yield from _list_keys_within(form)
        yield from _list_names(form)


def has_identifier(text: str) -> bool:
    """Whether an identifier or address stands in a text."""
    return any(_list_keys_within(text))


def _list_address_keys(address: str) -> Iterator[str]:
    """Yield the keys of an address or identifier, with or without its scheme."""
    if not re.search(r"[.:/]", address):
        return
    keys = (make_work_key(address), make_work_key(f"//{address}"))
    yield from (key for key in keys if re.search(r"[.:/]", key))
    if repository := find_repository(address):
        yield repository.key
        if not repository.is_within:
            yield f"{repository.key}/"


def _list_keys_within(text: str) -> Iterator[str]:
    """Yield the keys of the identifiers and addresses that stand in a text or an address."""
    for found in _ARXIV.finditer(text):
        yield f"arxiv:{found[1].lower()}"
    for found in _DOI.finditer(text):
        yield from _list_doi_keys(found[1])
    for found in _ADDRESS.finditer(text):
        yield from _list_address_keys(_OUTER_MARKS.sub("", found[0]))


def _list_doi_keys(name: str) -> Iterator[str]:
    """Yield the keys of a DOI that stands in an address, which may go on behind it."""
    yield make_work_key(name)
    name = _DOI_END.sub("", name, count=1)
    while name.count("/"):
        yield make_work_key(name)
        name = name.rpartition("/")[0]


def _list_names(text: str) -> Iterator[str]:
    """Yield the keys of the names that a text may be, or the title of a tab be made of."""
    if reference := _REFERENCE.match(text.strip()):
        name = next(filter(None, reference.groups()))
        yield from (make_page_key(name), make_name_key(name))
    yield make_name_key(text)
    title = _TITLE_MARKS.sub("", text.strip())
    yield make_name_key(title)
    separators = [found.span() for found in _SEPARATOR.finditer(title)]
    starts = (title[:start] for start, _ in reversed(separators))
    for piece in (*starts, *(title[end:] for _, end in separators)):
        words = split_words(piece)
        if len(words) >= _SHORTEST_PIECE:
            yield "".join(words)
        if repository := _OWNER_AND_NAME.match(piece.partition(": ")[0]):
            yield f"git:github.com/{repository[1].lower()}"
