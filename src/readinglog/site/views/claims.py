"""All claims, by topic: a list of all, and one of those that were checked, reported, disputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from readinglog.model.vocabulary import Tag
from readinglog.notebook.claim_json import claim_to_json
from readinglog.notebook.claims import STATES, NoteClaim
from readinglog.notebook.notebook import Notebook
from readinglog.site.messages import translate
from readinglog.site.page import DataFile, Output, Page, Site
from readinglog.site.views.claim_rows import ClaimRow, make_claim_rows
from readinglog.site.views.data import to_json_lines
from readinglog.site.views.pagination import ListPage, PageLinks, paginate
from readinglog.site.views.rows import TagLink, make_tag_link

ADDRESS = "claims/"


@dataclass(frozen=True, slots=True)
class StateLink:
    """A list of claims: of all, or of those in one state, and how many those are."""

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """The claims of the works on a topic; `tag` is None where they have none."""

    tag: TagLink | None
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class ClaimsView:
    """A page of claims, `state` the name of the list, '' of all."""

    state: str
    states: tuple[StateLink, ...]
    groups: tuple[ClaimGroup, ...]
    page_links: PageLinks | None


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    if not site.has_claims:
        return
    claims = _order_by_topic(notebook)
    states = list_states(notebook)
    lists: dict[str, list[NoteClaim]] = {state.name: [] for state in states} | {"": claims}
    for claim in claims:
        lists[notebook.claims.get_state(claim)].append(claim)
    for state, found in lists.items():
        if state and not found:
            continue
        for part in paginate(_make_address(state), found):
            make = partial(_make_view, state, states, part, notebook)
            about = translate("What works claim, with the evidence for it.")
            yield Page(
                part.address, translate("Claims"), "claims.html", make, wide=True, description=about
            )
    if claims:
        yield DataFile(f"{ADDRESS}claims.json", partial(_list_as_json, claims, notebook, site))


def list_states(notebook: Notebook) -> tuple[StateLink, ...]:
    """Return the list of all claims, and those of the claims in each state."""
    claims = notebook.claims.published
    counts = Counter(map(notebook.claims.get_state, claims)) + Counter({"": len(claims)})
    return tuple(StateLink(state, _make_address(state), counts[state]) for state in ("", *STATES))


def _make_address(state: str) -> str:
    return f"{ADDRESS}{state}/" if state else ADDRESS


def _order_by_topic(notebook: Notebook) -> list[NoteClaim]:
    """Return all claims: by the topic of their note, in the order of topics, newest note first."""
    roots = [root.key for root in notebook.vocabulary.list_children(None)]
    places = {key: place for place, key in enumerate(roots)}

    def find_place(claim: NoteClaim) -> int:
        root = _find_root(claim, notebook)
        return places[root.key] if root else len(places)

    return sorted(notebook.claims.published, key=find_place)


def _find_root(claim: NoteClaim, notebook: Notebook) -> Tag | None:
    """Return the topic of a claim: the root of the first tag of its note."""
    tags = notebook.tags.get_tags(claim.note)
    return notebook.vocabulary.get_path(tags[0])[0] if tags else None


def _make_view(
    state: str, states: tuple[StateLink, ...], part: ListPage[NoteClaim], notebook: Notebook
) -> ClaimsView:
    groups = groupby(part.items, key=lambda claim: _find_root(claim, notebook))
    return ClaimsView(
        state,
        states,
        tuple(
            ClaimGroup(
                make_tag_link(root, notebook) if root else None, make_claim_rows(claims, notebook)
            )
            for root, claims in groups
        ),
        part.links,
    )


def _list_as_json(claims: Sequence[NoteClaim], notebook: Notebook, site: Site) -> str:
    make_url = site.make_absolute if site.url else "/{}".format
    items = [claim_to_json(claim, notebook, make_url) for claim in claims]
    return to_json_lines({"claims": items}, "claims")
