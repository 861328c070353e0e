"""Makes of a folder of notes what MkDocs with Material alone can build: the same texts, with
Markdown links for wikilinks, and the configuration for it.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from urllib.parse import quote

# Code is matched first, so that what looks like a link in it stays as it is.
_CODE_OR_LINK = re.compile(
    r"^(?P<fence>```+|~~~+).*?^(?P=fence)`*~*[ \t]*$|(?P<ticks>`+)[^`].*?(?P=ticks)"
    r"|!?\[\[(?P<target>[^\[\]|#\n]*)(?:#(?P<heading>[^\[\]|\n]*))?(?:\\?\|(?P<label>[^\[\]\n]*))?\]\]",
    re.MULTILINE | re.DOTALL,
)
_TITLE = re.compile(r"^title:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_ALIASES = re.compile(r"^aliases:[ \t]*\[(.*?)\][ \t]*$", re.MULTILINE)

CONFIG = """\
site_name: Reading log
site_url: https://example.org/log/
theme: {name: material, font: false}
plugins: [search, tags]
nav: [index.md]
markdown_extensions:
  - tables
  - footnotes
  - attr_list
  - def_list
  - admonition
  - toc: {permalink: true}
  - pymdownx.tasklist
  - pymdownx.superfences
  - pymdownx.highlight
  - pymdownx.arithmatex: {generic: true}
"""


def write_plain_log(notes: Path, folder: Path) -> None:
    """Write the notes and `mkdocs.yml` into a new folder."""
    docs = folder / "docs"
    shutil.copytree(notes, docs)
    rewrite_links(docs)
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    if not (docs / "index.md").exists():
        (docs / "index.md").write_text("# Reading log\n", encoding="utf-8")
    if not (docs / "tags.md").exists():
        (docs / "tags.md").write_text("# Tags\n\n<!-- material/tags -->\n", encoding="utf-8")


def rewrite_links(docs: Path) -> None:
    """Write Markdown links for all wikilinks in a folder."""
    texts = {path: read(path) for path in sorted(docs.rglob("*.md"))}
    named = {name.casefold(): path for path in reversed(texts) for name in _list_names(path, texts)}
    titles = {path: _get_title(path, text) for path, text in texts.items()}
    for path, text in texts.items():
        here = path.parent

        def rewrite(found: re.Match[str], here: Path = here) -> str:
            if found["target"] is None:
                return found[0]
            target, heading = found["target"].strip(), found["heading"]
            other = named.get(target.removesuffix(".md").rpartition("/")[2].casefold())
            anchor = f"#{_make_anchor(heading)}" if heading else ""
            if other is None:  # a heading of the same note, or nothing that there is
                label = found["label"] or target or heading or ""
                return f"[{label}]({anchor})" if anchor and not target else label
            relative = quote(os.path.relpath(other, here).replace(os.sep, "/"))
            return f"[{found['label'] or titles[other]}]({relative}{anchor})"

        path.write_text(_CODE_OR_LINK.sub(rewrite, text), encoding="utf-8")


def read(path: Path) -> str:
    """Return the text of a note, whatever bytes are in it."""
    return path.read_text(encoding="utf-8", errors="replace")


def _list_names(path: Path, texts: dict[Path, str]) -> list[str]:
    """Return what a wikilink may call a note."""
    aliases = _ALIASES.search(texts[path])
    others = aliases[1].split(",") if aliases else []
    names = (path.stem, _get_title(path, texts[path]), *others)
    return [name.strip().strip("\"'") for name in names]


def _get_title(path: Path, text: str) -> str:
    title = _TITLE.search(text)
    return title[1].strip("\"'").replace("[", "(").replace("]", ")") if title else path.stem


def _make_anchor(heading: str) -> str:
    """Return the anchor of a heading as Python-Markdown makes it."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower())
