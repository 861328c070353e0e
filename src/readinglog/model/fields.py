"""The fields of a note's front matter, each one record.

The check, the JSON Schema, the form, drafts, the search and the card of a page read these records,
by way of the schema of the log, so that a new record is all that a new field needs.
"""

from __future__ import annotations

from collections.abc import Mapping

from readinglog.model.field import (
    CardFact,
    CardLink,
    Field,
    FormPlace,
    RelationWords,
    Required,
    SearchChoice,
    SearchRange,
    SearchWords,
)
from readinglog.model.field_types import (
    ARXIV,
    CITATION_KEY,
    DATE,
    DOI,
    FLAG,
    GITHUB,
    HF,
    ISBN,
    LANGUAGE,
    NOTE_NAME,
    OPENREVIEW,
    PARTIAL_DATE,
    PERSON,
    RATING,
    SUMMARY,
    TAG,
    TEXT,
    URL,
    WRITER,
    make_choice_type,
)
from readinglog.model.identifiers import ADDRESSES
from readinglog.model.kinds import DEFAULT_KIND

STATUSES = ("to-read", "reading", "read")
BASES = ("full", "part", "abstract", "summaries")  # from the most of a work that was read down


def _relation(
    name: str, doc: str, forward: str, backward: str, former_names: tuple[str, ...] = ()
) -> Field:
    return Field(
        name,
        NOTE_NAME,
        forward,
        doc,
        is_list=True,
        relation=RelationWords(forward, backward),
        has=True,
        former_names=former_names,
    )


_FIELDS = (
    Field(
        "title",
        TEXT,
        "Title",
        "The work's title.",
        required=Required.NOTES,
        required_example='title: "…"',
        is_for_pages=True,
        form=FormPlace.FIRST,
    ),
    Field(
        "kind",
        TEXT,  # until the schema knows all kinds
        "Kind",
        "What the note is about.",
        required=Required.NOTES,
        required_example="kind: paper",
        default=DEFAULT_KIND,
        form=FormPlace.FIRST,
        search=SearchChoice("kind"),
    ),
    Field(
        "authors",
        PERSON,
        "Authors",
        "The authors in order, given names first; “et al.” can be the last.",
        is_list=True,
        required=Required.WORKS,
        required_example="authors: [First Author]",
        form=FormPlace.FIRST,
        search=SearchWords("author", "author:name"),
    ),
    Field(
        "published",
        PARTIAL_DATE,
        "Published",
        "When the work was published: YYYY, YYYY-MM or YYYY-MM-DD.",
        form=FormPlace.FIRST,
        search=SearchRange("year", r"[0-9]{4}", "2024", length=4),
        card=CardFact("published {}", place=20),
    ),
    Field(
        "date",
        DATE,
        "Logged on",
        "The day the note was added: YYYY-MM-DD.",
        required=Required.NOTES,
        required_example="date: YYYY-MM-DD",
        search=SearchRange(
            "date",
            r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?",
            "2024-05",
        ),
    ),
    Field(
        "updated",
        DATE,
        "Updated on",
        "The day the note was last rewritten in substance: YYYY-MM-DD.",
    ),
    Field(
        "url", URL, "Address", "Where the work can be read.", is_locator=True, form=FormPlace.FIRST
    ),
    Field(
        "arxiv",
        ARXIV,
        "arXiv id",
        "The arXiv id, such as 2401.10020v2, with the version that you read.",
        is_locator=True,
        address=ADDRESSES["arxiv"],
        form=FormPlace.FIRST,
        has=True,
    ),
    Field(
        "doi",
        DOI,
        "DOI",
        "The DOI, without https://doi.org/.",
        is_locator=True,
        form=FormPlace.FIRST,
        address=ADDRESSES["doi"],
        has=True,
        card=CardLink("DOI"),
    ),
    Field(
        "isbn",
        ISBN,
        "ISBN",
        "The ISBN, of ten or thirteen digits.",
        is_locator=True,
        address=ADDRESSES["isbn"],
        has=True,
        card=CardLink("ISBN"),
    ),
    Field(
        "openreview",
        OPENREVIEW,
        "OpenReview id",
        "The id on OpenReview, as in forum?id=r1Abc-23dE.",
        is_locator=True,
        address=ADDRESSES["openreview"],
        has=True,
        card=CardLink("OpenReview"),
    ),
    Field(
        "hf",
        HF,
        "Hugging Face",
        "The name on Hugging Face of the model, data set, space or paper that the work is.",
        is_locator=True,
        address=ADDRESSES["hf"],
        has=True,
        card=CardLink("Hugging Face"),
    ),
    Field(
        "github",
        GITHUB,
        "GitHub",
        "The repository that the work is, as owner/name; that of a paper is its code.",
        is_locator=True,
        address=ADDRESSES["github"],
        has=True,
        card=CardLink("GitHub"),
    ),
    Field(
        "venue",
        TEXT,
        "Venue",
        "Where the work was published.",
        search=SearchWords("venue", "venue:journal"),
        card=CardFact(place=10),
    ),
    Field(
        "citation_key",
        CITATION_KEY,
        "Citation key",
        "What other texts cite the work by, in BibTeX; by default, the name of the note.",
        form=FormPlace.NONE,
    ),
    Field("code", URL, "Code", "Where the work’s code is.", has=True, card=CardLink("Code")),
    Field(
        "tags",
        TAG,
        "Tags",
        "What the note is about. Choose existing tags where they fit.",
        is_list=True,
        required=Required.NOTES,
        required_example="tags: [a-tag]",
        form=FormPlace.FIRST,
    ),
    Field(
        "status",
        make_choice_type(*STATUSES),
        "Status",
        f"One of {', '.join(STATUSES)}; by default, read.",
        default="read",
        search=SearchChoice("status"),
    ),
    Field(
        "basis",
        make_choice_type(*BASES),
        "Rests on",
        f"What of the work the note rests on: {', '.join(BASES)}.",
        search=SearchChoice("basis"),
        card=CardFact("rests on: {}", place=40),
    ),
    Field(
        "rating",
        RATING,
        "Rating",
        "From 1 to 5.",
        search=SearchRange("rating", r"[1-5]", "4"),
        card=CardFact("rated {} of 5", place=50),
    ),
    Field(
        "summary",
        SUMMARY,
        "Summary",
        "One sentence in your own words, at most 200 characters.",
        required=Required.NOTES,
        required_example='summary: "…"',
        form=FormPlace.FIRST,
    ),
    Field(
        "aliases",
        TEXT,
        "Aliases",
        "Other names that a wikilink may use.",
        is_list=True,
        card=CardFact("also called {}", place=70),
    ),
    _relation(
        "builds_on",
        "The works it builds on, by the names of their notes.",
        "Builds on",
        "Built on by",
    ),
    _relation("disputes", "The works it disputes.", "Disputes", "Disputed by", ("contradicts",)),
    _relation(
        "supersedes",
        "The works it replaces, by the names of their notes.",
        "Supersedes",
        "Superseded by",
    ),
    _relation(
        "replicates", "The works whose experiments it repeats.", "Replicates", "Replicated by"
    ),
    Field(
        "lang",
        LANGUAGE,
        "Language",
        "The language of the note, such as de, where it is not that of the site.",
    ),
    Field(
        "redirect_from",
        TEXT,
        "Redirect from",
        "Former names of the note, and its addresses on another site, such as /2024/05/gates/.",
        is_list=True,
        form=FormPlace.NONE,
    ),
    Field(
        "query",
        TEXT,
        "Query",
        "For a topic: a search whose results its page lists, such as is:to-read year:2024..",
        only_hubs=True,
    ),
    Field(
        "by",
        WRITER,
        "Note by",
        "Who wrote the note, where several people write.",
        is_list=True,
        search=SearchWords("by", "by:ada", noun="writer", found_alone=False),
        card=CardFact("note by {}", place=65),
    ),
    Field("draft", FLAG, "Draft", "If true, checked but not published."),
)
FIELDS: Mapping[str, Field] = {field.name: field for field in _FIELDS}
