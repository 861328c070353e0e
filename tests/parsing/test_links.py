"""What is a link, and what it means: each case a body, and a line for each link that is found in
it.

Every case is read in a log that also holds these notes, unless it brings its own of the same path.
"""

from __future__ import annotations

import pytest

from readinglog.model.text import get_position
from readinglog.notebook.notebook import Notebook
from support.case_pages import Case, read_cases, verify
from support.worlds import note, notebook, work

OTHERS = {
    "ddpm.md": work(
        "## How it works\n\n## What to doubt?\n\n## Größe & Maß\n\n## Dup\n\n## Dup\n\n### `code` and *more*\n\nA block. ^b1\n",
        title="Denoising Diffusion",
        aliases="[DDPM paper]",
        arxiv='"2006.11239"',
        url="",
    ),
    "moe/switch.md": work(title="Switch Transformers", doi="10.1000/ABC(1)", url=""),
    "one/attention.md": work(title="One", url="https://a.example/1"),
    "two/attention.md": work(title="Two", url="https://a.example/2"),
    "My Note.md": work(title="Mine", url="https://a.example/3", redirect_from="[old-note]"),
    "1.58-bit.md": work(title="C# and F#", url="https://a.example/4"),
    "Größe.md": work(title="Umlaut", url="https://a.example/5"),
    "فهم\u200cها.md": work(title="Persian", url="https://a.example/6"),
    "img/curve.png": "",
}


@pytest.mark.parametrize(
    "case", list(read_cases("links")), ids=lambda case: f"{case.page.stem}: {case.title}"
)
def test_case(case: Case, update: bool) -> None:
    book = notebook(OTHERS | case.files)

    def outcome(_: str) -> str:
        return "\n".join(lines(book, "a.md"))

    verify(case, outcome, update=update)


def test_addresses_that_stand_in_the_text_are_links_out_of_the_log() -> None:
    parsed = note(
        "See https://a.example/b_c (and www.a.example/d). Not `https://a.example/e`, nor x.https://a.example/f.\n"
        "[https://a.example/g](https://a.example/h)，https://a.example/i。\n\n[r]: https://a.example/j\n"
    )
    assert [(link.url, parsed.text[slice(*link.span)]) for link in parsed.addresses] == [
        ("https://a.example/b_c", "https://a.example/b_c"),
        ("https://www.a.example/d", "www.a.example/d"),
        ("https://a.example/h", "https://a.example/h"),
        ("https://a.example/i", "https://a.example/i"),
        ("https://a.example/j", "https://a.example/j"),
    ]


def lines(book: Notebook, path: str) -> list[str]:
    """A line for each link: place, kind, target, heading, label; what it leads to, and the anchor."""
    note = book.by_path[path]
    results = []
    for link, resolution in book.links.list_links(note):
        where = get_position(note.text, link.span.start)
        heading = f"#{link.heading}" if link.heading else ""
        label = f" “{link.label}”" if link.label else ""
        notes = " ".join(other.path for other in resolution.candidates)
        goal = book.links.find_file(link, note) if resolution.is_missing else notes
        target = resolution.target
        anchor = f" #{book.links.find_anchor(link, target)}" if link.heading and target else ""
        embed = "embedded " if link.is_embed else ""
        results.append(
            f"{where.line}:{where.column} {embed}{link.kind} {link.target}{heading}{label} → {goal or 'nothing'}{anchor}"
        )
    return results
