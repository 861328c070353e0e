"""Random histories: a source and a log change in turns, and the one is imported into the other.

Nothing of the reader's is lost, an import that follows another changes nothing, and what only the
source has changed arrives.
"""

from __future__ import annotations

import re
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.interchange.merging.block_merge import split_blocks
from readinglog.interchange.merging.import_base import parse_base
from support.imports import MemoryLog
from support.worlds import note

_NAMES = ("Gates", "Two words", "Sand glasses", "Moe")
_RENAMED = "renamed-{}"


class _History:
    """A vault, and a log into which it is imported."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - it keeps no secret
        self._number = 0
        self.source: dict[str, list[str]] = {}
        self.heads: dict[str, str] = {}
        self.log = MemoryLog({"tags.yml": "moe:\n  name: MoE\n"})
        self.deleted: set[str] = set()

    def make_block(self, who: str) -> str:
        """A block that no other is equal to: a paragraph, an item, a quote, code, a heading."""
        self._number += 1
        text = f"{who} {self._number} writes"
        others = [name for name in _NAMES if name in self.source]
        link = f"[[{self._random.choice([*others, 'Nowhere'])}]]" if who == "source" else ""
        shapes = (
            f"{text} a sentence. {link}",
            f"- {text} an item {link}\n- and {self._number}",
            f"> {text} a quote\n> over lines {link}",
            f"```\n{text}\n\n[[code]]\n```",
            f"## {text}",
            f"<div>{text}</div>",
            f"$$\n\\frac{{{self._number}\n$$",
        )
        return self._random.choice(shapes).rstrip()

    def change_source(self) -> None:
        name = self._random.choice(_NAMES)
        if name not in self.source:
            self.source[name] = [self.make_block("source") for _ in range(3)]
            self.heads[name] = "tags: [moe]\n"
            return
        match self._random.randrange(6):
            case 0 if len(self.source) > 1:
                del self.source[name]
            case 1:
                self.heads[name] = f"tags: [moe, new{self._number}]\nvenue: V{self._number}\n"
            case _:
                self._change_blocks(self.source[name], "source")

    def _change_blocks(self, blocks: list[str], who: str) -> None:
        at = self._random.randrange(len(blocks) + 1)
        match self._random.randrange(3):
            case 0 if at < len(blocks):
                del blocks[at]
            case 1 if at < len(blocks):
                blocks[at] = self.make_block(who)
            case _:
                blocks.insert(at, self.make_block(who))

    def change_log(self) -> None:
        """Edit, rename or delete a note as a reader does."""
        paths = [path for path in self.log.files if path.endswith(".md")]
        if not paths:
            return
        path = self._random.choice(paths)
        text = str(self.log.files[path])
        match self._random.randrange(7):
            case 0:
                del self.log.files[path]
                self.deleted.add(str(re.search("title: (.*)", text)))
            case 1:
                self._number += 1
                old = path.removesuffix(".md")
                del self.log.files[path]
                new = text.replace("\n---\n", f"\nredirect_from: [{old}]\n---\n", 1)
                has_one = "redirect_from" in text
                self.log.files[f"{_RENAMED.format(self._number)}.md"] = text if has_one else new
            case 2:
                self.log.files[path] = text.replace("\nkind:", "\nrating: 4\nkind:", 1)
            case 3:
                self._number += 1
                self.log.files[path] = re.sub(
                    "title: .*", f"title: Reader {self._number}", text, count=1
                )
            case _:
                self._edit_body(path, text)

    def _edit_body(self, path: str, text: str) -> None:
        parsed = note(text)
        blocks = split_blocks(parsed.text, parsed.body)
        new = self.make_block("reader")
        if not blocks:
            self.log.files[path] = f"{text}\n{new}\n"
            return
        span = self._random.choice(blocks).span
        match self._random.randrange(3):
            case 0:
                self.log.files[path] = f"{text[: span.start]}{new}{text[span.end :]}"
            case 1:
                self.log.files[path] = f"{text[: span.start]}{text[span.end :].lstrip()}"
            case _:
                self.log.files[path] = f"{text[: span.end]}\n\n{new}{text[span.end :]}"

    def make_files(self) -> dict[str, str | bytes]:
        return {
            f"{name}.md": f"---\n{self.heads[name]}---\n" + "\n\n".join(blocks) + "\n"
            for name, blocks in self.source.items()
        }

    def run(self, **options: object) -> None:
        self.log.run("obsidian", self.make_files(), allows_removals=True, **options)


def _list_reader_lines(files: dict[str, str | bytes]) -> dict[str, list[str]]:
    """The lines that a reader wrote, by the paths of their notes."""
    return {
        path: [line for line in str(text).split("\n") if "reader " in line.lower()]
        for path, text in files.items()
    }


@settings(max_examples=10)
@given(st.integers(0, 2**32))
def test_nothing_of_the_readers_is_lost_and_a_second_import_changes_nothing(seed: int) -> None:
    history = _History(seed)
    chance = Random(seed + 1)  # noqa: S311
    for _ in range(6):
        for _ in range(chance.randrange(1, 4)):
            history.change_source()
        for _ in range(chance.randrange(4)):
            history.change_log()
        before = dict(history.log.files)
        lines = _list_reader_lines(before)
        history.run()
        after = history.log.files
        assert {path: text for path, text in _list_reader_lines(after).items() if text} == {
            path: text for path, text in lines.items() if text
        }
        ratings = [path for path, text in before.items() if "rating: 4" in str(text)]
        assert all("rating: 4" in str(after[path]) for path in ratings)
        texts, base = dict(after), history.log.base
        history.run()
        assert history.log.files == texts
        assert history.log.base == base


@settings(max_examples=10)
@given(st.integers(0, 2**32))
def test_without_a_reader_the_log_follows_the_source(seed: int) -> None:
    """As if what the source is now had been imported at once; names and order may differ."""
    history = _History(seed)
    chance = Random(seed + 1)  # noqa: S311
    for _ in range(4):
        for _ in range(chance.randrange(1, 5)):
            history.change_source()
        history.run()
        assert not history.log.list_errors()
    fresh = _History(seed)
    fresh.log.run("obsidian", history.make_files())
    assert _list_bodies(history) == _list_bodies(fresh)


def _list_bodies(history: _History) -> dict[str, list[str]]:
    """The blocks of the notes that the source has; others stay while a note links to them."""
    items = parse_base(history.log.base, "base.json").items
    ids = {item.note: id_ for id_, item in items.items()}

    def call_as_in_source(link: re.Match[str]) -> str:
        """Where a note has another name here, a link to it names both."""
        return f"[[{link[2]}]]" if ids.get(link[1]) == f"{link[2]}.md" else link[0]

    texts = {id_: str(history.log.files[f"{item.note}.md"]) for id_, item in items.items()}
    return {
        id_: _list_digests(re.sub(r"\[\[([\w-]+)\|([^\]|]+)\]\]", call_as_in_source, text))
        for id_, text in texts.items()
    }


def _list_digests(text: str) -> list[str]:
    parsed = note(text.replace("\\[[", "[["))  # links without a target are shown as text
    blocks = split_blocks(parsed.text, parsed.body)
    return [block.digest for block in blocks]
