"""Identifiers of works, such as arXiv ids, DOIs and ISBNs, their addresses, and the key by which
works are compared.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from readinglog.model.slugs import fold

_MONTH = "(?:0[1-9]|1[0-2])"
# Browsers read these patterns too. An id has four digits after the dot until 2014 and five since,
# so that one which lost its last zero to YAML does not match.
ARXIV_ID_PATTERN = (
    rf"(?:(?:0[7-9]|1[0-4]){_MONTH}\.[0-9]{{4}}"
    rf"|(?:1[5-9]|[2-9][0-9]){_MONTH}\.[0-9]{{5}}"
    r"|[a-zA-Z-]+(?:\.[a-zA-Z]{2})?/[0-9]{7})"
)
ARXIV_PREFIX_PATTERN = (
    r"(?:(?:https?://)?(?:www\.|export\.|browse\.)?(?:arxiv|alphaxiv)\.org/(?:abs|pdf|html|e-print|overview)/|arxiv:"
    r"|(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/papers/"
    r"|(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)?10\.48550/arxiv\.)?"
)
ARXIV_PATTERN = rf"{ARXIV_PREFIX_PATTERN}({ARXIV_ID_PATTERN})(?:v[0-9]+)?(?:\.pdf)?/?(?:[?#].*)?"
DOI_NAME_PATTERN = r"10\.[0-9]{4,9}/\S+"
DOI_PREFIX_PATTERN = r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)?"
DOI_PATTERN = rf"{DOI_PREFIX_PATTERN}\s*({DOI_NAME_PATTERN})"
_ON_THE_WEB = r"(?:(?:https?:)?//)?(?:www\.)?"
_MORE = r"/?(?:[?#].*)?"  # behind an id in an address
ISBN_NUMBER_PATTERN = r"(?:97[89][ -]?)?(?:[0-9][ -]?){9}[0-9X]"
OPENREVIEW_ID_PATTERN = r"[a-z0-9_-]{8,16}"
_REPOSITORY_NAME = r"[a-z0-9_][a-z0-9_.-]*"
HF_ID_PATTERN = (  # a model, a data set, a space or a paper
    rf"(?:datasets/|spaces/)?{_REPOSITORY_NAME}/{_REPOSITORY_NAME}|datasets/{_REPOSITORY_NAME}"
    rf"|(?!(?:datasets|spaces|papers)(?![a-z0-9_.-])){_REPOSITORY_NAME}|papers/{ARXIV_ID_PATTERN}"
)
GITHUB_NAME_PATTERN = rf"[a-z0-9][a-z0-9-]*/{_REPOSITORY_NAME}(?<!\.git)"
ISBN_PATTERN = (
    rf"(?:(?:urn:)?isbn(?:-1[03])?:?|{_ON_THE_WEB}(?:openlibrary\.org|worldcat\.org|isbnsearch\.org)"
    rf"/isbn/)\s*({ISBN_NUMBER_PATTERN}){_MORE}"
)
OPENREVIEW_PATTERN = (
    rf"(?:{_ON_THE_WEB}openreview\.net/(?:forum|pdf|attachment|revisions|references/pdf)"
    rf"\?(?:[^#]*&)?id=|openreview:\s*)({OPENREVIEW_ID_PATTERN})(?:[&#].*)?"
)
HF_PATTERN = (
    rf"(?:{_ON_THE_WEB}(?:huggingface\.co|hf\.co)/|hf:\s*)({HF_ID_PATTERN})(?:/tree/main)?{_MORE}"
)
GITHUB_PATTERN = (
    rf"(?:(?:git\+)?{_ON_THE_WEB}github\.com/|git@github\.com:|github:\s*)"
    rf"({GITHUB_NAME_PATTERN})(?:\.git)?{_MORE}"
)
# The forms of each identifier, with its scheme or in an address; the group is the identifier. An
# arXiv id and a DOI are known without, too.
IDENTIFIERS = {
    "arxiv": ARXIV_PATTERN,
    "doi": DOI_PATTERN,
    "isbn": ISBN_PATTERN,
    "openreview": OPENREVIEW_PATTERN,
    "hf": HF_PATTERN,
    "github": GITHUB_PATTERN,
}
# Where a work with an identifier can be found.
ADDRESSES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "isbn": "https://openlibrary.org/isbn/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "hf": "https://huggingface.co/{}",
    "github": "https://github.com/{}",
}
# After RFC 3986, appendix B: host, path, query and fragment.
URL_PATTERN = r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?"
TRACKING_PATTERN = r"(?:utm_.*|fbclid|gclid|ref|ref_src)(?:=.*)?"
PATTERNS = {
    "identifiers": IDENTIFIERS,
    "address": URL_PATTERN,
    "tracking": TRACKING_PATTERN,
}
_IDENTIFIERS = {
    scheme: re.compile(pattern, re.IGNORECASE) for scheme, pattern in IDENTIFIERS.items()
}
_URL, _TRACKING = (
    re.compile(URL_PATTERN, re.DOTALL),
    re.compile(TRACKING_PATTERN, re.IGNORECASE | re.DOTALL),
)
_ISBN = re.compile(r"(?:(?:urn:)?isbn(?:-1[03])?:? ?)?([0-9][0-9 -]{8,16}[0-9x])", re.IGNORECASE)
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


def parse_identifier(scheme: str, text: str) -> str | None:
    """Return the identifier in one with its scheme or in its address, as it is written, or None."""
    found = _IDENTIFIERS[scheme].fullmatch(text.strip())
    return found[1] if found else None


def parse_arxiv_id(text: str) -> str | None:
    """Return the id in an arXiv id or address, in lower case and without its version, or None."""
    found = parse_identifier("arxiv", text)
    return found.lower() if found else None


def parse_doi(text: str) -> str | None:
    """Return the DOI in a DOI or its address, in lower case, or None."""
    found = parse_identifier("doi", text)
    return found.lower() if found else None


def parse_reference(text: str) -> tuple[str, str] | None:
    """Return scheme and identifier of a text such as `arxiv: 2401.10020` or `isbn:…`, or None."""
    scheme, _, rest = (part.strip() for part in text.partition(":"))
    scheme = scheme.lower()
    if scheme not in IDENTIFIERS:
        return None
    found = parse_identifier(scheme, f"{scheme}:{rest}") or parse_identifier(scheme, rest)
    if not found:
        return None
    return scheme, found.lower() if scheme in ("arxiv", "doi") else found


def parse_isbn(text: str) -> str | None:
    """Return the thirteen digits of an ISBN, or None; one of ten digits gets its new form."""
    found = _ISBN.fullmatch(text.strip())
    digits = re.sub("[ -]", "", found[1]).upper() if found else ""
    if len(digits) == 10:
        values = [10 if digit == "X" else int(digit) for digit in digits]
        total = sum(value * (10 - at) for at, value in enumerate(values))
        return _complete_isbn(f"978{digits[:9]}") if total % 11 == 0 else None
    if re.fullmatch(r"97[89][0-9]{10}", digits) and _complete_isbn(digits[:12]) == digits:
        return digits
    return None


def _complete_isbn(digits: str) -> str:
    """Return twelve digits of an ISBN with their check digit."""
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def fill_address(template: str, identifier: str) -> str:
    """Return the address that `template` makes of an identifier, which stands in place of `{}`."""
    return template.replace("{}", quote(identifier, safe="/"))


def make_doi_url(name: str) -> str:
    """Return the address of a DOI."""
    return fill_address(ADDRESSES["doi"], name)


def get_scheme(url: str) -> str:
    """Return the scheme of `url`, in lower case, or ''.

    As in a browser, white space and control characters do not hide it.
    """
    squeezed = re.sub(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+", "", url)
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", squeezed)
    return found[1].lower() if found else ""


@lru_cache(maxsize=1 << 14)  # the same addresses are asked for after each edit
def make_work_key(url: str, title: str = "") -> str:
    """Return the key of a work, the same for all of its addresses.

    It is an identifier with its scheme, where the address has one; other addresses lose scheme,
    `www.`, port, tracking parameters and index page. A site's front page may be given for any work
    that appeared there: the title is part of its key.
    """
    for scheme in _IDENTIFIERS:
        if key := _make_identifier_key(scheme, url):
            return key
    parts = _URL.fullmatch(url.strip())
    if parts is None:
        return url
    host, path, query, fragment = (part or "" for part in parts.groups())
    host = re.sub(r"\Awww\.|:(?:443|80)\Z", "", host.lower().rpartition("@")[2])
    kept = "&".join(
        sorted(pair for pair in query.split("&") if pair and not _TRACKING.fullmatch(pair))
    )
    path = re.sub(r"/(?:index\.html?)?\Z", "", path)
    within = path + (f"?{kept}" if kept else "") + (f"#{fragment}" if fragment else "")
    return f"{host}{within}" if within else f"{host} {fold(title)}".rstrip()


def _make_identifier_key(scheme: str, text: str) -> str:
    """Return the key of the identifier of a scheme that is in an address, or ''."""
    found = parse_identifier(scheme, text)
    if found and scheme == "isbn":
        found = parse_isbn(found)
    return f"{scheme}:{found.lower()}" if found else ""


def is_external(url: str) -> bool:
    r"""Return whether a browser would load `url` from another host.

    A browser ignores white space and controls in it, and takes `\` for `/`.
    """
    bare = re.sub(r"[\x00-\x20]", "", url).replace("\\", "/")
    return bool(get_scheme(bare)) or bare.startswith("//")
