"""What disagrees with what: each dispute with both sides and their evidence, and a feed of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.claim_json import name_claim
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.disputes import Dispute, Side
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_note_address, make_tag_address
from readinglog.site.messages import translate
from readinglog.site.page import Output, Page, Site
from readinglog.site.views.claim_rows import ClaimRow, make_claim_row
from readinglog.site.views.feeds import FeedEntry, make_entry_feed
from readinglog.site.views.pagination import ListPage, PageLinks, paginate
from readinglog.site.views.rows import (
    CountedTag,
    NoteLink,
    Quote,
    make_note_link,
    make_quote,
    make_tag_link,
)

ADDRESS = "disputes/"
_LATEST = 40


@dataclass(frozen=True, slots=True)
class SideView:
    """One side: its claim, or what its work says in a sentence; one of both is None.

    `superseded_by` is the note that replaces it, or None.
    """

    note: NoteLink
    year: str
    summary: str
    claim: ClaimRow | None
    quote: Quote | None
    superseded_by: NoteLink | None


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A dispute, with the day it last changed."""

    disputing: SideView
    disputed: SideView


@dataclass(frozen=True, slots=True)
class DisputeLink:
    """The two notes of a dispute as links."""

    disputing: NoteLink
    disputed: NoteLink


@dataclass(frozen=True, slots=True)
class DisputesView:
    """A page of disputes: those of the tag named `tag`, all where that is ''.

    `total` is how many there are on all its pages, `all` how many in the log; `tags` are the root
    tags with disputes, as links to theirs.
    """

    tag: str
    total: int
    all: int
    tags: tuple[CountedTag, ...]
    disputes: tuple[DisputeView, ...]
    page_links: PageLinks | None


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    if not site.has_claims:
        return
    disputes = notebook.disputes
    by_tag = _group_disputes(notebook)
    tags = _link_root_tags(by_tag, notebook)
    vocabulary = notebook.vocabulary
    lists = [("", ADDRESS, disputes)]
    lists += [
        (tag.name, make_disputes_address(tag, notebook), by_tag[key])
        for key, tag in vocabulary.tags.items()
        if key in by_tag
    ]
    for tag_name, address, found in lists:
        title = translate("Disputes in {tag}", tag=tag_name) if tag_name else translate("Disputes")
        about = translate("What disagrees with what, both sides and where it stands.")
        for part in paginate(address, found):
            make = partial(_make_view, tag_name, len(found), tags, part, notebook)
            feed = f"{ADDRESS}feed.xml"
            yield Page(
                part.address, title, "disputes.html", make, description=about, feed=feed, wide=True
            )
    title = f"{site.name}: {translate('Disputes')}"
    entries = partial(_list_entries, disputes[:_LATEST], notebook)
    yield make_entry_feed(ADDRESS, title, entries, site)


def _group_disputes(notebook: Notebook) -> dict[str, list[Dispute]]:
    """Return the disputes of the notes with each tag or one below it, by its key."""
    found: dict[str, list[Dispute]] = {}
    for dispute in notebook.disputes:
        tags = (tag for side in dispute for tag in notebook.tags.get_tags(side.note))
        steps = (step.key for tag in tags for step in notebook.vocabulary.get_path(tag))
        for key in dict.fromkeys(steps):
            found.setdefault(key, []).append(dispute)
    return found


def make_disputes_address(tag: Tag, notebook: Notebook) -> str:
    """Return the address of the page of a tag's disputes."""
    return ADDRESS + make_tag_address(tag, notebook.vocabulary)


def _link_root_tags(
    by_tag: Mapping[str, Sequence[Dispute]], notebook: Notebook
) -> tuple[CountedTag, ...]:
    """Return the root tags with disputes as links to these."""
    return tuple(
        CountedTag(
            replace(make_tag_link(tag, notebook), address=make_disputes_address(tag, notebook)),
            len(by_tag[tag.key]),
            tag.summary,
        )
        for tag in notebook.vocabulary.list_children(None)
        if tag.key in by_tag
    )


def _make_view(
    tag: str,
    total: int,
    tags: tuple[CountedTag, ...],
    part: ListPage[Dispute],
    notebook: Notebook,
) -> DisputesView:
    views = tuple(make_dispute_view(dispute, notebook) for dispute in part.items)
    return DisputesView(tag, total, len(notebook.disputes), tags, views, part.links)


def make_dispute_view(dispute: Dispute, notebook: Notebook) -> DisputeView:
    """Return both sides of a dispute."""
    disputing, disputed = dispute
    return DisputeView(
        _make_side(disputing, disputed.note, notebook), _make_side(disputed, None, notebook)
    )


def _make_side(side: Side, other: Note | None, notebook: Notebook) -> SideView:
    """Return a side; one without a claim shows its sentence that links to the `other` note."""
    row = make_claim_row(NoteClaim(side.note, side.claim), notebook) if side.claim else None
    return SideView(
        note=NoteLink(side.note.short_name, make_note_address(side.note)),
        year=side.note.published[:4],
        summary="" if row else side.note.summary,
        claim=row,
        quote=_quote_link(side.note, other, notebook) if other and not row else None,
        superseded_by=make_note_link(side.superseded_by) if side.superseded_by else None,
    )


def _quote_link(note: Note, other: Note, notebook: Notebook) -> Quote | None:
    """Return the sentence of `note` in which it first links to `other`."""
    for link, resolution in notebook.links.list_links(note):
        if notebook.graph.published_target(note, resolution) is other:
            return make_quote(note, link.span, notebook)
    return None


def link_dispute(dispute: Dispute) -> DisputeLink:
    """Return the two notes of a dispute as links."""
    return DisputeLink(*(_make_short_link(side.note) for side in dispute))


def _make_short_link(note: Note) -> NoteLink:
    return NoteLink(note.short_name, make_note_address(note))


def _list_entries(disputes: Sequence[Dispute], notebook: Notebook) -> list[FeedEntry]:
    """Return disputes as entries of a feed."""
    entries = []
    for each in disputes:
        disputing, disputed = each.disputing, each.disputed
        anchor = f"^{disputing.claim.id}" if disputing.claim else ""
        titles = (disputing.note.short_name, disputed.note.short_name)
        title = translate("{one} disputes {other}", one=titles[0], other=titles[1])
        text = " / ".join(_describe_side(side, notebook) for side in each)
        key = " ".join(name_claim(side.note, side.claim) for side in each)
        address = make_note_address(disputing.note)
        entries.append(FeedEntry(address, anchor, key, title, text, each.changed))
    return entries


def _describe_side(side: Side, notebook: Notebook) -> str:
    text = side.note.summary
    if side.claim:
        text = notebook.claims.extract_text(NoteClaim(side.note, side.claim))
    return ": ".join(filter(None, (side.note.short_name, text)))
