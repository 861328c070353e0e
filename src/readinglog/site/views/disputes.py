"""What disagrees with what: each dispute with both sides and their evidence, and a feed of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.claim_json import name_claim
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.disputes import Dispute, DisputeGroup, Side, group_disputes
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
    TagLink,
    find_root_tag,
    make_note_link,
    make_quote,
    make_tag_link,
    sort_by_topic,
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
class OtherSide:
    """What stands against a side: `words` say which of them disputes which, and `quote` is what the
    work at the head says of it, where that has no claim.
    """

    words: str
    side: SideView
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class DisputeGroupView:
    """The disputes of one side, which stands at their head."""

    head: SideView
    others: tuple[OtherSide, ...]


@dataclass(frozen=True, slots=True)
class DisputeTopic:
    """The disputes under one heading: the topic of the work at their head, or None."""

    tag: TagLink | None
    groups: tuple[DisputeGroupView, ...]


@dataclass(frozen=True, slots=True)
class DisputeLink:
    """The two notes of a dispute as links."""

    disputing: NoteLink
    disputed: NoteLink


@dataclass(frozen=True, slots=True)
class DisputesView:
    """A page of disputes: those of the tag named `tag`, all by topic where that is ''.

    `total` is how many there are on all its pages, `all` how many in the log; `tags` are the root
    tags with disputes, as links to theirs.
    """

    tag: str
    total: int
    all: int
    tags: tuple[CountedTag, ...]
    topics: tuple[DisputeTopic, ...]
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
    sides = _SideViews(notebook)
    for tag_name, address, found in lists:
        title = translate("Disputes in {tag}", tag=tag_name) if tag_name else translate("Disputes")
        about = translate("What disagrees with what, both sides and where it stands.")
        groups = group_disputes(found)
        if not tag_name:
            groups = sort_by_topic(groups, _get_note, notebook)
        for part in paginate(address, groups):
            make = partial(_make_view, tag_name, len(found), tags, part, sides, notebook)
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


def _link_topic(tag: Tag, notebook: Notebook) -> TagLink:
    """Return a tag as a link to the page of its disputes."""
    return replace(make_tag_link(tag, notebook), address=make_disputes_address(tag, notebook))


def _link_root_tags(
    by_tag: Mapping[str, Sequence[Dispute]], notebook: Notebook
) -> tuple[CountedTag, ...]:
    """Return the root tags with disputes as links to these."""
    return tuple(
        CountedTag(_link_topic(tag, notebook), len(by_tag[tag.key]), tag.summary)
        for tag in notebook.vocabulary.list_children(None)
        if tag.key in by_tag
    )


def _get_note(group: DisputeGroup) -> Note:
    return group.head.note


def _make_view(
    tag: str,
    total: int,
    tags: tuple[CountedTag, ...],
    part: ListPage[DisputeGroup],
    sides: _SideViews,
    notebook: Notebook,
) -> DisputesView:
    def find_topic(group: DisputeGroup) -> Tag | None:
        return None if tag else find_root_tag(group.head.note, notebook)

    topics = tuple(
        DisputeTopic(
            _link_topic(topic, notebook) if topic else None,
            tuple(_make_group(group, sides) for group in groups),
        )
        for topic, groups in groupby(part.items, key=find_topic)
    )
    return DisputesView(tag, total, len(notebook.disputes), tags, topics, part.links)


def _make_group(group: DisputeGroup, sides: _SideViews) -> DisputeGroupView:
    """Return a side with what disputes it and what it disputes."""
    others = []
    for disputing, disputed in group.disputes:
        if (disputed.note, disputed.claim) == (group.head.note, group.head.claim):
            side = sides.make(disputing, disputed.note)
            others.append(OtherSide(translate("disputed by"), side, None))
        else:
            side = sides.make(disputed, None)
            said = None if disputing.claim else sides.quote_link(disputing.note, disputed.note)
            others.append(OtherSide(translate("disputes"), side, said))
    return DisputeGroupView(sides.make(group.head, None), tuple(others))


class _SideViews:
    """The sides of disputes, each made once for the pages of all tags."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self.make = cache(self._make)
        self.quote_link = cache(self._quote_link)

    def _make(self, side: Side, other: Note | None) -> SideView:
        """Return a side; one without a claim shows its sentence that links to the `other` note."""
        claim = NoteClaim(side.note, side.claim) if side.claim else None
        row = make_claim_row(claim, self._notebook) if claim else None
        return SideView(
            note=NoteLink(side.note.short_name, make_note_address(side.note)),
            year=side.note.published[:4],
            summary="" if row else side.note.summary,
            claim=row,
            quote=self.quote_link(side.note, other) if other and not row else None,
            superseded_by=make_note_link(side.superseded_by) if side.superseded_by else None,
        )

    def _quote_link(self, note: Note, other: Note) -> Quote | None:
        """Return the sentence of `note` in which it first links to `other`."""
        for link, resolution in self._notebook.links.list_links(note):
            if self._notebook.graph.published_target(note, resolution) is other:
                return make_quote(note, link.span, self._notebook)
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
