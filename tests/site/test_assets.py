"""Scripts and styles are served without what is there for those who edit them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readinglog.site.assets import copy_asset, served
from readinglog.site.written_tree import THEME

SCRIPT = """\
// What the module is for.

/**
 * Return twice a number.
 * @param {number} value
 */
export const double = (value) =>
  2 * value; // even
  // on a line of its own
const four = double(
  /** @type {number} */ (JSON.parse("2")),
);
/* At the end. */
const pattern = /\\/\\*/;
"""
SERVED = """\

export const double = (value) =>
2 * value; // even
const four = double(
/** @type {number} */ (JSON.parse("2")),
);
const pattern = /\\/\\*/;
"""


def test_a_script_is_served_without_its_comments_and_indentation(tmp_path: Path) -> None:
    (tmp_path / "double.js").write_text(SCRIPT, encoding="utf-8")
    assert served(tmp_path / "double.js").decode() == SERVED


def test_no_line_of_code_is_lost() -> None:
    scripts = sorted((THEME / "assets").rglob("*.js"))
    assert scripts
    for script in scripts:
        lines = script.read_text(encoding="utf-8").splitlines()
        code = [
            line.lstrip() for line in lines if not re.match(r"\s*(//|/\*.*\*/$|/\*\*?$|\*)", line)
        ]
        assert served(script).decode().splitlines() == code, script


@pytest.mark.parametrize("name", ["icon.svg", "data.json"])
def test_any_other_file_is_served_as_it_is(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"  // not ours\n")
    copy_asset(str(tmp_path / name), str(tmp_path / "copy"))
    assert (tmp_path / "copy").read_bytes() == b"  // not ours\n"
