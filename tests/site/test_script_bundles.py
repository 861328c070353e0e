"""A page loads one file for each script that it names: what the script imports is within it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from readinglog.site.script_bundles import bundle_script, list_bundled_modules
from readinglog.workspace.files import write_file
from support.browsing import serve_folder, visit

MODULES = {
    "page.js": """\
import { double as twice, ONE } from "./parts/double.js";
import { Counter } from "./parts/counter.js";

const value = "the page's own";
const { later } = await import("./later.js");
const counter = new Counter();
counter.add();
const result = [twice(ONE), counter.count, value, later(), await counter.load()];
const line = document.createElement("p");
line.textContent = JSON.stringify(result);
document.body.append(line);
""",
    "parts/counter.js": """\
import { add } from "./add.js";

const value = "not the page's";
export class Counter {
  count = 0;
  add() {
    this.count = add(this.count, 1);
  }
  async load() {
    const { later } = await import("../later.js");
    return [later(), value, new URL("../data.json", import.meta.url).pathname.split("/").pop()];
  }
}
""",
    "parts/double.js": """\
import {
  add,
} from "./add.js";

export const ONE = 1;
export function double(value) {
  return add(value, value);
}
""",
    "parts/add.js": "export function add(one, other) {\n  return one + other;\n}\n",
    "later.js": 'import { add } from "./parts/add.js";\nexport const later = () => add("la", "ter");\n',
}


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    folder = tmp_path / "scripts"
    for path, code in MODULES.items():
        write_file(folder / path, code.encode())
    return folder


def test_a_bundle_does_what_its_modules_do(scripts: Path, tmp_path: Path, browser: Browser) -> None:
    page_html = b'<!doctype html><script type="module" src="page.js"></script>'
    bundles = tmp_path / "bundles"
    for name in ("page.js", "later.js"):
        write_file(bundles / name, bundle_script(scripts / name).encode())
    texts = []
    for folder in (scripts, bundles):
        write_file(folder / "index.html", page_html)
        with serve_folder(folder) as root, visit(browser, root) as (page, problems):
            page.goto(root)
            texts.append(page.locator("p").text_content())
            assert problems == []
    assert texts[0] == '[2,1,"the page\'s own","later",["later","not the page\'s","data.json"]]'
    assert texts[1] == texts[0]


def test_a_module_stands_in_a_bundle_once(scripts: Path) -> None:
    assert bundle_script(scripts / "page.js").count("return one + other") == 1


def test_what_is_loaded_later_is_served_by_itself(scripts: Path) -> None:
    bundled = {path.relative_to(scripts).as_posix() for path in list_bundled_modules(scripts)}
    assert bundled == {"parts/counter.js", "parts/double.js", "parts/add.js"}


@pytest.mark.parametrize(
    "line",
    [
        "export default 1;",
        'export * from "./double.js";',
        'import * as all from "./double.js";',
        'import first from "./double.js";',
        "export let count = 0;",
    ],
)
def test_what_a_bundle_cannot_hold_is_said(line: str, scripts: Path) -> None:
    write_file(scripts / "parts/add.js", f"{line}\n".encode())
    with pytest.raises(ValueError, match=r"`add\.js` imports or exports otherwise") as raised:
        bundle_script(scripts / "page.js")
    assert line in str(raised.value)


def test_modules_that_import_each_other_are_named(scripts: Path) -> None:
    write_file(scripts / "parts/add.js", b'import { ONE } from "./double.js";\n')
    with pytest.raises(ValueError, match=r"page\.js → double\.js → add\.js → double\.js"):
        bundle_script(scripts / "page.js")
