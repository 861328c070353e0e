"""Of two pages or files with the same inputs, both are the same: what changes one changes these."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.site.page import DataFile, Page, Site
from readinglog.site.views import authors, bibliography, data, tag_sections, tags
from readinglog.site.views import note as notes
from readinglog.site.views.pagination import paginate
from support import worlds
from support.paths import SAMPLE
from support.worlds import work

Files = dict[str, str | bytes]
Edit = Callable[[Files, random.Random], None]

_SITE = Site("Clocks", "https://example.org/clocks/")
_NOTES = 12
_EDITED = 6  # of the notes


def _choose(files: Files, chance: random.Random) -> str:
    """Return one of a few notes, so that edits meet in the same ones."""
    return chance.choice(sorted(path for path in files if path.endswith(".md"))[:_EDITED])


def _get_title(files: Files, path: str) -> str:
    found = re.search(r"^title: (.*)$", str(files[path]), re.MULTILINE)
    return found[1].strip("\"'") if found else path.removesuffix(".md")


def _append(files: Files, path: str, text: str) -> None:
    files[path] = f"{files[path]}\n{text}\n"


def _set_field(files: Files, path: str, name: str, value: str) -> None:
    text = re.sub(rf"^{name}:.*\n(?:[ -].*\n)*", "", str(files[path]), count=1, flags=re.MULTILINE)
    files[path] = text.replace("---\n", f"---\n{name}: {value}\n", 1)


def write_more(files: Files, chance: random.Random) -> None:
    _append(files, _choose(files, chance), f"More on this, {chance.randrange(100)} times.")


def repeat_words_of_another_note(files: Files, chance: random.Random) -> None:
    words = re.findall(r"[a-z]{4,}", str(files[_choose(files, chance)]).rpartition("---")[2])
    chosen = chance.sample(words, min(len(words), 5))
    _append(files, _choose(files, chance), " ".join(chosen * 2))


def name_another_note(files: Files, chance: random.Random) -> None:
    other = _get_title(files, _choose(files, chance))
    _append(files, _choose(files, chance), f"Compare {other} for once.")


def link(files: Files, chance: random.Random) -> None:
    other = _choose(files, chance).removesuffix(".md")
    anchor = chance.choice(["", "#What it claims", "#A new heading"])
    _append(files, _choose(files, chance), f"See [[{other}{anchor}]] and [[Nothing at all]].")


def embed(files: Files, chance: random.Random) -> None:
    _append(files, _choose(files, chance), f"![[{_choose(files, chance).removesuffix('.md')}]]")


def add_a_heading(files: Files, chance: random.Random) -> None:
    _append(files, _choose(files, chance), "## A new heading")


def ask(files: Files, chance: random.Random) -> None:
    _append(files, _choose(files, chance), "```query\ntag:escapements\n```")


def relate(files: Files, chance: random.Random) -> None:
    name = chance.choice(["builds_on", "disputes"])
    other = _choose(files, chance).removesuffix(".md")
    _set_field(files, _choose(files, chance), name, f"[{other}]")


def claim(files: Files, chance: random.Random) -> None:
    own, other = (chance.choice(["one", "two"]) for _ in range(2))
    note = _choose(files, chance).removesuffix(".md")
    field = chance.choice(["disputes", "supports"])
    text = f"- It is so {chance.randrange(100)} times. [{field}:: [[{note}#^{other}]]] ^{own}"
    _append(files, _choose(files, chance), text)


def retitle(files: Files, chance: random.Random) -> None:
    _set_field(files, _choose(files, chance), "title", f"Another title {chance.randrange(100)}")


def call(files: Files, chance: random.Random) -> None:
    aliases = "[pendulum, Nothing at all]"
    _set_field(files, _choose(files, chance), "aliases", aliases)


def summarize(files: Files, chance: random.Random) -> None:
    _set_field(files, _choose(files, chance), "summary", f"In short: {chance.randrange(100)}.")


def date(files: Files, chance: random.Random) -> None:
    day = chance.choice(["2026-01-02", "2026-11-20", "2024-05-05"])
    _set_field(files, _choose(files, chance), "date", day)


def publish_in_another_year(files: Files, chance: random.Random) -> None:
    _set_field(files, _choose(files, chance), "published", str(chance.randrange(1700, 2026)))


def sign(files: Files, chance: random.Random) -> None:
    second = chance.choice(["Ben Bell", "Ben de la Bell", "Ben {de la Bell}"])
    _set_field(files, _choose(files, chance), "authors", f"[Ada Adams, '{second}']")


def tag(files: Files, chance: random.Random) -> None:
    tags = chance.choice(["[escapements]", "[pendulums, sundials]", "[calendars]"])
    _set_field(files, _choose(files, chance), "tags", tags)


def make_a_draft(files: Files, chance: random.Random) -> None:
    _set_field(files, _choose(files, chance), "draft", chance.choice(["true", "false"]))


def rename(files: Files, chance: random.Random) -> None:
    path = _choose(files, chance)
    new = f"renamed-{chance.randrange(1000)}.md"
    files[new] = files.pop(path)
    if chance.random() < 0.5:
        _set_field(files, new, "redirect_from", f"[{path.removesuffix('.md')}]")


def delete(files: Files, chance: random.Random) -> None:
    del files[_choose(files, chance)]


def add(files: Files, chance: random.Random) -> None:
    other = _choose(files, chance).removesuffix(".md")
    number = chance.randrange(1000)
    text = work(
        f"On [[{other}]] and Nothing at all.",
        title=f"New {number}",
        tags="[escapements]",
        url=f"https://example.org/{number}",
    )
    files[f"new-{number}.md"] = text


def rename_a_tag(files: Files, chance: random.Random) -> None:
    names = re.findall(r"^( *)([\w-]+):$", str(files["tags.yml"]), re.MULTILINE)
    if names:
        indent, name = chance.choice(names)
        new = f"{indent}{name}-{chance.randrange(100)}:"
        files["tags.yml"] = str(files["tags.yml"]).replace(f"{indent}{name}:", new, 1)


def move_an_attachment(files: Files, chance: random.Random) -> None:
    path = chance.choice(sorted(path for path in files if path.endswith((".png", ".svg"))))
    files[f"moved-{chance.randrange(1000)}-{path}"] = files.pop(path)


def add_a_namesake(files: Files, chance: random.Random) -> None:
    path = f"{chance.choice('ab')}/{_choose(files, chance).rpartition('/')[2]}"
    files[path] = work("Of the same name.", title=f"Namesake {chance.randrange(100)}", tags="")


def attach_a_namesake(files: Files, chance: random.Random) -> None:
    name = f"{_choose(files, chance).removesuffix('.md')}.png"
    for folder in "ab":
        files[f"{folder}/{name}.md"] = work(
            "Like a picture.", title=f"Picture in {folder}", tags=""
        )
    _append(files, _choose(files, chance), f"See [[{name}.md]].")
    if chance.random() < 0.5:
        files[name] = b"\x89PNG"


def garble(files: Files, chance: random.Random) -> None:
    files[_choose(files, chance)] = chance.choice([b"\xff", b"", b"---\n\xfe"])


_ALL: list[Edit] = [
    *(
        write_more,
        repeat_words_of_another_note,
        name_another_note,
        link,
        embed,
        add_a_heading,
        ask,
        relate,
        retitle,
        call,
    ),
    *(summarize, date, publish_in_another_year, sign, tag, make_a_draft, rename, delete, add),
    *(rename_a_tag, move_an_attachment, claim, add_a_namesake, attach_a_namesake, garble),
]


def read_sample() -> Files:
    files = {path.name: path.read_bytes() for path in sorted((SAMPLE / "notes").iterdir())}
    for path in [path for path in files if path.endswith(".md")][_NOTES:]:
        del files[path]
    texts = {path: data.decode() for path, data in files.items() if path.endswith(("md", "yml"))}
    return files | texts


def list_described(notebook: Notebook) -> Iterator[tuple[str, str, object]]:
    """Yield the path of each page and file that says what decides about it, this, and its data."""
    for view in (notes, tags, authors, bibliography, data):
        for output in view.make_outputs(notebook, _SITE):
            if isinstance(output, Page) and output.make_inputs:
                yield output.path, repr(output.describe()), (output.content, output.body)
            elif isinstance(output, DataFile) and output.make_inputs:
                yield output.path, repr(output.make_inputs()), output.text


def list_quickly_described(notebook: Notebook) -> Iterator[tuple[str, str, object]]:
    """Yield the path of each page that says quickly what decides about it, this, and its data."""
    for view in (notes, tags, authors):
        for page in view.make_outputs(notebook, _SITE):
            if isinstance(page, Page) and (quick := page.describe_quickly()):
                yield page.path, f"quick {quick}", (page.content, page.body)


def list_quickly_changed(before: Files, after: Files) -> set[str]:
    """Return the pages of which an edit changes what is quickly said to decide about them."""
    old, new = (
        {page: quick for page, quick, _ in list_quickly_described(worlds.notebook(files))}
        for files in (before, after)
    )
    return {page for page, quick in new.items() if old[page] != quick}


def list_inputs(notebook: Notebook) -> dict[str, str]:
    return {path: inputs for path, inputs, _ in list_described(notebook)}


@pytest.mark.parametrize("count", [40, pytest.param(300, marks=pytest.mark.slow)])
def test_pages_with_the_same_inputs_are_the_same(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(tag_sections, "_FEWEST_ON_MAP", 3)
    monkeypatch.setattr(tags, "paginate", partial(paginate, per_page=3))
    chance = random.Random(1)  # noqa: S311 - not for secrets
    files = read_sample()
    known: dict[tuple[str, str], object] = {}
    edits = [*_ALL, *chance.choices(_ALL, k=count - len(_ALL))]
    chance.shuffle(edits)
    for edit in edits:
        edit(files, chance)
        notebook = worlds.notebook(files)
        for path, inputs, shown in list_described(notebook):
            assert known.setdefault((path, inputs), shown) == shown, (edit.__name__, path)
        for path, quick, shown in list_quickly_described(notebook):
            assert known.setdefault((path, quick), shown) == shown, (edit.__name__, path)


def count_changed(before: Files, after: Files) -> int:
    """Return how many pages and files are made anew after an edit."""
    old, new = list_inputs(worlds.notebook(before)), list_inputs(worlds.notebook(after))
    return len(new.items() - old.items())


def test_an_edit_of_a_text_leaves_what_decides_about_other_pages_as_it_was() -> None:
    files = read_sample()
    path = "deadbeat-escapement.md"
    other = {**files, path: f"{files[path]}\nA sentence with nothing that others have.\n"}
    notebook = worlds.notebook(other)
    note = notebook.by_path[path]
    shown = {note, *notebook.graph.outgoing_links[note]}
    changed = list_quickly_changed(files, other)
    assert changed
    assert changed <= {f"notes/{each.name}/index.html" for each in shown}
    assert len(shown) < len(notebook.published)


def test_a_new_link_leaves_what_decides_about_pages_far_from_it_as_it_was() -> None:
    texts = {"one": "[[two]]", "two": "", "three": "[[four]]", "four": "[[five]]", "five": ""}
    files: Files = {f"{name}.md": work(text, title=name) for name, text in texts.items()}
    other = {**files, "one.md": f"{files['one.md']}\n[[three]]\n"}
    near = {f"notes/{name}/index.html" for name in ("one", "two", "three", "four")}
    changed = list_quickly_changed(files, other)
    assert {page for page in changed if page.startswith("notes/")} == near


_LONG = "A rather long title of the third"
_DRAFTS = {  # from `n` to `a`
    "n.md": work("", title="N", tags="[clocks]", builds_on="[x]", published="2000"),
    "x.md": work("", title="X", tags="", builds_on="[y]", draft="true"),
    "y.md": work("", title="Y", tags="", builds_on="[a]", draft="true"),
    "a.md": work("", title="A", tags="[science]", published="1990"),
    "k.md": work("", title="K", tags="[clocks]", published="1995"),
    "tags.yml": "science: {summary: s}\nclocks: {parent: science, summary: c}\n",
}


@pytest.mark.parametrize(
    ("files", "edited"),
    [
        pytest.param(
            {
                "a.md": work("", title="A"),
                "b.md": work("See [[a]] and [[c]] together.", title="B"),
                "c.md": work("", title=_LONG),
            },
            {"c.md": work("", title=_LONG, aliases="[Gam]")},
            id="a quoted sentence shows an alias",
        ),
        pytest.param(
            {
                "a.md": work("", title="A"),
                "b.md": work("See [[a]] and [[c#^x]] together.", title="B"),
                "c.md": work("It is so ^x", title="C"),
            },
            {"c.md": work("- It is so [result:: 1] ^x", title="C")},
            id="a quoted sentence shows a claim",
        ),
        pytest.param(
            {
                "a.md": work("See [[c]].", title="A"),
                "c.md": f"---\ntitle: {_LONG}\nkind: page\n---\n",
            },
            {"c.md": f"---\ntitle: {_LONG}\nkind: page\naliases: [Gam]\n---\n"},
            id="a link shows the alias of a page",
        ),
        pytest.param(
            _DRAFTS,
            {
                "y.md": work("", title="Y", tags="", draft="true"),
                "a.md": work("", title="A", tags="[science]", published="1990", kind="topic"),
            },
            id="what was read first becomes a hub",
        ),
    ],
)
def test_what_changes_far_from_a_note_on_its_page_changes_what_decides_about_it(
    files: Files, edited: Files
) -> None:
    before, after = worlds.notebook(files), worlds.notebook({**files, **edited})
    for list_them in (list_described, list_quickly_described):
        known = {page: (inputs, shown) for page, inputs, shown in list_them(before)}
        changed = [
            (known[page][0], inputs)
            for page, inputs, shown in list_them(after)
            if page.startswith("notes/") and page in known and known[page][1] != shown
        ]
        assert changed
        assert all(old != new for old, new in changed)


def test_a_word_that_another_note_repeats_changes_what_decides_about_both_and_no_third() -> None:
    words = {"one": "isochrone isochrone", "two": "isochrone", "three": "nothing else"}
    files: Files = {f"{name}.md": work(text, title=name) for name, text in words.items()}
    other = {**files, "two.md": f"{files['two.md']}\nisochrone\n"}
    changed = list_quickly_changed(files, other)
    assert changed >= {"notes/one/index.html", "notes/two/index.html"}
    assert "notes/three/index.html" not in changed


def test_a_page_with_answers_to_queries_does_not_tell_quickly_what_decides_about_it() -> None:
    files = read_sample()
    path = "deadbeat-escapement.md"
    asking = {**files, path: f"{files[path]}\n```query\ntag:escapements\n```\n"}
    told = [
        {page for page, *_ in list_quickly_described(worlds.notebook(each))}
        for each in (files, asking)
    ]
    assert told[0] - told[1] == {"notes/deadbeat-escapement/index.html"}


def test_an_edit_makes_few_pages_anew() -> None:
    files = read_sample()
    path = "deadbeat-escapement.md"
    other = {**files, path: f"{files[path]}\nOne more sentence, about nothing else.\n"}
    notebook = worlds.notebook(other)
    note = notebook.by_path[path]
    linked = {note, *notebook.graph.outgoing_links[note], *notebook.graph.incoming_links[note]}
    assert 1 <= count_changed(files, other) <= len(linked)
    assert count_changed(files, files) == 0
