"""What the views of a note and of a tag hand to their templates: plain data, without any HTML."""

from __future__ import annotations

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.site.page import Page, Site
from readinglog.site.rendering import render_page
from readinglog.site.views import note as notes
from readinglog.site.views import tags
from readinglog.site.views.note import NoteView, Step, StepGroup
from readinglog.site.views.note_footer import (
    QuotedNote,
    RelationLink,
    RelationRow,
    list_backlinks,
    list_mentions,
    list_relations,
    make_citation,
)
from readinglog.site.views.pagination import ListPage, PageLinks, paginate
from readinglog.site.views.reading_path_list import PathStep, ReadingPath
from readinglog.site.views.rows import (
    CountedTag,
    HeadingLink,
    NoteLink,
    Quote,
    TagLink,
    TagNode,
    make_quote,
    make_tag_tree,
)
from readinglog.site.views.tag_sections import MostCited, TimelineYear
from readinglog.site.views.tags import Part, TagsView, TagView
from support.worlds import notebook, work

SITE = Site("A log", edit_pattern="https://forge.example/{path}", report_pattern="")
TAGS = """
moe: {name: MoE, summary: Experts.}
routing: {parent: moe}
kernels: {}
"""
MOE = TagLink("moe", "MoE", 1, "tags/moe/")
ROUTING = TagLink("routing", "routing", 1, "tags/routing/")
KERNELS = TagLink("kernels", "kernels", 2, "tags/kernels/")


@pytest.fixture(scope="module")
def log() -> Notebook:
    return notebook(
        {
            "tags.yml": TAGS,
            "sparse.md": work(
                "It began.", title='"Sparse: a layer"', tags="[moe]", published="2017"
            ),
            "gshard.md": work(
                "It grows [[sparse]]. Unlike BASE, it has 2 < 3.",
                title="GShard",
                tags="[routing, kernels]",
                published="2020",
                date="2026-10-02",
                builds_on="[sparse]",
            ),
            "switch.md": work(
                "## How\n\nOne expert, not two as in [[sparse|that layer]].\n\n#### Why\n",
                title="Switch",
                tags="[routing]",
                published="2020",
                date="2026-10-03",
                rating="5",
                builds_on="[gshard, sparse, dense, sparse]",
                redirect_from="[switch-transformer]",
            ),
            "base.md": work("", title="BASE", tags="[moe]", date="2026-10-01", published=""),
            "hub.md": work("## Start\n", title="Experts", kind="topic", tags="[moe]", url=""),
        }
    )


def view_note(log: Notebook, name: str) -> NoteView:
    """Return the view of the note of that name."""
    pages = (page for page in notes.make_outputs(log, SITE) if isinstance(page, Page))
    view = next(page.content for page in pages if page.address == f"notes/{name}/")
    assert isinstance(view, NoteView)
    return view


def view_tag(log: Notebook, address: str) -> TagView:
    """Return the view of the tag page at `address`."""
    pages = (page for page in tags.make_outputs(log, SITE) if isinstance(page, Page))
    view = next(page.content for page in pages if page.address == address)
    assert isinstance(view, TagView)
    return view


def test_a_note_has_its_path_relations_and_headings(log: Notebook) -> None:
    view = view_note(log, "switch")
    assert view.reading_path == ReadingPath(
        (
            PathStep("Sparse: a layer", "notes/sparse/", "sparse", 1),
            PathStep("GShard", "notes/gshard/", "gshard", 1),
        ),
        minutes=2,
    )
    assert view.relations == (
        RelationRow(
            "Builds on",
            (
                RelationLink("GShard", "notes/gshard/"),
                RelationLink("Sparse: a layer", "notes/sparse/"),
                RelationLink("dense", "wanted/", "dense", is_wanted=True),
            ),
        ),
    )
    assert view.headings == (HeadingLink(2, "how", "How"),)
    assert view.edit_url == "https://forge.example/switch.md"
    assert view.report_url == ""


def test_relations_are_listed_in_both_directions(log: Notebook) -> None:
    back = (RelationLink("Switch", "notes/switch/"), RelationLink("GShard", "notes/gshard/"))
    (row,) = list_relations(log.by_path["sparse.md"], log)
    assert row.name == "Built on by"
    assert set(row.links) == set(back)


def test_backlinks_and_mentions_quote_the_sentence(log: Notebook) -> None:
    backlinks = list_backlinks(log.by_path["sparse.md"], log)
    quoted = {row.note.title: row.quotes for row in backlinks}
    assert quoted == {
        "Switch": (Quote("One expert, not two as in ", "that layer", "."),),
        "GShard": (Quote("It grows ", "Sparse: a layer", "."),),
    }
    quote = Quote("Unlike ", "BASE", ", it has 2 < 3.")
    assert view_note(log, "base").mentions == (
        QuotedNote(NoteLink("GShard", "notes/gshard/"), (quote,)),
    )
    assert list_mentions((), log) == ()


def test_a_note_leads_to_those_beside_it_by_date_and_by_topic(log: Notebook) -> None:
    by_date, by_topic = view_note(log, "switch").steps
    assert by_date.steps[0] == Step("Previous", "prev", NoteLink("GShard", "notes/gshard/"))
    assert by_topic == StepGroup(
        "By topic",
        (
            Step("Previous in MoE", "", NoteLink("GShard", "notes/gshard/")),
            Step("Next in MoE", "", NoteLink("BASE", "notes/base/")),
        ),
    )
    assert [group.name for group in view_note(log, "hub").steps] == ["By date"]


def test_a_hub_is_not_cited(log: Notebook) -> None:
    assert make_citation(log.by_path["hub.md"]) is None
    citation = make_citation(log.by_path["switch.md"])
    assert citation
    assert citation.bibtex.startswith("@")
    assert "Switch" in citation.line


def test_the_first_page_of_a_tag_has_its_sections(log: Notebook) -> None:
    view = view_tag(log, "tags/moe/")
    assert (view.name, view.hue, view.summary, view.path) == ("MoE", 1, "Experts.", ())
    assert view.hub == NoteLink("Experts", "notes/hub/")
    assert view.overview
    assert view.overview.subtags == (CountedTag(ROUTING, 2, ""),)
    assert view.overview.related_tags == (CountedTag(KERNELS, 1, ""),)
    assert [part.name for part in view.parts] == ["path", "most-cited", "timeline", "map", "notes"]
    assert view.overview.headings[:2] == (
        HeadingLink(2, "start", "Start"),
        HeadingLink(2, "rl:path", "Reading path"),
    )
    assert {row.title for row in view.notes} == {"Sparse: a layer", "GShard", "Switch", "BASE"}
    assert view.page_links is None


def test_a_tag_shows_what_is_cited_most_and_when_it_appeared(log: Notebook) -> None:
    overview = view_tag(log, "tags/moe/").overview
    assert overview
    switch = NoteLink("Switch", "notes/switch/")
    assert overview.sections.most_cited == (
        MostCited(switch, rating=5, linking=0),
        MostCited(NoteLink("Sparse: a layer", "notes/sparse/"), rating=0, linking=2),
    )
    assert overview.sections.timeline == (
        TimelineYear("2017", (NoteLink("Sparse", "notes/sparse/"),), 0, "tag:moe year:2017"),
        TimelineYear(
            "2020",
            (NoteLink("GShard", "notes/gshard/"), switch),
            0,
            "tag:moe year:2020",
        ),
        TimelineYear("", (NoteLink("BASE", "notes/base/"),), 0, "tag:moe"),
    )
    assert overview.sections.map
    assert (overview.sections.map.shown, overview.sections.map.total) == (4, 4)


def test_a_tag_without_notes_has_nothing_but_a_place_for_them(log: Notebook) -> None:
    empty = notebook({"tags.yml": 'odd: {name: a "b", summary: ""}'})
    view = view_tag(empty, "tags/odd/")
    assert view.overview
    assert view.parts == (Part("Notes, newest first", "notes"),)
    assert view.notes == ()
    assert view.query == '"a  b "'
    assert view_tag(log, "tags/routing/").path == (MOE,)


def test_the_tree_of_tags_has_counts(log: Notebook) -> None:
    tree = (
        TagNode(0, CountedTag(MOE, 5, "Experts.")),
        TagNode(1, CountedTag(ROUTING, 2, "")),
        TagNode(0, CountedTag(KERNELS, 1, "")),
    )
    assert make_tag_tree(log) == tree
    page = next(tags.make_outputs(log, SITE))
    assert isinstance(page, Page)
    assert page.content == TagsView(3, 2, tree)


def test_a_tree_of_tags_may_be_deep() -> None:
    below = "".join(f"t{level}: {{parent: t{level - 1}}}\n" for level in range(1, 1_000))
    deep = notebook({"tags.yml": f"other: {{}}\nt0: {{}}\n{below}last: {{parent: t1}}\n"})
    page = next(tags.make_outputs(deep, SITE))
    assert isinstance(page, Page)
    html = render_page(page).before
    assert html.count("<ul") == html.count("</ul>") == 1_000
    assert html.count("<li>") == html.count("</li>") == 1_002
    assert html.count("</ul>\n</li>\n" * 997 + "<li>") == 1  # back from the deepest to `last`
    assert html.index('data-tag="t999"') < html.index('data-tag="last"')


def test_a_long_list_is_cut_into_pages(log: Notebook) -> None:
    note = log.published[0]
    pages = tuple(paginate("tags/a/", [note] * 201))
    assert [(page.address, len(page.items)) for page in pages] == [
        ("tags/a/", 100),
        ("tags/a/page/2/", 100),
        ("tags/a/page/3/", 1),
    ]
    assert [page.links for page in pages] == [
        PageLinks(1, 3, "", "tags/a/page/2/"),
        PageLinks(2, 3, "tags/a/", "tags/a/page/3/"),
        PageLinks(3, 3, "tags/a/page/2/", ""),
    ]
    assert list(paginate("tags/a/", ())) == [ListPage("tags/a/", (), None)]


def test_only_the_first_page_of_a_tag_has_an_overview() -> None:
    files = {f"n{number}.md": work("", tags="[moe]") for number in range(101)}
    long = notebook({"tags.yml": TAGS, **files})
    view = view_tag(long, "tags/moe/page/2/")
    assert view.overview is None
    assert view.parts == (Part("Notes, newest first", "notes"),)
    assert len(view.notes) == 1
    assert render_page(Page("tags/moe/page/2/", "MoE", "tag.html", lambda: view)).margin == ""


def test_a_note_on_its_own_has_nothing_in_its_margin() -> None:
    lone = notebook({"a.md": work("Text.", title="A")})
    page = next(notes.make_outputs(lone, SITE))
    assert isinstance(page, Page)
    assert render_page(page).margin == ""


def test_a_quote_has_the_formulas_of_its_sentence_apart() -> None:
    log = notebook(
        {
            "a.md": work("", title="On $k$-means"),
            "b.md": work("By [[a]] and $x^2$ or $\\nope$.", title="B", url="https://b.example/"),
        }
    )
    note = log.by_path["b.md"]
    quote = make_quote(note, note.links[0].span, log)
    assert len(quote.formulas) == 3
    assert quote.formulas[2] == "$\\nope$"
    assert quote.marked == "On \U000f0000-means"
    assert quote.after == " and \U000f0001 or \U000f0002."
