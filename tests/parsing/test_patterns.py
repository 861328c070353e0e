"""No note, however odd, keeps the check, the build or the hook waiting: patterns take time in
proportion to what they read.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAD = "---\ntitle: A\n---\n"
# Seconds of the clock for notes that take a few: other programs may have the machine at the time.
# A pattern that tries every way takes years.
GENEROUS = 180

# Notes of a few hundred bytes, each of which stopped every command.
SHORT = {
    "quotes before an underline": f"{HEAD}text\n{'> ' * 28}x",
    "a tag that never ends": f"{HEAD}where n <k{' ' * 30}we stop",
    "marks after brackets": f"{HEAD}[[[[ {'_' * 60}",
    "comments before front matter": f"{'<!-- -->' * 34}x",
    "items within items": f"{HEAD}{'  -' * 150} x\n{'- + ' * 90}x\n",
    "spaces in an address": f"{HEAD}[a](b{' ' * 200}x [c]({' ' * 200}x",
}

# What each pattern is slowest at, to be repeated.
UNITS = {
    "quotes": "> ",
    "wide quotes": ">   ",
    "quoted code": ">    x\n",
    "spaces": " ",
    "tabs": "\t",
    "slashes in a tag": "/ ",
    "attributes": "k=v/k ",
    "quoted attributes": 'k="<" ',
    "underscores": "_",
    "stars": "*a",
    "short underscores": "_a ",
    "comments": "<!-- -->",
    "open comments": "<!--",
    "backticks": "`",
    "open labels": "[[a|b] ",
    "open brackets": "[a](",
    "references": "[a][b] ",
    "hashes": "# ",
    "hashes without gaps": "#",
    "braces": "{#a",
    "rules of tables": "-| ",
    "dashes": "- ",
    "numbers": "1. ",
    "letters": "a",
    "capitals": "A",
    "entities": "&#x",
    "carets": "^a ",
    "placeholders": "{{",
    "callouts": "> [!a]- ",
    "footnotes in the text": "^[a",
    "footnotes": "[^a]: ",
    "tabs and admonitions": '=== "a" !!! a ',
    "addresses": "https://a.b/(",
    "slashes": "///",
    "bars": "|",
    "escaped bars": "\\|",
    "colons": ": a",
    "code of HTML": "<code>",
    "quotation marks": "\"'",
    "dollars": "$a ",
}
LEADS = ["text\n", "# a", "<k ", "[a](", "[[[[ ", "[[a|"]
SIZE = 1_500

SCRIPT = """
import json, sys
import markdown
from readinglog.lint.linter import check_notebook
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.model.text import Source

for number, text in enumerate(json.load(sys.stdin)):
    print(number, flush=True)
    note = parse_note(Source("a.md", text.encode()))
    check_notebook(Notebook([note]))
    if RENDER and note.masked.strip():
        markdown.markdown(text[note.body.start:], extensions=["readinglog.parsing.markdown_extension"])
"""


def work_through(texts: list[str], *, render: bool) -> None:
    """Parse and check these notes, perhaps render them, in a process that is ended where it goes on
    and on; fail with the note that it is at.
    """
    script = SCRIPT.replace("RENDER", str(render))
    command = [sys.executable, "-c", script]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(texts).encode(),
            capture_output=True,
            timeout=GENEROUS,
            check=False,
        )
    except subprocess.TimeoutExpired as stopped:
        begun = (stopped.stdout or b"").decode().splitlines()
        pytest.fail(f"never done with {texts[len(begun) - 1][:200]!r}")
    assert done.returncode == 0, done.stderr.decode()


def test_no_short_note_stops_check_or_renderer() -> None:
    assert max(map(len, SHORT.values())) < 1_000
    work_through(list(SHORT.values()), render=True)


@pytest.mark.parametrize("lead", LEADS)
def test_a_note_twice_as_long_takes_no_more_than_a_few_times_as_long(lead: str) -> None:
    texts = [
        f"{HEAD}{lead}{unit * (size // len(unit))}x"
        for unit in UNITS.values()
        for size in (SIZE, 2 * SIZE)
    ]
    work_through(texts, render=False)


def test_notes_of_20_kb_of_what_patterns_are_slowest_at_are_read() -> None:
    work_through(
        [f"{HEAD}{(unit * (200 // len(unit)) + chr(10)) * 100}x" for unit in UNITS.values()],
        render=False,
    )


def test_front_matter_that_is_slow_to_read_is_read() -> None:
    starts = [
        lead + unit * (8_000 // len(unit))
        for unit in UNITS.values()
        for lead in ("title: ", "", "a ")
    ]
    work_through([f"---\n{start}x\n---\nText.\n" for start in starts], render=False)


# What takes a renderer longest, line by line.
LINES = {
    "nested items": "- " * 20 + "a",
    "callouts": "> [!note]- a",
    "admonitions": '    !!! note "a"',
    "rows": "| a | `b` |",
    "heads of tables": "| a |\n|---|",
    "definitions": ": a",
    "footnotes": "[^a]: ^[b[c]]",
    "addresses": "https://a.b/((",
    "elements": "<div>\n<b>",
    "code": "<code> <pre> ``` ~~~",
    "display": "$$ a\n\\[ b",
    "comments": "<!-- %% a",
    "plain text with marks": "a ^[b ==c ~~d",
}


def test_notes_of_20_kb_of_any_block_are_rendered() -> None:
    work_through(
        [f"{HEAD}{(line + chr(10)) * (20_000 // len(line))}" for line in LINES.values()],
        render=True,
    )
