"""Identifiers of works: arXiv ids, DOIs and addresses, in the one form in which they compare."""

from __future__ import annotations

import re
from urllib.parse import quote

from readinglog.model.slugs import fold

_MONTH = "(?:0[1-9]|1[0-2])"
# Browsers read these patterns too. Four digits after the dot until 2014, five since: an id that lost its last zero to YAML is none.
ARXIV_ID = rf"(?:(?:0[7-9]|1[0-4]){_MONTH}\.[0-9]{{4}}|(?:1[5-9]|[2-9][0-9]){_MONTH}\.[0-9]{{5}}|[a-zA-Z-]+(?:\.[a-zA-Z]{{2}})?/[0-9]{{7}})"
ARXIV_PREFIX = (
    r"(?:(?:https?://)?(?:www\.|export\.|browse\.)?(?:arxiv|alphaxiv)\.org/(?:abs|pdf|html|e-print|overview)/|arxiv:"
    r"|(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)?10\.48550/arxiv\.)?"
)
ARXIV = rf"{ARXIV_PREFIX}({ARXIV_ID})(?:v[0-9]+)?(?:\.pdf)?/?(?:[?#].*)?"
DOI_NAME = r"10\.[0-9]{4,9}/\S+"
DOI_PREFIX = r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)?"
DOI = rf"{DOI_PREFIX}\s*({DOI_NAME})"
ADDRESS = r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?"  # after RFC 3986, appendix B
TRACKING = r"(?:utm_.*|fbclid|gclid|ref|ref_src)(?:=.*)?"
_ARXIV, _DOI = re.compile(ARXIV, re.IGNORECASE), re.compile(DOI, re.IGNORECASE)
_ADDRESS, _TRACKING = (
    re.compile(ADDRESS, re.DOTALL),
    re.compile(TRACKING, re.IGNORECASE | re.DOTALL),
)
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


def parse_arxiv_id(text: str) -> str | None:
    """The id in an arXiv id or address, without its version."""
    found = _ARXIV.fullmatch(text.strip())
    return found[1].lower() if found else None


def parse_doi(text: str) -> str | None:
    """The DOI in a DOI or its address, lower-case."""
    found = _DOI.fullmatch(text.strip())
    return found[1].lower() if found else None


def make_doi_url(name: str) -> str:
    """Where a DOI leads."""
    return f"https://doi.org/{quote(name, safe='/')}"


def get_scheme(url: str) -> str:
    """The scheme of `url` as a browser reads it (white space and control characters do not hide it), or ''."""
    squeezed = re.sub(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+", "", url)
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", squeezed)
    return found[1].lower() if found else ""


def make_work_key(url: str, title: str = "") -> str:
    """One key for the addresses of one work: arXiv and DOI addresses by id, others without what does not count.

    A site's front page may be given for any work that appeared there: the title is part of its key.
    """
    if found := parse_arxiv_id(url):
        return f"arxiv:{found}"
    if found := parse_doi(url):
        return f"doi:{found}"
    parts = _ADDRESS.fullmatch(url.strip())
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


def is_external(url: str) -> bool:
    r"""Whether a browser would look for `url` on another host; it skips white space in it, and takes `\` for `/`."""
    bare = re.sub(r"[\x00-\x20]", "", url).replace("\\", "/")
    return bool(get_scheme(bare)) or bare.startswith("//")
