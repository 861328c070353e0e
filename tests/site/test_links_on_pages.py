"""The links that are listed of a note are those that its page has, and back."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, unquote, urljoin

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from readinglog.notebook.notebook import Notebook
from readinglog.site.page import PageBase
from readinglog.site.views.note_text import make_body
from support.worlds import notebook, work

PIECES = [
    "[[b]]",
    "[[b|label]]",
    "[[b#Part]]",
    "[[a|[[b]]]]",
    "[[b\n]]",
    "![[p.png]]",
    "[[C#]]",
    "[[b|`x`]]",
    "[x](b.md)",
    "[x](<my note.md>)",
    "[x](my note.md)",
    "![x](my pic.png =30x20)",
    '![x](p.png "title" =30)',
    "![x](<my pic.png> =30)",
    "[x](b.md 'title')",
    "f[x](a and b)",
    " [x]()",  # what becomes of it is its label
    "[x](#)",
    "[x][d]",
    "[d]",
    "[d]:",
    "[d][^n]",
    "[[b]][x]",
    "[[b]][d]",
    "[x] [ D ]",
    "\n[d]: b.md 'title'\n",
    "\n[d]:\n<my note.md>\n",
    "\n[d]: c.md [[b]]\n",
    "\n\n[d]: b.md\n\n",
    "\n\n[d]: c.md\n\n",
    "[![x](p.png)](b.md)",
    '<a href="b.md#part">x</a>',
    "<img src='my pic.png'>",
    "https://example.org/[[b]]",
    "<https://example.org/[[b]]>",
    "[x](https://example.org/[[b]])",
    "<code>[[b]]</code>",
    "`[[b]] [x](b.md)`",
    "$[[b]]$",
    "\\[[b]]",
    "<!-- [[b]] -->",
    "[",
    "]]",
    "](",
    ")",
    "**",
    " ",
    "\n",
    "\n\n",
    "\n- ",
    "\n> ",
    "\n## ",
]
FILES = {
    "b.md": work("## Part", title="B"),
    "c.md": work(title="C"),
    "C#.md": work(title="Sharp"),
    "my note.md": work(title="Mine"),
    "p.png": "",
    "my pic.png": "",
}
BASE = PageBase("notes/a/")
SITE = "https://example.org/log/"
FOLDERS = st.lists(st.sampled_from(["notes", "a", "ab", "a:b", "é", "1%", "#", "?x"]), max_size=4)
ADDRESSES = FOLDERS.map(lambda folders: "".join(f"{folder}/" for folder in folders))
ADDRESS = re.compile(r"<(?:a|img)\b[^>]*? (?:href|src)=\"([^\"]*)\"")
OWN = re.compile(r"<a [^>]*class=\"(?:headerlink|footnote-\w+)\"[^>]*>")


def list_on_page(book: Notebook) -> set[str]:
    """Return the addresses of the links and images on the page of `a.md`, without their fragments."""
    body = make_body(book.by_path["a.md"], book, BASE)
    html = Markdown(extensions=["readinglog.parsing.markdown_extension"]).convert(body)
    found = (unescape(found[1]) for found in ADDRESS.finditer(OWN.sub("", html)))
    return {unquote(address.partition("#")[0]) for address in found}


def list_in_note(book: Notebook) -> tuple[set[str], set[str]]:
    """Return the pages and files that the links of `a.md` lead to, and the addresses out of it."""
    note, inside = book.by_path["a.md"], set()
    for link, resolution in book.links.list_links(note):
        if target := resolution.target:
            inside.add(target.page_name)
        elif file := book.links.find_file(link, note):
            inside.add(file)
    return inside, {unquote(address.url.partition("#")[0]) for address in note.addresses}


@given(ADDRESSES, ADDRESSES, st.sampled_from(["", "curve.png", "a"]))
def test_a_link_leads_from_any_page_to_any_address(page: str, folders: str, file: str) -> None:
    link = PageBase(page).link_to(folders + file)
    assert urljoin(SITE + quote(page), link) == SITE + quote(folders + file)
    assert link.count("../") <= page.count("/")


def test_a_link_leads_up_no_further_than_it_must() -> None:
    assert PageBase("notes/a/").link_to("notes/b/") == "../b/"
    assert PageBase("tags/moe/page/2/").link_to("tags/moe/") == "../../"
    assert PageBase("notes/a/").link_to("notes/a/", "part") == "./#part"
    assert PageBase("notes/a/").link_to("") == "../../"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_the_links_of_a_note_are_those_of_its_page(pieces: list[str]) -> None:
    book = notebook(
        {**FILES, "a.md": work(" ".join(pieces) + "\n\n[^n]: A footnote.\n", title="A")}
    )
    shown = list_on_page(book)
    inside, outside = list_in_note(book)
    pages = {
        address.removeprefix("../").strip("./") or "a"
        for address in shown
        if "://" not in address and "wanted" not in address
    }
    assert {address for address in shown if "://" in address} <= outside
    assert pages <= inside
    assert inside <= pages, "a link that is listed is not on the page"
