"""Texts at random for all that reads what people write: notes, queries, BibTeX and `tags.yml`.

Each text is made of pieces that mean something to its reader, repeated, nested and cut at random.
Nothing may raise, and nothing under 20 kB may take more than a second.
"""

from __future__ import annotations

import faulthandler
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import markdown

from readinglog.citations.bibtex import parse_bibtex
from readinglog.citations.errors import WorkLookupError
from readinglog.lint.linter import check_notebook
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import split_sections
from readinglog.parsing.note import parse_note
from readinglog.parsing.vocabulary import parse_vocabulary
from readinglog.search.parser import parse_query
from readinglog.search.query_errors import QuerySyntaxError
from readinglog.site.page import PageBase
from readinglog.site.views.note_text import make_body

LONGEST = 20_000  # characters
SECONDS = 1.0  # of the processor for one text
_STUCK = 60  # seconds after which the program ends with a trace of where it is

_COMMON = (
    *"abc xyz 0129 .,;:!?-_+*/\\|()[]{}<>@#$%^&~`'\"=\t\n",
    *("\n\n", "\n    ", "\n> ", "\r\n", "é", "中文", "\u0301", "\u202e", "\u2028", "\x0b", "\x85"),
    *("\U0001f600", "\u0627\u0644", "\x02", "\x03", "\ufffc", "\ue000title\ue001"),
)
_MARKDOWN = (
    *(
        "# ",
        "## a {#b}\n",
        "a\n===\n",
        "a\n---\n",
        "> ",
        ">> ",
        "- ",
        "* ",
        "1. ",
        "  - ",
        "- [ ] ",
    ),
    *("```", "```python\n", "~~~", "```query\ntag:a\n```\n", "`", "``", "$", "$$", "\\(", "\\["),
    *("[[", "]]", "[[a|", "[[a#b]]", "![[", "[a](b)", "[a][b]", "\n[b]: c\n", "![", "](", "<b>"),
    *(
        "[[a]][b]",
        "![[a]]\n",
        "[b]:",
        " 'title'\n",
        " =30x20)",
        "^[",
        "[at:: §1]",
        "- a [at:: b] ^c\n",
    ),
    *("[result:: m on d = 1 against 2; s]", "[disputes:: [[a#^c]]]", "<source src='a'>", "$x_i $"),
    *("<https://example.org>", "</b>", "<div markdown>", "<!--", "-->", "<![CDATA[", "<?", "<k a="),
    *("[^1]", "\n[^1]: x\n", "|a|b|\n|-|-|\n", "| ", "{.c}", "{#i .c k=v}", "**", "__", "~~", "=="),
    *("\\frac{a}{b}", "\\begin{align}", "\\end{align}", "\\left(", "&", "&amp;", "&#x41;", "%%"),
    *("---\n", "title: a\n", "\n:   a\n", "!!! note\n", "> [!note]\n", "^b\n", "where n <k "),
)
_YAML = (
    *("title: ", "tags: [", "authors:\n", "  - ", "date: 2026-01-02\n", "summary: |\n  ", "]", "{"),
    *("}", ": ", "#", " #", "'", '"', "\\u202e", '"\\ud800"', "&a ", "*a", "!!x ", "? ", "---\n"),
    *("...\n", "<<: ", "null", "~", "|", ">", "%YAML 1.1\n", "url: https://example.org/", "\n"),
    *(
        "builds_on: [a]\n",
        "published: 2026-13\n",
        "rating: 9\n",
        "draft: yes\n",
        "@",
        "`",
        "kind: ",
    ),
)
_TAGS = (
    *(
        "moe:\n",
        "  name: ",
        "  parent: moe\n",
        "  aliases: [",
        "  summary: ",
        "a:\n",
        "\n",
        ",",
        "]",
    ),
    *("? ", "- ", "'", '"', "&a", "*a", "{a: ", "}", "!!", "#", "  parent: a\n", "<<: *a\n"),
)
_QUERY = (
    *("tag:", "author:", "year:", "2019..2026", ">=", "-", "(", ")", '"', " OR ", " AND ", " NOT "),
    *("sort:", "links:", "-tag:moe", "title:", "has:", "is:", "..", "a", " ", "%41", "arxiv:"),
    *("https://example.org/", "10.1162/x.1", "[[", "]]", "\\cite{", "@", "#", "*", ":", "a-b "),
)
_BIBTEX = (
    *("@article{", "@misc{a,", "@string{a = ", "@comment{", "@preamble{", "title = {", "author = "),
    *(
        '"',
        "{",
        "}",
        ",",
        "=",
        "#",
        " and ",
        "\\url{",
        "\\'e",
        "\\&",
        "$x$",
        "year = 2026",
        "month",
    ),
    *(
        " = jul",
        "crossref = {",
        "doi = {10.1/x}",
        "eprint = {2401.00001}",
        "\n",
        "van den ",
        "\\\\",
    ),
)


@dataclass(frozen=True)
class Target:
    """What reads a text, and the pieces that such texts are made of."""

    read: Callable[[str], object]
    pieces: tuple[str, ...]


def _read_note(text: str) -> None:
    """Parse, check and render a note."""
    note = parse_note(Source("a.md", text.encode("utf-8", "surrogatepass")))
    notebook = Notebook([note])
    list(check_notebook(notebook))
    if note.masked.strip():
        body = make_body(note, notebook, PageBase("notes/a/"))
        markdown.markdown(body, extensions=["readinglog.parsing.markdown_extension"])
        split_sections(note, notebook)


def _read_body(text: str) -> None:
    _read_note(f"---\ntitle: A\ntags: [a]\n---\n{text}")


def _read_front_matter(text: str) -> None:
    _read_note(f"---\n{text}\n---\nText.\n")


def _read_query(text: str) -> None:
    try:
        parse_query(text)
    except QuerySyntaxError:
        return


def _read_bibtex(text: str) -> None:
    try:
        parse_bibtex(text)
    except WorkLookupError:  # what is wrong with it is told
        return


def _read_vocabulary(text: str) -> None:
    vocabulary = parse_vocabulary(Source("tags.yml", text.encode("utf-8", "surrogatepass")))
    _ = vocabulary.slugs, vocabulary.by_fold
    note = parse_note(Source("a.md", b"---\ntitle: A\ntags: [moe, a]\n---\nText.\n"))
    list(check_notebook(Notebook([note], vocabulary)))


TARGETS: Mapping[str, Target] = {
    "body": Target(_read_body, (*_COMMON, *_MARKDOWN)),
    "note": Target(_read_note, (*_COMMON, *_MARKDOWN, *_YAML)),
    "front matter": Target(_read_front_matter, (*_COMMON, *_YAML)),
    "tags.yml": Target(_read_vocabulary, (*_COMMON, *_TAGS)),
    "query": Target(_read_query, (*_COMMON, *_QUERY)),
    "BibTeX": Target(_read_bibtex, (*_COMMON, *_BIBTEX)),
}


def make_text(pieces: tuple[str, ...], chance: random.Random) -> str:
    """Return a text of pieces, some of which come many times in a row."""
    length = int(chance.choice((60, 400, 2_000, LONGEST - 2_000)) * chance.random())
    few = chance.sample(pieces, chance.randint(1, 8))
    parts: list[str] = []
    size = 0
    while size < length:
        part = chance.choice(few if chance.random() < 0.8 else pieces)
        if chance.random() < 0.2:
            part += chance.choice(few)
        part *= chance.choice((1, 1, 1, 2, 3, 30, 300))
        parts.append(part)
        size += len(part)
    return "".join(parts)[:LONGEST]


def find_failure(target: Target, text: str) -> str:
    """Return what is wrong with how a text is read, or ''."""
    begin = time.process_time()
    try:
        target.read(text)
    except Exception as error:  # noqa: BLE001 - all that is raised is a failure
        return f"{type(error).__name__}: {error}"[:200]
    taken = time.process_time() - begin
    return f"{taken:.1f} s for {len(text):,} characters" if taken > SECONDS else ""


def shorten(target: Target, text: str) -> str:
    """Return a part of a text that fails likewise, for one that raises."""
    kind = find_failure(target, text).partition(":")[0]
    size = len(text) // 2
    while size:
        at = 0
        while at < len(text):
            shorter = text[:at] + text[at + size :]
            if find_failure(target, shorter).partition(":")[0] == kind:
                text = shorter
            else:
                at += size
        size //= 2
    return text


def fuzz(seed: int, seconds: float) -> list[tuple[str, str, str]]:
    """Read texts at random for so many seconds; return for each failure target, what, and text."""
    chance = random.Random(seed)  # noqa: S311 - texts, not secrets
    failures: list[tuple[str, str, str]] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for name, target in TARGETS.items():
            text = make_text(target.pieces, chance)
            faulthandler.dump_traceback_later(_STUCK, exit=True)
            if failure := find_failure(target, text):
                failures.append((name, failure, text))
            faulthandler.cancel_dump_traceback_later()
    return failures
