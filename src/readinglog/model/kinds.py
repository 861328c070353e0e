"""The kinds of note, each one record: what it requires, and what other formats call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of note: `kind` in front matter."""

    name: str
    label: str  # of the link to the work
    is_work: bool = True  # whether such a note is about a work, which can be cited
    # The fields that such a note must have besides those of every note, `ADDRESS` for one that says
    # where the work is; None for those of all works, if it is one.
    requires: tuple[str, ...] | None = None
    is_hub: bool = False  # whether such a note introduces a tag
    is_page: bool = False  # whether this is a page of the site beside the notes
    csl_type: str = "document"
    bibtex_type: str = "misc"
    schema_org_type: str = "CreativeWork"
    # The addresses of such works: host without `www.`, and path, from their start.
    address_pattern: str = ""
    # What people also call it. Where two kinds have a name, the first is suggested.
    other_names: tuple[str, ...] = ()


ADDRESS = "address"  # stands for any field that says where a work is
DEFAULT_KIND = "paper"  # of a note that does not say, so that lists need not mention it


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


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
        other_names=_words(
            "article preprint report thesis dissertation manuscript journal-article"
        ),
    ),
    Kind(
        "post",
        "Post",
        csl_type="post-weblog",
        schema_org_type="BlogPosting",
        other_names=_words(
            "blog blogpost blog-post essay article report newsletter news website webpage tutorial"
        ),
    ),
    Kind(
        "talk",
        "Talk",
        csl_type="speech",
        schema_org_type="VideoObject",
        address_pattern=(
            r"(?:(?:m\.)?youtube\.com/(?:watch|live)|youtu\.be/|vimeo\.com/\d|slideslive\.com/\d)"
        ),
        other_names=_words("lecture keynote slides video presentation seminar youtube course"),
    ),
    Kind(
        "podcast",
        "Podcast",
        csl_type="broadcast",
        schema_org_type="PodcastEpisode",
        address_pattern=r"(?:podcasts\.apple\.com/|open\.spotify\.com/episode/)",
        other_names=_words("interview audio episode radio"),
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
        other_names=_words("tweet tweets toot discussion forum"),
    ),
    Kind(
        "book",
        "Book",
        csl_type="book",
        bibtex_type="book",
        schema_org_type="Book",
        other_names=_words("textbook monograph chapter ebook"),
    ),
    Kind(
        "code",
        "Code",
        csl_type="software",
        schema_org_type="SoftwareSourceCode",
        address_pattern=r"(?:github\.com|gitlab\.com|codeberg\.org)/[^/]+/[^/]+",
        other_names=_words("repo repository software library package tool github project"),
    ),
    Kind(
        "docs",
        "Docs",
        csl_type="webpage",
        schema_org_type="TechArticle",
        address_pattern=r"(?:docs\.[^/]+|[^/]+\.readthedocs\.(?:io|org))/",
        other_names=_words("documentation manual reference specification spec standard"),
    ),
    Kind(
        "dataset",
        "Dataset",
        csl_type="dataset",
        schema_org_type="Dataset",
        address_pattern=(
            r"(?:huggingface\.co/datasets/\w|kaggle\.com/datasets/\w|archive\.ics\.uci\.edu/dataset/)"
        ),
        other_names=_words("corpus data benchmark data-set"),
    ),
    Kind(
        "idea",
        "Idea",
        is_work=False,
        other_names=_words("note thought question"),
    ),
    Kind(
        "topic",
        "Topic",
        is_work=False,
        is_hub=True,
        other_names=_words("hub overview moc tag"),
    ),
)
PAGE = Kind("page", "Page", is_work=False, is_page=True)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (*_KINDS, PAGE)}
