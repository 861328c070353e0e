"""Scripts and styles are served without what is there for those who edit them."""

from __future__ import annotations

import ast
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from readinglog.site import assets
from readinglog.site.assets import copy_asset, list_parts, read_asset, read_assets
from support.browsing import ASSETS
from support.paths import ROOT

FONTS = (ASSETS / "style/fonts.css").read_text(encoding="utf-8")
SCRIPT = """\
// What the module is for.

/**
 * Return twice a number.
 * @param {number} value
 */
export const double = (value) =>
  2 * value; // even
const text = `// no
  /* comment */ ${double(1)}`;
const pattern = /\\/\\*/;
"""
SERVED = """\
export const double=(value)=>2*value;const text=`// no
  /* comment */ ${double(1)}`;const pattern=/\\/\\*/;"""


def test_a_script_is_served_without_comments_and_indentation(tmp_path: Path) -> None:
    (tmp_path / "double.js").write_text(SCRIPT, encoding="utf-8")
    assert read_asset(tmp_path / "double.js").decode() == SERVED


def test_a_style_is_served_with_those_that_it_imports(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a.css").write_text(".a {\n  margin: 0;\n}\n", encoding="utf-8")
    (tmp_path / "parts" / "b.css").write_text(".b {\n  color: red;\n}\n", encoding="utf-8")
    style = '/* All */\n@import "parts/a.css";\n@import "parts/b.css";\n.c {\n  top: 0;\n}\n'
    (tmp_path / "all.css").write_text(style, encoding="utf-8")
    assert read_asset(tmp_path / "all.css") == b".a{margin:0}.b{color:red}.c{top:0}"


def test_a_style_is_served_without_comments_and_indentation(tmp_path: Path) -> None:
    style = '/* Notes */\n.rl-note {\n  content: "/* kept */";\n  margin: 0;\n}\n'
    (tmp_path / "note.css").write_text(style, encoding="utf-8")
    assert read_asset(tmp_path / "note.css") == b'.rl-note{content:"/* kept */";margin:0}'


def test_no_style_loses_the_space_between_two_selectors() -> None:
    """In rules within others than `@media`, the minifier takes `a :is(b)` for `a:is(b)`."""
    descendant = re.compile(r"(?<=[\w\])\"]) :(?=[a-z])")
    for style in ASSETS.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
        served = read_asset(style).decode()
        assert len(descendant.findall(served)) >= len(descendant.findall(text)), style.name


def test_what_is_served_is_kept_as_long_as_no_file_of_the_theme_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = tmp_path / "assets"
    shutil.copytree(ASSETS, theme)
    monkeypatch.setattr(assets, "_ASSETS", theme)
    monkeypatch.setattr(assets, "list_parts", frozenset)
    read: list[str] = []
    monkeypatch.setattr(
        assets, "read_asset", lambda path, _: (read.append(path.name), path.read_bytes())[1]
    )
    cache = tmp_path / "cache"
    served = read_assets("en", cache)
    assert {path.relative_to(theme) for path in served} >= {Path("theme.js"), Path("favicon.svg")}
    assert len(read) == len(served)
    assert read_assets("en", cache) == served
    assert len(read) == len(served)
    (theme / "favicon.svg").write_text("<svg/>", encoding="utf-8")
    assert read_assets("en", cache)[theme / "favicon.svg"] == b"<svg/>"
    read_assets("de", cache)
    assert len(read) == 3 * len(served)
    whole = read_assets("de", None)
    for damage in ("value = substr(value, 2)", "value = x'ff'"):
        for key in ("theme.js", "/"):
            with closing(sqlite3.connect(cache / "assets.db")) as database, database:
                database.execute(f"UPDATE kept SET {damage} WHERE key = ?", (key,))  # noqa: S608
            assert read_assets("de", cache) == whole
    (cache / "assets.db").write_bytes(b"")
    assert read_assets("de", cache) == whole


@pytest.mark.parametrize("name", ["icon.svg", "data.json"])
def test_any_other_file_is_served_as_it_is(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"  // not ours\n")
    copy_asset(str(tmp_path / name), str(tmp_path / "copy"))
    assert (tmp_path / "copy").read_bytes() == b"  // not ours\n"


def test_what_is_served_within_others_is_not_served_by_itself() -> None:
    names = {path.name for path in list_parts()}
    assert {"element.js", "words.js", "english_stemmer.js", "search.css"} <= names
    assert not {"readinglog.js", "page.js", "palette.js", "box.js", "readinglog.css"} & names
    loaded_later = {"formula.js", "sortable.js"}  # whether or not another script imports them
    assert not loaded_later & names


def test_no_character_of_formulas_is_in_two_fonts() -> None:
    script = ast.parse((ROOT / "scripts/make_fonts.py").read_text(encoding="utf-8"))
    lists = {
        target.id: ast.literal_eval(node.value)
        for node in script.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in {"COMMON", "RARE"}
    }
    common, rare = (list_characters(lists[name]) for name in ("COMMON", "RARE"))
    assert common.isdisjoint(rare)
    assert {ord(character) for character in "⟨⟩𝟏𝟙ℝ𝔼"} <= common
    (ranges,) = re.findall(r"math-rare.*?unicode-range:\s*([^;]*);", FONTS, re.DOTALL)
    assert list_characters(ranges.replace("U+", "")) == rare


def list_characters(ranges: str) -> set[int]:
    """Return the characters of ranges such as `20-7E, A0`."""
    ends = [part.strip().partition("-")[::2] for part in ranges.split(",")]
    return {
        character
        for first, last in ends
        for character in range(int(first, 16), int(last or first, 16) + 1)
    }
