"""Real builds: MkDocs through the plugin, and the written-out tree with either engine, of a small
log of hostile notes.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import quote, unquote, urljoin, urlsplit
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest

from support.packed_files import unpack
from support.program import decode, run_program
from support.site_builds import build_once, shared_folder
from support.worlds import work

BIN = Path(sys.executable).parent
BASE = "https://example.org/log/"
CONFIG = f"""\
site_name: !ENV [LOG_NAME, "A log & more"]
site_url: {BASE}
docs_dir: notes
theme:
  name: material
  font: false
  features: [navigation.tabs, toc.follow]
plugins:
  - readinglog
nav:
  - Home: index.md
  - Log: log/index.md
  - Tags: tags/index.md
"""
MARKUP = "<script>alert(1)</script> & {% raw %} {# no #} <b>bold</b>"
TEMPLATE = """\
# Another heading {{ config }}

Text {{ page.title }}, *emphasis*{{ x }}, `{{ code }}` and [a link](plain.md){% if x %} [a draft](later.md) [by reference][draft].
{% raw %}

## The {{ x }} part

## Own anchor {#chosen}

- one {% include "x" %}

| a | b |
|---|---|
| {{ y }} | {% z %} |

[draft]: later.md "Title"

Raw <think>hm</think> and $x^2 < y$.
"""
PLAIN = """\
Note: this paper begins like metadata.
Tags: so does this.

See [[hostile#The {{ x }} part]], [[hostile#chosen|there]], [the data](deep/data.csv), [[#Größe 量]], [[later]], [[gone]].

![a figure](deep/a%20figure.png)

![[two words]]

## Größe 量

$$
\\int_0^1 x
$$

A footnote[^1].

[^1]: With [[hostile]].
"""

# The results of a query: by itself, in a list and in a quote.
QUERIES = """\
```query
"</code><script>alert(4)</script>{{ x }} `$x$`" OR tag:routing
```

- An item

    ```query
    tag:c
    ```

> ```query
> nothing-of-the-kind
> ```

[[hostile]]
"""


def log() -> dict[str, str | bytes]:
    """A small log in which much is meant to hurt. It holds the slips that a build must survive."""
    return sound_log() | {
        "notes/stops.md": work(
            "Body.",
            title="Stops",
            url="https://a.example/3",
            template="x.html",
            icon="no/such",
            hide="5",
            search="x",
        ),
        "notes/later.md": work(
            "Hidden text.", title="A draft", draft="true", url="https://a.example/4"
        ),
        "notes/plain.md": work("The first plain.", title="Plain", url="https://a.example/10"),
        "notes/deep/plain.md": work(
            "The other plain.", title="Second plain", url="https://a.example/5"
        ),
        "notes/broken.md": "---\ntitle: Broken: twice\ntags: [moe\n---\nStill here. [[hostile]]\n",
        "notes/bare.md": "Nothing but a line.\n",
        "notes/zeros.md": b"---\ntitle: x\n---\n\0\n",
        "notes/markup.md": work(
            "<script>alert(2)</script>\n\n<iframe src=x></iframe>\n\n[x](javascript:alert(3))",
            url="https://a.example/6",
        ),
    }


def sound_log() -> dict[str, str | bytes]:
    """The part of the log that no rule finds an error in."""
    fields = {"tags": "[routing, moe]", "redirect_from": "[old-name]"}
    return {
        "notes/tags.yml": 'moe: {name: "MoE <i>&", summary: Experts.}\nrouting: {parent: moe}\nc: {name: C++}\n',
        "notes/hostile.md": work(
            "Before.\n\n[[plain-words]]",
            title="The hostile one",
            url="https://a.example/1",
            **fields,
        ),
        "notes/plain-words.md": work(
            "[[hostile]] and [[two words|more]].", title="Plain words", url="https://a.example/2"
        ),
        "notes/asking.md": work(
            QUERIES,
            title="What is asked",
            kind="topic",
            tags="[c]",
            authors="",
            url="",
            query="tag:moe sort:published",
        ),
        "notes/deep/two words.md": work(
            "[[hostile]].", title="Two words", url="https://a.example/7", tags="[c]"
        ),
        "notes/deep/data.csv": "a,b\n",
        "notes/deep/a figure.png": b"\x89PNG",
    }


class Html(HTMLParser):
    """What the tests ask of a page: its title, its links, ids and words, and which of them stand in
    the article.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title = ""
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.article: dict[str, list[str]] = {"hrefs": [], "ids": [], "words": [], "tags": []}
        self.edit = ""
        self._path: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._path.append(tag)
        hrefs = [given[name] for name in ("href", "src") if name in given]
        self.hrefs += hrefs
        self.ids += [given["id"]] if "id" in given else []
        if given.get("rel") == "edit":
            self.edit = given["href"]
        if "article" in self._path and not given.get("id", "").startswith("__"):
            self.article["hrefs"] += hrefs
            self.article["ids"] += [given["id"]] if "id" in given else []
            self.article["tags"].append(tag)
            assert not [name for name in given if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._path:
            del self._path[len(self._path) - 1 - self._path[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._path[-1:] == ["title"] and "svg" not in self._path:
            self.title += data
        if "article" in self._path:
            self.article["words"] += data.split()

    def resolved(self, at: str) -> dict[str, list[str]]:
        """The article with its links as whole addresses: engines write the same one in more than
        one way.
        """
        return self.article | {
            "hrefs": [unquote(urljoin(at, href)) for href in self.article["hrefs"]]
        }


class Built(NamedTuple):
    """A built site."""

    site: Path

    def files(self, pattern: str) -> set[str]:
        return {
            path.relative_to(self.site).as_posix()
            for path in self.site.rglob(pattern)
            if path.is_file()
        }

    def pages(self) -> dict[str, Html]:
        return {path: _html(self.site / path) for path in sorted(self.files("*.html"))}

    def page(self, address: str) -> Html:
        return _html(self.site / address / "index.html")


@cache
def _html(file: Path) -> Html:
    return Html(file.read_text(encoding="utf-8"))


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for path, data in {"mkdocs.yml": CONFIG, **files}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data if isinstance(data, bytes) else data.encode())
    return root


def run(root: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    known = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CI", "GITHUB_", "LOG_", "SITE_", "SOURCE_DATE"))
    }
    command = [str(BIN / words[0]), *words[1:]]
    return decode(
        run_program(command, root, known | {"NO_MKDOCS_2_WARNING": "1"} | env, timeout=100)
    )


def hostile_log() -> dict[str, str | bytes]:
    return log() | {
        "notes/hostile.md": work(
            TEMPLATE,
            title=f'"{MARKUP}"',
            aliases="['<img src=x>']",
            url="https://a.example/1",
            redirect_from="[old-name]",
        ),
        "notes/first-line.md": work(
            PLAIN, title="First line", url="https://a.example/8", tags="[routing, c]"
        ),
    }


BUILDS = {
    "plugin": ("mkdocs", "build", "--site-dir", "site"),
    "mkdocs": ("readinglog", "build", "--engine", "mkdocs"),
    "zensical": ("readinglog", "build", "--engine", "zensical"),
}


@pytest.fixture(scope="module")
def build_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Builds the hostile log in one of the ways, once."""

    @cache
    def build(way: str) -> Built:
        if way == "zensical" and importlib.util.find_spec("zensical") is None:
            pytest.skip(
                "zensical is not installed: it is an optional extra, `pip install readinglog[zensical]`"
            )

        def build_site(folder: Path) -> Path:
            done = run(write(folder, hostile_log()), *BUILDS[way])
            assert done.returncode == 0, done.stdout + done.stderr
            return folder / "site"

        shared = shared_folder(tmp_path_factory.getbasetemp())
        return Built(build_once(shared / f"hostile-{way}", build_site))

    return build


@pytest.fixture(params=BUILDS)
def built(request: pytest.FixtureRequest, build_of: Callable[[str], Built]) -> Built:
    return build_of(request.param)


@pytest.mark.parametrize("way", ["mkdocs", "zensical"])
def test_every_build_has_the_same_pages_and_files(
    build_of: Callable[[str], Built], way: str
) -> None:
    one, other = build_of("plugin"), build_of(way)
    assert one.files("*.html") == other.files("*.html")
    for pattern in ("*.xml", "*.json", "*.bib", "*.csv", "*.png"):
        own = {"search.json", "assets/images/favicon.png"}  # of the engine or its theme
        assert one.files(pattern) - own == other.files(pattern) - own
    for path in ("feed.xml", "notes.json", "graph.json", "bibliography.bib", "notes/deep/data.csv"):
        assert (one.site / path).read_bytes() == (other.site / path).read_bytes()


@pytest.mark.parametrize("way", ["mkdocs", "zensical"])
def test_every_build_has_the_same_titles_links_anchors_and_words(
    build_of: Callable[[str], Built], way: str
) -> None:
    one, other = build_of("plugin").pages(), build_of(way).pages()
    for path in one.keys() - {"404.html"}:
        assert one[path].title == other[path].title, path
        at = BASE + path.removesuffix("index.html")
        assert one[path].resolved(at) == other[path].resolved(at), path


def _lead_nowhere(site: Built) -> Iterator[str]:
    """The links of the site to itself that lead to no file, or to no id on the page."""
    for path, page in site.pages().items():
        for href in page.hrefs:
            whole = urlsplit(urljoin(BASE + path.removesuffix("index.html"), href))
            if not whole.geturl().startswith(BASE) or whole.geturl() == f"{BASE}search/":
                continue
            target = unquote(whole.path).removeprefix(urlsplit(BASE).path)
            file = site.site / target / ("index.html" if target.endswith("/") or not target else "")
            if not file.is_file():
                yield f"{path}: {href}"
            elif (
                whole.fragment
                and file.suffix == ".html"
                and unquote(whole.fragment) not in _html(file).ids
            ):
                yield f"{path}: {href} has no such anchor"


def test_every_link_and_anchor_leads_somewhere(built: Built) -> None:
    assert sorted(set(_lead_nowhere(built))) == []


def test_no_page_asks_another_host_for_anything(built: Built) -> None:
    for path in built.files("*.html"):
        text = (built.site / path).read_text(encoding="utf-8")
        loads = re.findall(
            r'<(?:script|img|iframe|source)[^>]*\ssrc="([^"]+)"|<link[^>]*rel="(?:stylesheet|preload|preconnect)"[^>]*href="([^"]+)"',
            text,
        )
        addresses = [href for pair in loads for href in pair]
        assert [href for href in addresses if "//" in href] == [], path


def test_what_a_note_says_is_text(built: Built) -> None:
    page = built.page("notes/hostile")
    words = " ".join(page.article["words"])
    assert page.title == f"{MARKUP} · A log & more"
    for text in (
        MARKUP,
        "{{ page.title }}",
        "{{ x }}",
        "{{ code }}",
        "{% raw %}",
        "{% if x %}",
        "{{ y }}",
        "{% z %}",
        "<think>hm</think>",
    ):
        assert text in words
    for path, other in built.pages().items():
        assert not {"script", "iframe", "object", "style"} & set(other.article["tags"]), path
        assert not [href for href in other.hrefs if href.startswith("javascript:")], path
    assert "<script>alert(2)</script>" in " ".join(built.page("notes/markup").article["words"])


def test_a_query_in_a_note_is_a_table_of_what_it_finds(built: Built) -> None:
    page = built.page("notes/asking")
    words = " ".join(page.article["words"])
    assert '"</code><script>alert(4)</script>{{ x }} `$x$`" OR tag:routing' in words
    assert "0 notes found by nothing-of-the-kind" in words
    assert page.article["tags"].count("table") == 3
    assert "```" not in words
    query = quote('"</code><script>alert(4)</script>{{ x }} `$x$`" OR tag:routing', safe=":")
    assert f"../../search/?q={query}" in page.hrefs
    for file in ("feed.xml", "feed.json", "bibliography.bib", "bibliography.json", "notes.json"):
        assert (built.site / "notes/asking" / file).is_file()


def test_headings_have_the_anchors_that_were_checked(built: Built) -> None:
    assert {"the-x-part", "chosen", "another-heading-config"} <= set(
        built.page("notes/hostile").article["ids"]
    )
    hrefs = built.page("notes/bare").hrefs + built.page("notes/hostile").hrefs
    assert "../../tags/moe/" in hrefs


def test_a_first_line_that_looks_like_metadata_stays(built: Built) -> None:
    assert "Note: this paper begins like metadata. Tags: so does this." in " ".join(
        built.page("notes/first-line").article["words"]
    )


def test_of_two_notes_with_one_name_that_in_a_folder_has_it_in_its_address(built: Built) -> None:
    assert built.page("notes/plain").title == "Plain · A log & more"
    assert built.page("notes/deep/plain").title == "Second plain · A log & more"


def test_front_matter_that_an_engine_knows_does_nothing(built: Built) -> None:
    page = built.page("notes/stops")
    assert page.title.startswith("Stops · ")
    assert page.article["words"][:1] == ["Stops"]


def test_broken_notes_have_pages_and_drafts_have_none(built: Built) -> None:
    pages = [path for path in built.files("index.html") if path.startswith("notes/")]
    notes = {path.removeprefix("notes/").removesuffix("/index.html") for path in pages}
    assert notes == {
        "hostile",
        "plain",
        "deep/plain",
        "first-line",
        "plain-words",
        "two words",
        "stops",
        "broken",
        "bare",
        "zeros",
        "markup",
        "old-name",
        "asking",
    }
    assert "Still here. The" not in built.page("notes/broken").article["words"]
    assert {"Still", "here."} <= set(built.page("notes/broken").article["words"])
    for path in built.files("*.*"):
        assert not re.search(rb"Hidden text|A draft", (built.site / path).read_bytes()), path


def test_a_former_name_leads_on(built: Built) -> None:
    text = (built.site / "notes/old-name/index.html").read_text(encoding="utf-8")
    assert 'http-equiv="refresh" content="0; url=../hostile/"' in text


def test_attachments_are_published(built: Built) -> None:
    assert (built.site / "notes/deep/data.csv").read_text(encoding="utf-8") == "a,b\n"
    assert (built.site / "notes/deep/a figure.png").read_bytes() == b"\x89PNG"
    assert {path.removeprefix("notes/").removesuffix(".md") for path in built.files("*.md")} < {
        path.removeprefix("notes/").removesuffix("/index.html").rstrip("/")
        for path in built.pages()
        if path.startswith("notes/")
    }  # the notes as they are written, of those that have a page and can be read
    assert not built.files("tags.yml")


def test_the_navigation_lists_no_note(built: Built) -> None:
    for path, page in built.pages().items():
        outside = list(page.hrefs)
        for href in page.article["hrefs"]:
            outside.remove(href)
        if not page.article["tags"]:  # a former name, which leads on
            continue
        own = BASE + quote(path.removesuffix("index.html"))
        feed = f"{own}feed.xml"  # of the query of the note itself
        targets = {urljoin(own, href).partition("#")[0] for href in outside} - {own, feed}
        assert not [target for target in targets if target.startswith(f"{BASE}notes/")], path


def test_the_site_map_names_every_page(built: Built) -> None:
    tree = ET.parse(built.site / "sitemap.xml")  # noqa: S314 - of our own making
    found = {element.text for element in tree.iter() if element.tag.endswith("}loc")}
    redirects = {"notes/old-name/index.html", "404.html"}
    pages = {path.removesuffix("index.html") for path in built.files("*.html") - redirects}
    assert {unquote(str(address)).removeprefix(BASE) for address in found} == pages


def test_the_written_tree_can_stay_and_needs_no_plugin(tmp_path: Path) -> None:
    root = write(tmp_path, sound_log())
    done = run(root, "readinglog", "build", "--tree", "kept", "--site-dir", "public/log")
    assert done.returncode == 0, done.stderr
    assert "the site is in public/log" in done.stdout
    assert (root / "public/log/notes/hostile/index.html").is_file()
    assert not (root / "site").exists()
    assert (
        "readinglog"
        not in (root / "kept/mkdocs.yml")
        .read_text(encoding="utf-8")
        .partition("plugins:")[2]
        .partition("\n")[0]
    )
    again = run(root / "kept", "mkdocs", "build", "--strict", "--site-dir", "again")
    assert again.returncode == 0, again.stderr


# Strictness and repetition
# -----------------------------------------------------------------------------


def test_a_strict_build_passes_on_a_sound_log(tmp_path: Path) -> None:
    done = run(write(tmp_path, sound_log()), "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr


@pytest.mark.parametrize("options", [(), ("--quiet",)], ids=["told", "quiet"])
def test_a_strict_build_stops_at_an_error_in_a_note_and_names_the_line(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    root = write(
        tmp_path,
        sound_log()
        | {"notes/wrong.md": work("[[gone]]", title="Wrong", url="https://a.example/9")},
    )
    (root / ".git").mkdir()
    done = run(root, "mkdocs", "build", "--strict", *options)
    assert done.returncode == 1
    assert "notes/wrong.md:10:1: error: no note is named `gone` [unresolved-link]" in done.stderr
    assert "Traceback" not in done.stderr
    assert run(root, "mkdocs", "build").returncode == 0, (
        "one bad note does not stop the pages of the others"
    )
    assert (root / "site/notes/hostile/index.html").is_file()


def test_a_wrong_setting_stops_the_build_and_is_reported(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        sound_log() | {"pyproject.toml": "[tool.readinglog.severity]\norfan-note = 'error'\n"},
    )
    done = run(root, "mkdocs", "build")
    assert done.returncode == 1
    assert "no rule is named `orfan-note`; did you mean `orphan-note`?" in done.stderr
    assert "Traceback" not in done.stderr


def everything(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def test_the_same_notes_make_the_same_bytes_with_and_without_cache_and_on_another_day(
    tmp_path: Path,
) -> None:
    root = write(tmp_path, hostile_log())
    sites = []
    for _ in range(2):
        assert run(root, "mkdocs", "build", "--quiet").returncode == 0
        sites.append(everything(root / "site"))
    shutil.rmtree(root / ".cache")
    assert (
        run(
            root, "mkdocs", "build", "--quiet", PYTHONHASHSEED="7", SOURCE_DATE_EPOCH="86400"
        ).returncode
        == 0
    )
    sites.append(everything(root / "site"))
    assert sites[0].keys() == sites[1].keys() == sites[2].keys()
    assert [
        path for path in sites[0] if not sites[0][path] == sites[1][path] == sites[2][path]
    ] == []


def test_cached_pages_follow_a_changed_note_a_changed_name_and_a_changed_configuration(
    tmp_path: Path,
) -> None:
    root = write(tmp_path, sound_log())
    assert run(root, "mkdocs", "build", "--quiet").returncode == 0
    note = root / "notes/plain-words.md"
    note.write_text(
        note.read_text(encoding="utf-8").replace("title: Plain words", "title: New words"),
        encoding="utf-8",
    )
    note.rename(root / "notes/new-words.md")
    assert run(root, "mkdocs", "build", "--quiet", LOG_NAME="Renamed").returncode == 0
    site = Built(root / "site")
    _html.cache_clear()
    assert "notes/plain-words/index.html" not in site.files("*.html")
    assert site.page("notes/new-words").title == "New words · Renamed"
    assert site.page("notes/deep/../two words").title == "Two words · Renamed"
    assert "../new-words/" in site.page("notes/hostile").hrefs
    assert "../new-words/" in site.page("notes/asking").hrefs, "found by its query"


def test_the_edit_link_leads_to_the_source_file(tmp_path: Path) -> None:
    root = write(tmp_path, sound_log())
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    subprocess.run(
        ["git", "remote", "add", "origin", "https://ada:s3cr3t@github.com/ada/log.git"],
        cwd=root,
        check=True,
    )
    assert run(root, "mkdocs", "build", "--quiet").returncode == 0
    site = Built(root / "site")
    links = {
        name: site.page(f"notes/{name}").edit for name in ("hostile", "plain-words", "two words")
    }
    assert links["two words"] == "https://github.com/ada/log/edit/main/notes/deep/two%20words.md"
    for link in links.values():
        assert (
            root / unquote(link).removeprefix("https://github.com/ada/log/edit/main/")
        ).is_file()
    assert not [path for path in site.files("*.*") if b"s3cr3t" in (site.site / path).read_bytes()]


def test_every_engine_has_the_same_index_and_catalogue(build_of: Callable[[str], Built]) -> None:
    made = [everything(build_of(way).site) for way in BUILDS]
    kept = [
        {path: data for path, data in site.items() if path.endswith((".json", ".bin"))}
        for site in made
    ]
    assert len({path for path in kept[0] if path.startswith("search/")}) > 5
    for other in kept[1:]:
        assert other.keys() - kept[0].keys() <= {
            "search.json"
        }  # Zensical's own, of which its pages make no use
        assert [path for path in kept[0] if other.get(path) != kept[0][path]] == []


# Preview
# -----------------------------------------------------------------------------


class Preview:
    """A running `mkdocs serve`."""

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        self.url = f"http://127.0.0.1:{port}/log/"
        self.output = (root / "serve.txt").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [str(BIN / "mkdocs"), "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=root,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )

    def get(self, address: str) -> str:
        """The page at an address; '' where none is, or nobody answers yet."""
        return self.get_bytes(address).decode("utf-8", "replace")

    def get_bytes(self, address: str) -> bytes:
        """The file at an address; b'' where none is, or nobody answers yet."""
        try:
            with urlopen(self.url + address, timeout=10) as answer:  # noqa: S310 - our own
                return bytes(answer.read())
        except (URLError, ConnectionError, TimeoutError):
            return b""

    def wait_until(self, address: str, holds: Callable[[str], bool]) -> str:
        """The page once it is as asked for."""
        deadline = time.monotonic() + 120
        while not holds(page := self.get(address)):
            assert self.process.poll() is None, (self.root / "serve.txt").read_text(
                encoding="utf-8"
            )
            assert time.monotonic() < deadline, f"{address} did not follow: " + (
                self.root / "serve.txt"
            ).read_text(encoding="utf-8")
            time.sleep(0.1)
        return page

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    root = write(tmp_path, sound_log())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    serving = Preview(root, port)
    try:
        yield serving
    finally:
        serving.process.terminate()
        serving.process.wait(timeout=60)
        serving.output.close()


def test_the_preview_follows_what_is_edited(preview: Preview) -> None:
    page = "notes/plain-words/"
    preview.wait_until(page, lambda text: "Plain words" in text)

    preview.edit("notes/plain-words.md", "and [[two words|more]]", "and edited [[two words|more]]")
    preview.wait_until(page, lambda text: "and edited" in text)
    assert "and edited" in preview.get("notes/two%20words/"), "backlinks show the sentence"

    preview.wait_until("search/catalogue.bin", bool)
    before = unpack(preview.get_bytes("search/catalogue.bin"))["build_id"]
    assert "plain-words" in unpack(preview.get_bytes("search/links.bin"))["names"]

    preview.edit("notes/tags.yml", "C++", "C sharp")
    preview.wait_until("notes/two%20words/", lambda text: ">C sharp</a>" in text)

    (preview.root / "notes/plain-words.md").rename(preview.root / "notes/other-words.md")
    preview.wait_until("notes/other-words/", lambda text: "Plain words" in text)
    preview.wait_until(page, lambda text: not text)

    preview.edit("notes/other-words.md", "title: Plain words", "title: Broken: words")
    preview.wait_until(
        "notes/other-words/", lambda text: "other-words" in text and ">Plain words</h1>" not in text
    )
    preview.edit("notes/other-words.md", "title: Broken: words", "title: Mended words")
    preview.wait_until("notes/other-words/", lambda text: ">Mended words</h1>" in text)
    assert unpack(preview.get_bytes("search/catalogue.bin"))["build_id"] != before
