"""Previews for the tests: a log, its server in a thread, and edits as people and editors make them."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from readinglog.servers.http_server import PreviewServer
from readinglog.servers.preview import Preview
from support.worlds import work

CONFIG = """\
site_name: A log
site_url: https://example.org/log/
docs_dir: notes
theme: {name: material}
plugins: [readinglog]
extra: {generator: false}
"""
NOTES = {
    "tags.yml": "moe: {name: MoE, summary: Experts.}\nrouting: {parent: moe, summary: Which one.}\n",
    "switch.md": work("The gate of [[gshard]].", title="Switch", url="https://a.example/1"),
    "gshard.md": work("![A map](map.svg)", title="GShard", url="https://a.example/2"),
    "other.md": work("On its own.", title="Other", url="https://a.example/3"),
    "map.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}


def write_log(folder: Path) -> Path:
    """Write a small log into a new folder, and return that."""
    (folder / "notes").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "pyproject.toml").touch()
    for path, text in NOTES.items():
        (folder / "notes" / path).write_text(text, encoding="utf-8")
    return folder


class Reply(NamedTuple):
    """What the server answers."""

    status: int
    headers: dict[str, str]
    data: bytes

    @property
    def text(self) -> str:
        """What came, as text."""
        return self.data.decode("utf-8", "replace")


class Running:
    """A preview that runs."""

    def __init__(self, folder: Path, server: PreviewServer, lines: list[str]) -> None:
        self.folder, self.server, self.lines = folder, server, lines
        self.notes = folder / "notes"

    @property
    def url(self) -> str:
        return self.server.url

    def get(self, path: str, method: str = "GET") -> Reply:
        """Return the answer at a path of the site, or of the host where it begins with a `/`."""
        connection = HTTPConnection("127.0.0.1", self.server.server_port, timeout=120)
        connection.request(method, path if path.startswith("/") else urlsplit(self.url).path + path)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return Reply(answer.status, dict(answer.headers), data)

    def wait_for(self, holds: Callable[[], object], seconds: float = 120) -> None:
        """Wait until something holds."""
        last = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < last, self.lines
            time.sleep(0.02)

    def edit(self, path: str, old: str, new: str) -> None:
        """Save a note in place."""
        replace_text(self.notes / path, old, new)


@contextmanager
def run_preview(folder: Path) -> Iterator[Running]:
    """Give the preview of a log, while it runs."""
    lines: list[str] = []
    config = folder / "mkdocs.yml"
    server = PreviewServer("127.0.0.1", 0, lambda origin: Preview(config, origin, lines.append))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    running = Running(folder, server, lines)
    try:
        running.wait_for(lambda: running.get("").status == 200)
        yield running
    finally:
        server.shutdown()
        thread.join(timeout=60)
        server.server_close()
        running.wait_for(lambda: not sum(server.preview.open_pages.values()))


def replace_text(file: Path, old: str, new: str) -> None:
    """Save a file in place with a text replaced."""
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def save_in_place(file: Path, text: str) -> None:
    """Save as nano and VS Code do."""
    file.write_text(text, encoding="utf-8")


def save_by_rename(file: Path, text: str) -> None:
    """Save as Kate and `sed -i` do: a new file takes the place of the old one."""
    new = file.with_name("sedQ1w2E3")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def save_by_swap_file(file: Path, text: str) -> None:
    """Save as Vim does: the old file is moved away and a new one is written."""
    swap, backup = file.with_name(f".{file.name}.swp"), file.with_name(f"{file.name}~")
    swap.write_bytes(b"b0VIM 9.0")
    file.with_name("4913").touch()
    file.with_name("4913").unlink()
    file.rename(backup)
    time.sleep(0.02)
    file.write_text(text, encoding="utf-8")
    backup.unlink()
    swap.unlink()


SAVES: tuple[Callable[[Path, str], None], ...] = (save_in_place, save_by_rename, save_by_swap_file)


class RandomEdits:
    """Edits of all kinds to a folder of notes, the same for the same seed."""

    def __init__(self, notes: Path, seed: int) -> None:
        self._notes, self._random = notes, random.Random(seed)  # noqa: S311 - no secret
        self._number = 0
        self._edits = (
            self._edit_body,
            self._edit_title,
            self._edit_tags,
            self._add_note,
            self._delete_note,
            self._rename_note,
            self._edit_vocabulary,
            self._add_attachment,
        )

    def make_each(self, rounds: int) -> Iterator[str]:
        """Make every edit once a round, in any order, and yield the name of each."""
        for _ in range(rounds):
            for edit in self._random.sample(self._edits, len(self._edits)):
                self._number += 1
                edit()
                yield edit.__name__

    def _choose(self) -> Path:
        return self._random.choice(sorted(self._notes.rglob("*.md")))

    def _edit_body(self) -> None:
        other = self._choose()
        note = self._choose()
        text = note.read_text(encoding="utf-8")
        note.write_text(f"{text}\nEdit {self._number} for [[{other.stem}]].\n", encoding="utf-8")

    def _edit_title(self) -> None:
        self._edit_line("title: ", f'title: "Retitled {self._number}"\naliases: [N{self._number}X]')

    def _edit_tags(self) -> None:
        tags = self._random.choice(["[moe]", "[routing, moe]", "[load-balancing]"])
        self._edit_line("tags: ", f"tags: {tags}")

    def _edit_line(self, start: str, new: str) -> None:
        """Replace a line of front matter in a note that has no aliases, which may be given some."""
        while True:
            note = self._choose()
            lines = note.read_text(encoding="utf-8").split("\n")
            found = [at for at, line in enumerate(lines) if line.startswith(start)]
            if found and not any(line.startswith("aliases:") for line in lines):
                lines[found[0]] = new
                note.write_text("\n".join(lines), encoding="utf-8")
                return

    def _add_note(self) -> None:
        url = f"https://example.org/new/{self._number}"
        text = work(f"On [[{self._choose().stem}]].", title=f"New {self._number}", url=url)
        (self._notes / f"new-{self._number}.md").write_text(text, encoding="utf-8")

    def _delete_note(self) -> None:
        self._choose().unlink()

    def _rename_note(self) -> None:
        note = self._choose()
        folder = self._notes / f"folder-{self._number}"
        folder.mkdir()
        replace_text(note, "---\n", f"---\nredirect_from: [{note.stem}]\n")
        note.rename(folder / f"renamed-{self._number}.md")

    def _edit_vocabulary(self) -> None:
        vocabulary = self._notes / "tags.yml"
        text = vocabulary.read_text(encoding="utf-8")
        entry = f"new-tag-{self._number}: {{parent: moe, summary: New.}}\n"
        vocabulary.write_text(text.replace("Sparse layers", "Layers") + entry, encoding="utf-8")

    def _add_attachment(self) -> None:
        (self._notes / f"data-{self._number}.csv").write_text(f"a,{self._number}\n", "utf-8")
