"""What the views of a note and of a tag hand to their templates: plain data, without any HTML."""

from __future__ import annotations

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.site.frames import fill_gaps
from readinglog.site.page import Page, Site
from readinglog.site.rendering import render_page
from readinglog.site.views import note as notes
from readinglog.site.views import tags
from readinglog.site.views.citation import make_citation
from readinglog.site.views.connections import Connection, ConnectionGroup
from readinglog.site.views.note import NoteView
from readinglog.site.views.pagination import ListPage, PageLinks, paginate
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
from readinglog.site.views.steps import Step, StepGroup
from readinglog.site.views.tag_sections import TagWork
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
            "hub.md": work(
                "## Start\n\n## Next\n", title="Experts", kind="topic", tags="[moe]", url=""
            ),
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


def test_a_note_has_its_headings_and_links_to_edit_it(log: Notebook) -> None:
    view = view_note(log, "switch")
    assert view.headings == (
        HeadingLink(2, "how", "How"),
        HeadingLink(2, "rl:connections", "Connections"),
        HeadingLink(2, "rl:cite", "Cite"),
    )
    assert view.edit_url == "https://forge.example/switch.md"
    assert view.report_url == ""


def test_each_note_is_connected_once_by_the_strongest_of_its_connections(log: Notebook) -> None:
    path, wanted, hubs = view_note(log, "switch").connections
    sparse = Connection("Sparse", "notes/sparse/", names="sparse", year="2017", minutes=1)
    gshard = Connection("GShard", "notes/gshard/", names="gshard", year="2020", minutes=1)
    assert path == ConnectionGroup(
        "Read first", is_path=True, shown=(sparse, gshard), folded=(), minutes=2
    )
    dense = Connection("dense", "wanted/", "dense")
    assert wanted == ConnectionGroup(
        "Builds on", is_path=False, shown=(dense,), folded=(), minutes=0
    )
    assert (hubs.name, [row.title for row in hubs.shown]) == ("Part of", ["Experts"])


def test_connections_quote_the_sentence_or_say_why(log: Notebook) -> None:
    built_on, hubs, related = view_note(log, "sparse").connections
    assert {row.title: row.quote for row in built_on.shown} == {
        "Switch": Quote("One expert, not two as in ", "that layer", "."),
        "GShard": Quote("It grows ", "Sparse", "."),
    }
    assert [row.title for row in hubs.shown] == ["Experts"]
    assert [(row.title, row.reason) for row in related.shown] == [("BASE", "shares MoE")]
    mentioned = view_note(log, "base").connections[1]
    assert mentioned.name == "Mentioned without a link"
    assert [(row.title, row.quote) for row in mentioned.shown] == [
        ("GShard", Quote("Unlike ", "BASE", ", it has 2 < 3."))
    ]


def test_six_rows_are_shown_and_no_kind_of_connection_hides_another() -> None:
    notes = {f"n{number}.md": work("See [[a]].", title=f"N{number}") for number in range(9)}
    notes |= {f"b{number}.md": work("", title=f"B{number}", builds_on="[a]") for number in range(2)}
    view = view_note(notebook({"a.md": work("", title="A"), **notes}), "a")
    sizes = {group.name: (len(group.shown), len(group.folded)) for group in view.connections}
    assert sizes["Built on by"] == (2, 0)
    assert sum(shown for shown, _ in sizes.values()) == 6
    assert sum(sizes["Cited by"]) == 9


def test_no_fold_hides_a_few_lines_alone() -> None:
    citing = {f"n{number}.md": work("See [[a]].", title=f"N{number}") for number in range(8)}
    view = view_note(notebook({"a.md": work("", title="A"), **citing}), "a")
    assert [(len(group.shown), len(group.folded)) for group in view.connections] == [(8, 0)]
    citing["n7.md"] = work(f"See [[a]]{' and so on' * 25}.", title="N7")
    view = view_note(notebook({"a.md": work("", title="A"), **citing}), "a")
    assert [(len(group.shown), len(group.folded)) for group in view.connections] == [(6, 2)]


def test_a_note_leads_to_those_beside_it_by_date_and_by_topic(log: Notebook) -> None:
    by_date, by_topic = view_note(log, "switch").steps
    assert by_date.steps[0] == Step("Previous", "prev", NoteLink("GShard", "notes/gshard/"))
    assert by_topic == StepGroup(
        "By topic",
        (
            # The previous one is that by date, which is led to already.
            Step("Next in MoE", "", NoteLink("BASE", "notes/base/")),
        ),
    )
    assert [group.name for group in view_note(log, "hub").steps] == ["By date"]


def test_a_step_names_a_work_in_one_line() -> None:
    title = "A title without an end " * 13
    log = notebook({"a.md": work("", title=title, date="2026-10-01"), "b.md": work("", title="B")})
    (group,) = view_note(log, "b").steps
    assert [step.note.title for step in group.steps] == ["A title without an end A title with…"]


def test_the_less_a_note_says_the_less_surrounds_it() -> None:
    citing = {
        f"c{number}.md": work("As [[a]] says, " + "much " * 12, title=f"C{number}")
        for number in range(9)
    }

    def count_shown(words: int) -> int:
        log = notebook({"a.md": work("word " * words, title="A"), **citing})
        return sum(len(group.shown) for group in view_note(log, "a").connections)

    assert [count_shown(words) for words in (10, 120, 200, 900)] == [6, 2, 5, 6]


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
    assert [part.name for part in view.parts] == ["path"]
    assert view.overview.headings == (
        HeadingLink(2, "start", "Start"),
        HeadingLink(2, "next", "Next"),
        HeadingLink(2, "rl:path", "Works"),
    )
    assert view.works
    assert [row.title for row in view.works.rows] == ["Sparse", "GShard", "Switch", "BASE"]
    assert view.page_links is None


def test_the_works_of_a_tag_are_a_table_without_empty_columns(log: Notebook) -> None:
    table = view_tag(log, "tags/moe/").works
    assert table
    assert table.rows[0] == TagWork(
        title="Sparse",
        address="notes/sparse/",
        names="sparse",
        minutes=1,
        year="2017",
        summary="What to remember.",
        result="",
        result_anchor="",
        evidence="",
        cited=2,
        added="2026-11-21",
        added_month="Nov 2026",
    )
    assert table.has_days
    assert (table.has_results, table.has_evidence, table.has_citations) == (False, False, True)
    assert (table.has_years, table.has_ideas) == (True, True)
    bare = notebook({"tags.yml": TAGS, "a.md": work(tags="[moe]", published="", summary="")})
    empty = view_tag(bare, "tags/moe/").works
    assert empty
    assert (empty.has_years, empty.has_ideas) == (False, False)
    assert table.minutes == 4


def test_a_work_shows_its_first_result_and_what_was_read_of_it() -> None:
    body = "- It is so. [at:: 1] ^so\n- Fast. [at:: 2] [result:: time on X = 2 s] ^fast"
    book = notebook({"tags.yml": TAGS, "a.md": work(body, tags="[moe]", basis="abstract")})
    table = view_tag(book, "tags/moe/").works
    assert table
    [row] = table.rows
    assert (row.result, row.result_anchor, row.evidence) == ("2 s: time on X", "^fast", "abstract")
    assert (table.has_results, table.has_evidence, table.has_citations) == (True, True, False)
    assert not table.has_days


def test_ten_works_have_a_map() -> None:
    files = {f"n{number}.md": work("", title=f"N{number}", tags="[moe]") for number in range(10)}
    overview = view_tag(notebook({"tags.yml": TAGS, **files}), "tags/moe/").overview
    assert overview
    assert overview.sections.map
    assert (overview.sections.map.shown, overview.sections.map.total) == (10, 10)


def test_a_tag_without_notes_has_nothing_but_a_place_for_them(log: Notebook) -> None:
    empty = notebook({"tags.yml": 'odd: {name: a "b", summary: ""}'})
    view = view_tag(empty, "tags/odd/")
    assert view.overview
    assert view.parts == (Part("Works", "path"),)
    assert view.works is None
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
    assert html.index(">t999</a>") < html.index(">last</a>")


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
    assert view.parts == (Part("Works", "path"),)
    assert view.works
    assert len(view.works.rows) == 1
    page = Page("tags/moe/page/2/", "MoE", "tag.html", lambda: view)
    assert "rl-contents" not in render_page(page).before


def test_a_note_on_its_own_has_no_contents() -> None:
    lone = notebook({"a.md": work("Text.", title="A")})
    page = next(notes.make_outputs(lone, SITE))
    assert isinstance(page, Page)
    assert "rl-contents" not in render_page(page).before


def test_macros_of_the_log_count_in_titles_and_summaries() -> None:
    log = notebook(
        {
            "readinglog.toml": "[math.macros]\nR = '\\mathbb{R}'\n",
            "a.md": work("![[b]]\n\n```query\ntitle:b\n```\n", title="On $\\R^n$"),
            "b.md": work("See [[a]].", title="B", summary="In $\\R$."),
        }
    )
    page = next(notes.make_outputs(log, SITE))
    assert isinstance(page, Page)
    gaps = fill_gaps(page, SITE._replace(macros=log.macros))
    assert "<msup><mi>ℝ</mi>" in gaps["before"]
    assert page.body.count("In <math><mi>ℝ</mi></math>.") == 2, "on a card, in an answer"
    quote = make_quote(log.by_path["b.md"], log.by_path["b.md"].links[0].span, log)
    assert "ℝ" in quote.formulas[0]


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
