"""The kinds of note, each one record: what it requires, and what other formats call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of note: `kind` in front matter."""

    name: str
    label: str  # of the link to the work
    is_work: bool = (
        True  # whether such a note is about a work: it needs its address and can be cited
    )
    is_hub: bool = False  # whether such a note introduces a tag
    is_page: bool = False  # whether this is a page of the site beside the notes
    csl_type: str = "document"
    bibtex_type: str = "misc"
    schema_org_type: str = "CreativeWork"
    # The addresses of such works: host without `www.`, and path, from their start.
    address_pattern: str = ""


DEFAULT_KIND = "paper"  # of a note that does not say, so that lists need not mention it
_KINDS = (
    Kind(
        "paper",
        "Paper",
        csl_type="article",
        bibtex_type="article",
        schema_org_type="ScholarlyArticle",
        address_pattern=(
            r"(?:arxiv\.org|openreview\.net|aclanthology\.org|proceedings\.mlr\.press"
            r"|proceedings\.neurips\.cc|papers\.nips\.cc)/\w"
        ),
    ),
    Kind("post", "Post", csl_type="post-weblog", schema_org_type="BlogPosting"),
    Kind(
        "talk",
        "Talk",
        csl_type="speech",
        schema_org_type="VideoObject",
        address_pattern=(
            r"(?:(?:m\.)?youtube\.com/(?:watch|live)|youtu\.be/|vimeo\.com/\d|slideslive\.com/\d)"
        ),
    ),
    Kind(
        "podcast",
        "Podcast",
        csl_type="broadcast",
        schema_org_type="PodcastEpisode",
        address_pattern=r"(?:podcasts\.apple\.com/|open\.spotify\.com/episode/)",
    ),
    Kind(
        "thread",
        "Thread",
        csl_type="post",
        schema_org_type="SocialMediaPosting",
        address_pattern=(
            r"(?:(?:mobile\.)?(?:x|twitter)\.com/\w+/status/"
            r"|bsky\.app/profile/[^/]+/post/|[^/]+/@[\w.@-]+/\d+/?\Z)"
        ),
    ),
    Kind("book", "Book", csl_type="book", bibtex_type="book", schema_org_type="Book"),
    Kind(
        "code",
        "Code",
        csl_type="software",
        schema_org_type="SoftwareSourceCode",
        address_pattern=r"(?:github\.com|gitlab\.com|codeberg\.org)/[^/]+/[^/]+",
    ),
    Kind(
        "docs",
        "Docs",
        csl_type="webpage",
        schema_org_type="TechArticle",
        address_pattern=r"(?:docs\.[^/]+|[^/]+\.readthedocs\.(?:io|org))/",
    ),
    Kind("idea", "Idea", is_work=False),
    Kind("topic", "Topic", is_work=False, is_hub=True),
)
PAGE = Kind("page", "Page", is_work=False, is_page=True)
NOTE_KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}
KINDS: Mapping[str, Kind] = {**NOTE_KINDS, PAGE.name: PAGE}
