"""Times `mkdocs build` of generated notes against MkDocs and Material alone (search and tags
plugins) on plain links.

Then the same build again with one note edited, against the whole build.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import generate
from timing import ratio, seconds

_ALONE = """\
site_name: Alone
theme: {name: material, font: false}
plugins: [search, tags]
markdown_extensions:
  [tables, footnotes, attr_list, def_list, pymdownx.superfences, pymdownx.highlight, {pymdownx.arithmatex: {generic: true}}]
"""


def main(count: int = 1_000) -> None:
    """Print the ratios at `count` notes."""
    with tempfile.TemporaryDirectory() as folder:
        ours, alone = Path(folder) / "ours", Path(folder) / "alone"
        generate.write(ours / "notes", count)
        generate.write(alone / "docs", count, "[a work]({target}.md)")
        shutil.copy(Path(__file__).parent.parent / "mkdocs.yml", ours)
        (alone / "mkdocs.yml").write_text(_ALONE, encoding="utf-8")
        engine = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file"]
        whole = [*engine, str(ours / "mkdocs.yml")]
        clean = ["sh", "-c", f'rm -rf {ours / ".cache"} && exec "$@"', "sh", *whole]
        ratio(
            f"whole build, {count:,} notes",
            clean,
            "MkDocs and Material alone",
            [*engine, str(alone / "mkdocs.yml")],
            runs=1,
        )
        full = seconds(clean)
        note = ours / "notes" / "note-7.md"
        note.write_text(
            note.read_text(encoding="utf-8").replace('title: "', 'title: "Edited: ', 1),
            encoding="utf-8",
        )
        again = seconds(whole)
        print(
            f"again after one edit: {again:.2f} s; the whole build: {full:.2f} s; ratio {again / full:.2f}"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
