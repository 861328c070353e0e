"""Texts that Markdown fails at, or an extension of a user: they are shown as they are written."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from markdown import Extension, Markdown

from readinglog.model.printable import make_printable
from readinglog.site.messages import use_language
from readinglog.site.rendering import render

if TYPE_CHECKING:
    from collections.abc import Callable

# As an engine names it, so that what cannot be made is a warning of the build.
_log = logging.getLogger("mkdocs.plugins.readinglog")
_BEGINNING = 60  # characters of a text that a message shows


def render_as_written(place: str, address: str, text: str, error: Exception) -> str:
    """Return the HTML of a text that cannot be rendered, and log that; `place` is where it is."""
    reason = next(iter(str(error).splitlines()), "")
    reason = make_printable(f"{type(error).__name__}: {reason}" if reason else type(error).__name__)
    _log.warning("the text of %s cannot be rendered: %s", place, reason)
    return str(render("unrendered.html", address, reason=reason, text=text))


class GuardExtension(Extension):
    """Keeps one text from ending the build of an engine that runs without the plugin."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.convert = partial(self._convert, md.convert)  # type: ignore[method-assign]

    def _convert(self, convert: Callable[[str], str], text: str) -> str:
        try:
            return convert(text)
        except Exception as error:  # noqa: BLE001 - one text, or one extension, takes no page
            beginning = make_printable(text.strip().partition("\n")[0][:_BEGINNING])
            with use_language(self._language):
                return render_as_written(f"the note that begins `{beginning}`", "", text, error)


def makeExtension(language: str = "en", **_: object) -> GuardExtension:  # noqa: N802
    """Return the extension: Python-Markdown calls this to load it by its module's name."""
    return GuardExtension(language)
