"""The preview over HTTP: what is served, what a save changes, and what goes wrong."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from readinglog.lint import linter
from readinglog.model.note import Note
from support.packed_files import unpack
from support.previews import CONFIG, SAVES, Running, run_preview, write_log
from support.program import hear_interrupts
from support.worlds import work

PROGRAM = Path(sys.executable).with_name("readinglog")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Running]:
    with run_preview(write_log(tmp_path / "log")) as running:
        yield running


def listen(preview: Running, page: str) -> list[str]:
    """Return a list that gets the answer to the request of a page's script when it ends."""
    [address] = re.findall('data-changes="([^"]+)"', preview.get(page).text)
    found: list[str] = []
    thread = threading.Thread(
        target=lambda: found.append(preview.get(unescape(address)).text), daemon=True
    )
    thread.start()
    preview.wait_for(lambda: sum(preview.server.preview.open_pages.values()))
    return found


def test_a_page_is_that_of_the_site_and_a_script(preview: Running) -> None:
    reply = preview.get("notes/switch/")
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["Cache-Control"] == "no-store"
    made = preview.server.preview.edition.site
    assert made
    page = made.make("notes/switch/index.html")
    assert page
    script = re.compile(r"<script src=\"/log/_readinglog/live_reload.js\".*?</script>")
    assert script.sub("", reply.text) == page.decode()
    assert f'href="{preview.url}notes/switch/"' in reply.text
    assert preview.get("notes/switch/", "HEAD").text == ""


@pytest.mark.parametrize(
    ("path", "status", "type_"),
    [
        ("assets/readinglog.js", 200, "text/javascript; charset=utf-8"),
        ("assets/readinglog.css", 200, "text/css; charset=utf-8"),
        ("map.svg", 404, "text/html; charset=utf-8"),
        ("search/catalogue.bin", 200, "application/octet-stream"),
        ("notes/switch.md", 200, "text/markdown; charset=utf-8"),
        ("feed.xml", 200, "application/xml; charset=utf-8"),
        ("sitemap.xml.gz", 200, "application/gzip"),
        ("notes/gone/", 404, "text/html; charset=utf-8"),
        ("_readinglog/live_reload.js", 200, "text/javascript; charset=utf-8"),
    ],
)
def test_files_have_their_types(preview: Running, path: str, status: int, type_: str) -> None:
    reply = preview.get(path)
    assert (reply.status, reply.headers["Content-Type"]) == (status, type_)


@pytest.mark.parametrize(
    ("path", "target"),
    [("/", "/log/"), ("/elsewhere", "/log/"), ("notes/switch?a=1", "/log/notes/switch/?a=1")],
)
def test_an_address_that_lacks_something_leads_on(preview: Running, path: str, target: str) -> None:
    reply = preview.get(path)
    assert (reply.status, reply.headers["Location"]) == (302, target)


@pytest.mark.parametrize("save", SAVES)
def test_a_saved_note_is_served_however_it_is_saved(preview: Running, save: object) -> None:
    note = preview.notes / "switch.md"
    assert callable(save)
    for number in range(3):
        waiting = listen(preview, "notes/switch/")
        save(note, work(f"Edit {number} of [[gshard]].", title="Switch", url="https://a.example/1"))
        preview.wait_for(lambda: waiting)  # noqa: B023 - in this round
        assert "event: change" in waiting[0]
        assert f"Edit {number}" in preview.get("notes/switch/").text
        assert f"Edit {number}" in preview.get("notes/gshard/").text  # its backlink
    assert not [line for line in preview.lines if "4913" in line or "error" in line]


def test_only_a_page_that_has_changed_is_told(preview: Running) -> None:
    other, linked = listen(preview, "notes/other/"), listen(preview, "notes/gshard/")
    search = listen(preview, "search/")
    preview.edit("switch.md", "The gate", "The router")
    preview.wait_for(lambda: linked)
    preview.wait_for(lambda: search)
    time.sleep(0.5)
    assert other == []


def test_a_page_is_told_of_an_attachment_that_it_shows(preview: Running) -> None:
    showing, other = listen(preview, "notes/gshard/"), listen(preview, "notes/other/")
    (preview.notes / "map.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"> </svg>')
    preview.wait_for(lambda: showing)
    assert other == []


def test_new_renamed_and_deleted_notes_and_the_vocabulary_are_followed(preview: Running) -> None:
    text = work("New, on [[other]].", title="New", url="https://a.example/9", tags="[routing]")
    missing = listen(preview, "notes/new/")
    (preview.notes / "new.md").write_text(text, encoding="utf-8")
    preview.wait_for(lambda: missing)
    assert preview.get("notes/new/").status == 200
    assert 'href="../new/"' in preview.get("notes/other/").text
    assert "notes/new/" in preview.get("tags/routing/").text
    assert unpack(preview.get("search/catalogue.bin").data)["note_count"] == 4

    (preview.notes / "deep").mkdir()
    (preview.notes / "new.md").write_text(
        text.replace("title:", "redirect_from: [new]\ntitle:"), encoding="utf-8"
    )
    (preview.notes / "new.md").rename(preview.notes / "deep" / "newer.md")
    preview.wait_for(lambda: preview.get("notes/newer/").status == 200)
    assert 'http-equiv="refresh"' in preview.get("notes/new/").text

    (preview.notes / "deep").rename(preview.notes / "deeper")
    (preview.notes / "deeper" / "newer.md").write_text(text, encoding="utf-8")
    preview.wait_for(lambda: preview.get("notes/new/").status == 404)
    assert 'href="../newer/"' in preview.get("notes/other/").text

    (preview.notes / "deeper" / "newer.md").unlink()
    preview.wait_for(lambda: preview.get("notes/newer/").status == 404)
    assert 'href="../newer/"' not in preview.get("notes/other/").text

    preview.edit("tags.yml", "name: MoE", "name: Sparse models")
    preview.wait_for(lambda: "Sparse models" in preview.get("notes/switch/").text)


def test_a_broken_note_shows_its_problems_on_its_own_page_and_in_the_terminal(
    preview: Running,
) -> None:
    preview.wait_for(lambda: preview.server.preview.is_checked)
    preview.lines.clear()
    preview.edit("switch.md", "title: Switch", "title: Switch: broken")
    preview.wait_for(lambda: "1 problem in notes/switch.md" in preview.get("notes/switch/").text)
    assert "put it in double quotes" in preview.get("notes/switch/").text
    for page in ("", "notes/gshard/", "notes/other/", "search/", "tags/moe/", "log/"):
        assert "admonition failure" not in preview.get(page).text, page
    preview.wait_for(lambda: any("[invalid-front-matter]" in line for line in preview.lines))
    [line] = [line for line in preview.lines if "error" in line]
    assert line.startswith("notes/switch.md:2:8: error: an unquoted value cannot contain")

    preview.lines.clear()
    preview.edit("other.md", "On its own.", "On [[nothing there]].")
    preview.wait_for(lambda: any("[unresolved-link]" in line for line in preview.lines))
    assert not [line for line in preview.lines if "invalid-front-matter" in line]

    preview.edit("switch.md", "title: Switch: broken", "title: Switch")
    preview.wait_for(lambda: "admonition failure" not in preview.get("notes/switch/").text)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("mkdocs.yml", "site_name: A log", "site_name: ["),
        ("mkdocs.yml", "[readinglog]", "[readinglog, search]"),
        ("pyproject.toml", "", "[tool.readinglog]\nnots = 1\n"),
        ("over/main.html", "", "{% extends"),
    ],
)
def test_what_breaks_the_whole_log_shows_on_every_page_until_it_is_mended(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    folder = write_log(tmp_path / "log")
    (folder / "over").mkdir()
    config = CONFIG.replace("material}", "material, custom_dir: over}")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    with run_preview(folder) as preview:
        whole = preview.get("notes/switch/").text
        waiting = listen(preview, "notes/switch/")
        path = folder / file
        text = path.read_text("utf-8") if path.exists() else ""
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        preview.wait_for(lambda: waiting)
        for page in ("", "notes/switch/"):
            reply = preview.get(page)
            assert reply.status == 500
            assert "The site cannot be made" in reply.text
        assert any(line.startswith("error: ") for line in preview.lines)
        mended = listen(preview, "notes/switch/")
        path.write_text(text, encoding="utf-8") if text or not old else path.unlink()
        if not text and file.startswith("over"):
            path.unlink()
        preview.wait_for(lambda: mended)
        preview.wait_for(lambda: preview.get("notes/switch/").text == whole)


def test_a_folder_of_notes_that_is_moved_away_may_come_back(preview: Running) -> None:
    preview.notes.rename(preview.folder / "away")
    preview.wait_for(lambda: preview.get("").status == 500)
    assert "cannot be read: no such file or directory" in preview.get("").text
    (preview.folder / "away").rename(preview.notes)
    preview.wait_for(lambda: preview.get("").status == 200)
    preview.edit("other.md", "On its own.", "Watched again.")
    preview.wait_for(lambda: "Watched again." in preview.get("notes/other/").text)


def test_settings_styles_and_templates_are_followed(tmp_path: Path) -> None:
    folder = write_log(tmp_path / "log")
    (folder / "over").mkdir()
    (folder / "over" / "own.css").write_text("p { color: red }", encoding="utf-8")
    config = CONFIG.replace("material}", "material, custom_dir: over}") + "extra_css: [own.css]\n"
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    with run_preview(folder) as preview:
        waiting = listen(preview, "notes/other/")
        (folder / "over" / "own.css").write_text("p { color: blue }", encoding="utf-8")
        preview.wait_for(lambda: waiting)
        assert "blue" in preview.get("own.css").text
        (folder / "mkdocs.yml").write_text(config.replace("A log", "My log"), encoding="utf-8")
        preview.wait_for(lambda: "My log" in preview.get("notes/other/").text)
        preview.edit("other.md", "On its own.", r"$\half$")
        preview.wait_for(lambda: "rl-math-error" in preview.get("notes/other/").text)
        macros = "[math.macros]\nhalf = '\\frac{1}{2}'\n"
        (folder / "readinglog.toml").write_text(macros, encoding="utf-8")
        preview.wait_for(lambda: "<mfrac>" in preview.get("notes/other/").text)


def test_the_check_of_an_earlier_state_is_given_up(
    preview: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.wait_for(lambda: preview.server.preview.is_checked)
    checked: list[str] = []
    going_on = threading.Event()
    check_note = linter.check_note

    def check(note: Note, *arguments: object) -> object:
        checked.append(note.text)
        going_on.wait(5)
        return check_note(note, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(linter, "check_note", check)
    preview.edit("other.md", "On its own.", "# A heading, which others may lead to")
    preview.wait_for(lambda: checked)
    preview.edit("other.md", "# A heading, which others may lead to", "See [[nowhere]].")
    preview.wait_for(lambda: "nowhere" in preview.get("notes/other/").text)
    going_on.set()
    preview.wait_for(lambda: any("nowhere" in line for line in preview.lines))
    assert checked
    assert not any("A heading" in text for text in checked)


def test_after_an_edit_of_a_text_no_other_note_is_checked(
    preview: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.wait_for(lambda: preview.server.preview.is_checked)
    checked: list[str] = []
    check_note = linter.check_note

    def check(note: Note, *arguments: object) -> object:
        checked.append(note.path)
        return check_note(note, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(linter, "check_note", check)
    preview.edit("switch.md", "title: Switch", "rating: 9\ntitle: Switch")
    preview.wait_for(lambda: any("[invalid-value]" in line for line in preview.lines))
    checked.clear()
    preview.edit("other.md", "On its own.", r"On $\half$.")
    preview.wait_for(lambda: any("[invalid-math]" in line for line in preview.lines))
    assert {*checked} == {"other.md"}


def test_a_closed_tab_frees_its_thread(preview: Running) -> None:
    [address] = re.findall('data-changes="([^"]+)"', preview.get("notes/other/").text)
    with socket.create_connection(("127.0.0.1", preview.server.server_port)) as tab:
        tab.sendall(f"GET {unescape(address)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        preview.wait_for(lambda: sum(preview.server.preview.open_pages.values()))
    preview.wait_for(lambda: not sum(preview.server.preview.open_pages.values()))


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, "serve", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_wrong_call_says_what_to_do(tmp_path: Path) -> None:
    folder = write_log(tmp_path / "log")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(folder, "--address", f"127.0.0.1:{port}")
    assert done.returncode == 2
    assert f"127.0.0.1:{port} cannot be served at: address already in use" in done.stderr
    assert "--address HOST:PORT" in done.stderr
    done = run(folder, "--address", "8000")
    assert (done.returncode, "write HOST:PORT" in done.stderr) == (2, True)
    done = run(folder, "--config", "gone.yml", "--address", "127.0.0.1:0")
    assert (done.returncode, "there is no gone.yml" in done.stderr) == (2, True)
    (folder / "notes").rename(folder / "away")
    done = run(folder, "--address", "127.0.0.1:0")
    assert (done.returncode, "docs_dir" in done.stderr, "Traceback" in done.stderr) == (
        2,
        True,
        False,
    )


def test_ctrl_c_ends_it_at_once_and_quietly(tmp_path: Path) -> None:
    folder = write_log(tmp_path / "log")
    with subprocess.Popen(
        [PROGRAM, "serve", "--address", "127.0.0.1:0"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        preexec_fn=hear_interrupts,  # noqa: PLW1509 - no threads are started
    ) as program:
        assert program.stdout
        assert program.stderr
        line = program.stdout.readline()
        assert re.fullmatch(r"the site is at http://127.0.0.1:\d+/log/ \(Ctrl-C ends\)\n", line)
        address = line.split()[4].removeprefix("http://").split("/")[0].rpartition(":")
        with socket.create_connection((address[0], int(address[2]))) as tab:
            tab.sendall(b"GET /log/_readinglog/changes?page=x HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(0.3)
            started = time.monotonic()
            program.send_signal(signal.SIGINT)
            program.wait(timeout=60)
        assert time.monotonic() - started < 15, "it waits for no open page, which stays open"
        assert (program.returncode, program.stderr.read()) == (0, "")
