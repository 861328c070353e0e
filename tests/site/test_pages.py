"""What stands on the pages of a small log, and that nothing a note says can be more than text."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import TypeGuard
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.search.parser import parse_query
from readinglog.site.page import Attachment, CardImage, DataFile, DataFolder, Site
from readinglog.site.views import feeds
from support.pages import ShownPage, compile_shown, read_folder
from support.worlds import notebook, work

FORGE = "https://forge.example"
SITE = Site(
    "A log",
    "https://example.org/log/",
    "What was read.",
    f"{FORGE}/edit/main/notes/{{path}}",
    f"{FORGE}/issues/new?title={{title}}",
)
TAGS = """
moe: {name: MoE, summary: Experts., aliases: [mixture of experts]}
routing: {parent: moe, summary: Choosing them.}
kernels: {}
"""
HOSTILE = '<script>alert("x")</script>&{% raw %}{{ config'


def is_page(output: object) -> TypeGuard[ShownPage]:
    return isinstance(output, ShownPage)


def small_log() -> Notebook:
    return notebook(
        {
            "tags.yml": TAGS,
            "switch.md": work(
                "## How it works\n\nSimpler than [[sparse|the sparse layer]]. See also [[gshard]] and [[arxiv:2510.26788]].\n",
                title="Switch Transformers",
                tags="[routing]",
                published="2021-01",
                authors="[Ada Adams, Bo Bell, et al.]",
                builds_on="[sparse]",
                arxiv='"2101.03961v2"',
                url="https://arxiv.org/abs/2101.03961",
                redirect_from="[switch-transformer]",
            ),
            "deep/sparse.md": work(
                "The first. [[switch#How it works]] came later. ![](loss.png)",
                title="Sparse layers",
                tags="[MoE]",
                url="https://a.example/s",
            ),
            "deep/loss.png": "",
            "hub.md": work(
                "Read [[sparse]] first.",
                title="Experts",
                kind="topic",
                tags="[moe]",
                authors="",
                url="",
            ),
            "hidden.md": work(
                "[[sparse]]", title="Not yet", draft="true", url="https://a.example/h"
            ),
            "later.md": work(
                "",
                title="Later",
                status="to-read",
                tags="[kernels]",
                url="https://a.example/l",
                date="2026-10-01",
            ),
        }
    )


@pytest.fixture(scope="module")
def site() -> dict[str, ShownPage | DataFile | Attachment]:
    return {
        output.address if isinstance(output, ShownPage) else output.path: output
        for output in compile_shown(small_log(), SITE)
        if not isinstance(output, DataFolder)
    }


def whole(page: object) -> str:
    assert isinstance(page, ShownPage)
    return f"{page.before}{page.body}{page.after}"


def data(site: dict[str, ShownPage | DataFile | Attachment], path: str) -> str:
    output = site[path]
    assert isinstance(output, DataFile)
    return output.text


def test_every_published_note_has_a_page_wherever_its_file_lies(site: dict[str, ShownPage]) -> None:
    notes = {
        address
        for address in site
        if address.startswith("notes/") and isinstance(site[address], ShownPage)
    }
    assert notes == {"notes/switch/", "notes/sparse/", "notes/hub/", "notes/later/"}


def test_a_draft_appears_nowhere(site: dict[str, ShownPage]) -> None:
    for output in site.values():
        text = whole(output) if isinstance(output, ShownPage) else getattr(output, "text", "")
        assert "Not yet" not in text.replace("Not yet written", "")
    for output in compile_shown(small_log(), SITE):
        files = read_folder(output) if isinstance(output, DataFolder) else {}
        for text in files.values():
            assert "Not yet" not in text


def test_a_note_shows_its_card(site: dict[str, ShownPage]) -> None:
    card = site["notes/switch/"].before
    assert '<h1 dir="auto">Switch Transformers</h1>' in card
    assert (
        '<a href="../../authors/ada-adams/" dir="auto">Ada Adams</a>, '
        '<a href="../../search/?q=author:%22Bo%20Bell%22" dir="auto">Bo Bell</a> et al.' in card
    )
    assert '<a href="https://arxiv.org/pdf/2101.03961v2">PDF</a>' in card
    assert (
        '<a class="rl-tag" data-tag="routing" data-hue="1" href="../../tags/routing/">routing</a>'
        in card
    )
    assert "What to remember." in card


def test_links_become_addresses_and_labels_stay(site: dict[str, ShownPage]) -> None:
    body = site["notes/switch/"].body
    assert "[the sparse layer](../sparse/){.rl-link}" in body
    assert "(../../wanted/#gshard){.rl-wanted}" in body
    assert "(https://arxiv.org/abs/2510.26788){.rl-outside}" in body
    assert "(../switch/#how-it-works)" in site["notes/sparse/"].body
    assert "![](../deep/loss.png)" in site["notes/sparse/"].body


def test_backlinks_show_the_sentence_with_the_link_marked(site: dict[str, ShownPage]) -> None:
    after = site["notes/sparse/"].after
    assert "Simpler than <mark>the sparse layer</mark>." in after
    assert "Read <mark>Sparse layers</mark> first." in after
    built_on = after.partition("<h3>Built on by</h3>")[2].partition("</ul>")[0]
    assert 'href="../switch/">Switch Transformers</a>' in built_on


def test_a_note_says_what_to_read_before_it(site: dict[str, ShownPage]) -> None:
    section = site["notes/switch/"].after.partition("<h3>Read first")[2].partition("</ol>")[0]
    assert "Sparse layers" in section
    assert "1 min" in section


def test_a_note_can_be_edited_where_its_file_is(site: dict[str, ShownPage]) -> None:
    after = site["notes/sparse/"].after
    assert (
        f'<a rel="edit" href="{FORGE}/edit/main/notes/deep/sparse.md">Edit this note</a>' in after
    )
    assert f'<a href="{FORGE}/issues/new?title=sparse%3A%20">Report a problem</a>' in after


def test_a_tag_has_its_hub_its_sub_tags_and_all_notes_below_it(site: dict[str, ShownPage]) -> None:
    page = site["tags/moe/"]
    assert "Read [Sparse layers](../../notes/sparse/)" in page.body
    assert 'href="../routing/">routing</a>\u00a0<small>(1)</small>' in page.before
    assert "Switch Transformers" in page.after
    assert "Sparse layers" in page.after
    assert page.feed == "tags/moe/feed.xml"


def test_a_tag_without_notes_says_so() -> None:
    empty = {
        e.address: e
        for e in compile_shown(notebook({"tags.yml": TAGS, "a.md": work(tags="[moe]")}), SITE)
        if isinstance(e, ShownPage)
    }
    assert "Nothing is tagged <q>routing</q> yet;" in empty["tags/routing/"].after


def test_the_log_has_a_page_a_month(site: dict[str, ShownPage]) -> None:
    assert "Later" in site["log/2026-10/"].before
    assert "Later" not in site["log/2026-11/"].before
    october = 'href="2026-10/">Oct</a> <small>(1)</small>'
    assert october in site["log/"].before
    assert 'href="./" aria-current="true">Oct</a>' in site["log/2026-10/"].before


def test_wanted_lists_what_is_linked_and_not_written(site: dict[str, ShownPage]) -> None:
    wanted = site["wanted/"].before
    assert '<li id="gshard">' in wanted
    assert '<a href="https://arxiv.org/abs/2510.26788">arxiv:2510.26788</a>' in wanted
    assert 'id="rl:to-read"' in wanted
    assert "Later" in wanted


def test_an_author_of_several_works_has_a_page_with_them(site: dict[str, ShownPage]) -> None:
    page = site["authors/ada-adams/"].before
    assert "Switch Transformers" in page
    assert "Sparse layers" in page
    assert not {"authors/bo-bell/", "authors/et-al/"} & site.keys()


def test_a_former_name_leads_to_the_note(site: dict[str, DataFile]) -> None:
    assert 'http-equiv="refresh" content="0; url=../switch/"' in data(
        site, "notes/switch-transformer/index.html"
    )


def test_attachments_are_published_beside_the_notes(site: dict[str, Attachment]) -> None:
    assert site["notes/deep/loss.png"] == Attachment("notes/deep/loss.png", "deep/loss.png")


@pytest.mark.parametrize("path", ["feed.xml", "tags/moe/feed.xml"])
def test_atom_is_well_formed_and_complete(site: dict[str, DataFile], path: str) -> None:
    root = ET.fromstring(data(site, path).encode())  # noqa: S314 - of our own making
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    assert entries
    for element in (root, *entries):
        assert all(element.find(f"{atom}{name}") is not None for name in ("id", "title", "updated"))
    assert all(
        (entry.findtext(f"{atom}id") or "").startswith("https://example.org/log/notes/")
        for entry in entries
    )


def test_the_json_feed_has_its_version_and_items(site: dict[str, DataFile]) -> None:
    feed = json.loads(data(site, "feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {item["title"] for item in feed["items"]} == {
        "Switch Transformers",
        "Sparse layers",
        "Experts",
        "Later",
    }


def test_feeds_name_the_writer_of_the_log_as_the_author_of_entries() -> None:
    log = small_log()
    atom = "{http://www.w3.org/2005/Atom}"
    for site, writer in ((SITE._replace(author="Eve Writer"), "Eve Writer"), (SITE, "A log")):
        files = {file.path: file for file in feeds.make_outputs(log, site)}
        root = ET.fromstring(data(files, "feed.xml").encode())  # noqa: S314 - of our own making
        for element in (root, *root.findall(f"{atom}entry")):
            names = [name.text for name in element.findall(f"{atom}author/{atom}name")]
            assert names == [writer]
        feed = json.loads(data(files, "feed.json"))
        assert all(shown["authors"] == [{"name": writer}] for shown in (feed, *feed["items"]))
    [switch] = (item for item in feed["items"] if item["title"] == "Switch Transformers")
    assert switch["content_text"] == "Ada Adams, Bo Bell et al., 2021. What to remember."
    [hub] = (item for item in feed["items"] if item["title"] == "Experts")
    assert hub["content_text"] == "What to remember."


def test_feeds_name_who_wrote_a_note_as_the_author_of_its_entry() -> None:
    log = notebook({"a.md": work(by="[Ada <b>, Bo]"), "b.md": work(url="https://a.example/b")})
    files = {file.path: file for file in feeds.make_outputs(log, SITE._replace(author="Eve"))}
    items = {item["id"][-2]: item for item in json.loads(data(files, "feed.json"))["items"]}
    assert items["a"]["authors"] == [{"name": "Ada <b>"}, {"name": "Bo"}]
    assert items["b"]["authors"] == [{"name": "Eve"}]
    assert "<author><name>Ada &lt;b&gt;</name></author>\n<author><name>Bo</name></author>" in data(
        files, "feed.xml"
    )


def test_without_the_address_of_the_site_ids_in_feeds_are_stable() -> None:
    def list_ids(name: str) -> list[str]:
        files = {file.path: file for file in feeds.make_outputs(small_log(), Site(name))}
        feed = json.loads(data(files, "feed.json"))
        root = ET.fromstring(data(files, "feed.xml").encode())  # noqa: S314 - of our own making
        ids = [found.text or "" for found in root.iter("{http://www.w3.org/2005/Atom}id")]
        assert ids[1:] == [item["id"] for item in feed["items"]]
        return ids

    ids = list_ids("A log")
    assert all(
        re.fullmatch(
            r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}", one
        )
        for one in ids
    )
    assert ids == list_ids("A log")
    assert not set(ids) & set(list_ids("Another"))
    assert len(set(ids)) == len(ids)


def test_bibtex_and_csl_name_the_works_but_no_topics(site: dict[str, DataFile]) -> None:
    bib = data(site, "bibliography.bib")
    assert re.findall(r"^@\w+\{(.*),$", bib, re.MULTILINE) == ["later", "sparse", "switch"]
    assert "author = {Ada Adams and Bo Bell and others}" in bib
    assert "eprint = {2101.03961}" in bib
    csl = json.loads(data(site, "bibliography.json"))
    assert {"family": "Bell", "given": "Bo"} in next(
        item for item in csl if item["id"] == "switch"
    )["author"]


def test_notes_and_graph_are_json_that_agree(site: dict[str, DataFile]) -> None:
    notes = {entry["name"]: entry for entry in json.loads(data(site, "notes.json"))["notes"]}
    graph = json.loads(data(site, "graph.json"))
    assert (
        notes.keys()
        == {node["name"] for node in graph["nodes"]}
        == {"switch", "sparse", "hub", "later"}
    )
    assert notes["switch"]["url"] == "https://example.org/log/notes/switch/"
    assert {"from": "switch", "to": "sparse", "relation": "builds_on"} in graph["edges"]
    assert {"from": "hub", "to": "sparse", "relation": "mentions"} in graph["edges"]


class Tags(HTMLParser):
    """The elements of a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]


def test_hostile_fields_are_text_everywhere() -> None:
    quoted = json.dumps(HOSTILE)
    fields = dict.fromkeys(("title", "summary", "venue"), quoted) | {
        "authors": f"[{quoted}]",
        "tags": f"[{quoted}]",
        "aliases": f"[{quoted}]",
    }
    files = {
        "a.md": work("[[b]]", **fields, code="javascript:alert(1)"),
        "b.md": work("[[a]]", url="javascript:alert(2)"),
    }
    for output in compile_shown(notebook(files), SITE):
        if isinstance(output, ShownPage):
            assert "script" not in Tags(f"{output.before}{output.after}").seen, output.address
            assert 'href="javascript:' not in whole(output)
            assert "<script" not in output.body
        elif isinstance(output, DataFile) and output.path.endswith(".xml"):
            ET.fromstring(output.text.encode())  # noqa: S314 - of our own making


def test_a_long_tag_is_cut_into_pages_that_lead_to_one_another() -> None:
    files = {
        f"note-{number}.md": work(title=f"Note {number}", url=f"https://a.example/{number}")
        for number in range(230)
    }
    pages = {e.address: e for e in compile_shown(notebook(files), SITE) if isinstance(e, ShownPage)}
    assert {a for a in pages if a.startswith("tags/moe/")} == {
        "tags/moe/",
        "tags/moe/page/2/",
        "tags/moe/page/3/",
    }
    shown = "".join(
        str(pages[a].after) for a in ("tags/moe/", "tags/moe/page/2/", "tags/moe/page/3/")
    )
    assert all(f">Note {number}</a>" in shown for number in range(230))
    assert 'rel="next" href="../3/"' in pages["tags/moe/page/2/"].after


def test_a_heading_that_repeats_the_title_goes_and_links_to_it_still_lead_there() -> None:
    files = {
        "a.md": work("# A work\n\nText.", title="A work"),
        "b.md": work("[[a#A work]]", title="B", url="https://a.example/b"),
    }
    pages = {e.address: e for e in compile_shown(notebook(files), SITE) if isinstance(e, ShownPage)}
    assert pages["notes/a/"].body == "Text."
    assert '<h1 id="a-work" dir="auto">A work</h1>' in pages["notes/a/"].before
    assert "(../a/#a-work)" in pages["notes/b/"].body


def test_an_empty_log_still_has_its_pages() -> None:
    pages = {e.address: e for e in compile_shown(notebook({}), SITE) if isinstance(e, ShownPage)}
    assert "No notes yet." in pages["log/"].before
    assert "No note has a tag yet." in pages["tags/"].before


def test_the_same_notes_make_the_same_pages() -> None:
    def make(output: ShownPage | DataFile | DataFolder | Attachment | CardImage) -> object:
        match output:
            case DataFile():
                return output.path, output.text
            case DataFolder():
                return output.path, read_folder(output)
        return output

    once, again = (list(map(make, compile_shown(small_log(), SITE))) for _ in range(2))
    assert once == again


def test_every_query_that_a_page_offers_can_be_read(site: dict[str, ShownPage]) -> None:
    shown = "".join(
        page.before + page.after for page in site.values() if isinstance(page, ShownPage)
    )
    offered = [
        unescape(unquote(query))
        for query in re.findall(r'href="(?:[^"]*search|\.)/\?q=([^"]*)"', shown)
    ]
    assert len(offered) > 10
    for query in offered:
        parse_query(query)


def test_the_words_that_home_offers_can_be_read_whatever_a_tag_is_called() -> None:
    tags = 'root: {}\nnarrow: {name: "NOT (a:\\"b OR", parent: root}\n'
    home = next(
        iter(compile_shown(notebook({"tags.yml": tags, "a.md": work(tags="[narrow]")}), SITE))
    )
    offered = re.findall(r'href="[^"]*search/\?q=([^"]*)"', whole(home))
    assert offered[0] == "not%20a%20b%20or"
    for query in offered:
        parse_query(unescape(unquote(query)))


def test_a_site_links_to_no_page_that_its_settings_leave_out() -> None:
    claims = (
        "- So. [at:: 1] [result:: bits on C4 = 1] [disputes:: [[b#^not]]] ^so\n",
        "- Not so. [at:: 2] [checked:: full] ^not\n",
    )
    log = notebook({"a.md": work(claims[0], title="A"), "b.md": work(claims[1], title="B")})
    left_out = re.compile("/(?:graph|stats|claims|disputes|results)/")
    whole = {page.address: page for page in compile_shown(log, Site("A log")) if is_page(page)}
    assert len(list(filter(left_out.search, (f"/{address}" for address in whole)))) > 4
    site = Site("A log", has_map=False, has_statistics=False, has_claims=False)
    for page in filter(is_page, compile_shown(log, site)):
        assert not left_out.search(f"/{page.address}")
        assert not left_out.search(f"{page.before}{page.after}"), page.address
    files = {output.path: output for output in compile_shown(log, site) if hasattr(output, "path")}
    assert not [path for path in files if left_out.search(f"/{path}")]


# How to add a note
# -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "what_happens"),
    [
        (Site("A log"), "this page sends it nowhere."),
        (
            Site("A log", repository="https://code.example/o/log"),
            'folder of <a href="https://code.example/o/log">code.example/o/log</a> and open a pull',
        ),
        (
            Site(
                "A log",
                new_pattern="https://github.com/o/log/new/main/notes?filename={name}.md",
                repository="https://github.com/o/log",
            ),
            '“Open GitHub” takes it to <a href="https://github.com/o/log">github.com/o/log</a>, as',
        ),
    ],
)
def test_the_form_says_what_happens_to_what_is_written(site: Site, what_happens: str) -> None:
    pages = {page.address: page for page in compile_shown(notebook({}), site) if is_page(page)}
    assert what_happens in pages["contribute/"].before
