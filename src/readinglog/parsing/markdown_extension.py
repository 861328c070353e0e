"""The Markdown extension that renders notes inside either engine.

The blocks of a note, and the code, math and HTML in them, are found by the parser that the checker
uses, before Python-Markdown sees the text. Python-Markdown makes of each block what its extensions
make of it, those of a user too; containers, headings and rules it builds from our tree. What comes
of it, with all that was taken out put back, is sanitised as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import punctuation

from markdown import Extension, Markdown

from readinglog.model.slugs import make_anchor
from readinglog.parsing import markdown_blocks, markdown_inlines, markdown_trees
from readinglog.parsing.latex.macros import read_macros
from readinglog.parsing.markdown_footnotes import Footnotes
from readinglog.parsing.markdown_words import TO_FOOTNOTE, TO_HEADING, Words

_EXTENSIONS = (
    "attr_list",
    "pymdownx.mark",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
_SETTINGS: dict[str, dict[str, object]] = {
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tilde": {"subscript": False},
}


class ReadinglogExtension(Extension):
    """All that the text of a note needs, in one extension.

    `macros` are those of the log, as `read_macros` reads them; `words` are those that the
    extension writes, in the language of the site.
    """

    def __init__(self, macros: Mapping[str, str] | None = None, words: Words | None = None) -> None:
        super().__init__()
        self._macros = read_macros(macros or {})
        self._words = words or {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.registerExtensions(list(_EXTENSIONS), _SETTINGS)
        md.registerExtensions(
            [
                Footnotes(BACKLINK_TITLE=self._words.get(TO_FOOTNOTE, TO_FOOTNOTE)),
                markdown_trees.Headings(
                    slugify=lambda text, _: make_anchor(text),
                    permalink="¶",
                    permalink_title=self._words.get(TO_HEADING, TO_HEADING),
                ),
            ],
            {},
        )
        markdown_blocks.register(md, self._macros, self._words)
        markdown_inlines.register(md)
        markdown_trees.register(md, self._words)
        # As everywhere else: `\$` is a dollar.
        md.ESCAPED_CHARS += [mark for mark in punctuation if mark not in md.ESCAPED_CHARS]


def makeExtension(  # noqa: N802 - Python-Markdown's name
    macros: Mapping[str, str] | None = None,
    words: Words | None = None,
    **_: object,
) -> ReadinglogExtension:
    """Return the extension: Python-Markdown calls this to load it by its module's name."""
    return ReadinglogExtension(macros, words)
