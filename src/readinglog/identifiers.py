"""Identifiers of works: arXiv ids, DOIs and addresses, in the one form in which they compare."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

_MONTH = r"(?:0[1-9]|1[0-2])"
# Four digits after the dot until 2014, five since: an id that lost its last zero to a YAML number is none.
ARXIV_ID = rf"(?:(?:0[7-9]|1[0-4]){_MONTH}\.\d{{4}}|(?:1[5-9]|[2-9]\d){_MONTH}\.\d{{5}}|[a-z-]+(?:\.[A-Z]{{2}})?/\d{{7}})"
_ARXIV = re.compile(
    rf"(?:(?:https?://)?(?:www\.|export\.|browse\.)?(?:arxiv|alphaxiv)\.org/(?:abs|pdf|html|e-print|overview)/|arxiv:"
    rf"|(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)?10\.48550/arxiv\.)?"
    rf"({ARXIV_ID})(?:v(\d+))?(?:\.pdf)?/?(?:[?#].*)?\Z",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)?\s*(10\.\d{4,9}/\S+)\Z", re.IGNORECASE)
_TRACKING = re.compile(r"utm_|fbclid$|gclid$|ref$|ref_src$")
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


def arxiv_id(text: str) -> str | None:
    """The id in an arXiv id or address, without its version."""
    found = _ARXIV.match(text.strip())
    return found[1].lower() if found else None


def doi(text: str) -> str | None:
    """The DOI in a DOI or its address, lower-case."""
    found = _DOI.match(text.strip())
    return found[1].lower() if found else None


def doi_address(name: str) -> str:
    """Where a DOI leads."""
    return f"https://doi.org/{quote(name, safe='/')}"


def scheme(url: str) -> str:
    """The scheme of `url` as a browser reads it (white space and control characters do not hide it), or ''."""
    squeezed = re.sub(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+", "", url)
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", squeezed)
    return found[1].lower() if found else ""


def work_key(url: str) -> str:
    """One key for the addresses of one work: arXiv and DOI addresses by id, others without what does not count."""
    if found := arxiv_id(url):
        return f"arxiv:{found}"
    if found := doi(url):
        return f"doi:{found}"
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    host = (parts.netloc.lower().removeprefix("www.").rpartition("@")[2]).removesuffix(":443").removesuffix(":80")
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0])))
    path = re.sub(r"/(?:index\.html?)?\Z", "", parts.path)
    return f"{host}{path}" + (f"?{query}" if query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def leads_out(url: str) -> bool:
    r"""Whether a browser would look for `url` on another host; it skips white space in it, and takes `\` for `/`."""
    bare = re.sub(r"[\x00-\x20]", "", url).replace("\\", "/")
    return bool(scheme(bare)) or bare.startswith("//")
