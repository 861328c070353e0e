"""All claims, by topic: a list of all, and one of those that were checked, reported, disputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from readinglog.model.note import Note
from readinglog.notebook.claim_json import claim_to_json
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.notebook import Notebook
from readinglog.site.messages import translate
from readinglog.site.page import DataFile, Output, Page, Site
from readinglog.site.views.claim_rows import ClaimRow, make_claim_rows
from readinglog.site.views.data import to_json_lines
from readinglog.site.views.pagination import ListPage, PageLinks, paginate
from readinglog.site.views.rows import TagLink, find_root_tag, make_tag_link, sort_by_topic

ADDRESS = "claims/"
_STATE_WORDS = {
    "": "all",
    "checked": "checked",
    "reported": "not checked",
    "disputed": "disputed",
}


@dataclass(frozen=True, slots=True)
class StateLink:
    """A list of claims: of all, or of those in one state; its words, and how many there are."""

    name: str
    words: str
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
    claims = sort_by_topic(notebook.claims.published, _get_note, notebook)
    states = list_states(notebook)
    lists: dict[str, list[NoteClaim]] = {state.name: [] for state in states} | {"": claims}
    for claim in claims:
        lists[notebook.claims.get_state(claim)].append(claim)
    for state, found in lists.items():
        if state and not found:
            continue
        for part in paginate(_make_address(state), found):
            make = partial(_make_view, state, states, part, notebook)
            about = translate("What works claim, and what of them that was checked against.")
            yield Page(
                part.address, translate("Claims"), "claims.html", make, wide=True, description=about
            )
    if claims:
        yield DataFile(f"{ADDRESS}claims.json", partial(_list_as_json, claims, notebook, site))


def list_states(notebook: Notebook) -> tuple[StateLink, ...]:
    """Return the list of all claims, and those of the claims in each state."""
    claims = notebook.claims.published
    counts = Counter(map(notebook.claims.get_state, claims)) + Counter({"": len(claims)})
    return tuple(
        StateLink(state, translate(words), _make_address(state), counts[state])
        for state, words in _STATE_WORDS.items()
    )


def _make_address(state: str) -> str:
    return f"{ADDRESS}{state}/" if state else ADDRESS


def _get_note(claim: NoteClaim) -> Note:
    return claim.note


def _make_view(
    state: str, states: tuple[StateLink, ...], part: ListPage[NoteClaim], notebook: Notebook
) -> ClaimsView:
    groups = groupby(part.items, key=lambda claim: find_root_tag(claim.note, notebook))
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
