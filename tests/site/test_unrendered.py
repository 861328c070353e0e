"""A text that Markdown fails at, or an extension of a user, takes no other from the site."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from readinglog.site.mkdocs_plugin import ReadinglogPlugin
from readinglog.site.page import Site
from readinglog.site.unrendered import makeExtension


class _Fails(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        if "wrong" in lines[0]:
            message = "<no>\x1b[31m such line\nmore"
            raise ValueError(message)
        return lines


class _Failing(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.register(_Fails(md), "fails", 100)


def test_an_engine_without_the_plugin_shows_it_as_it_is_written(
    caplog: pytest.LogCaptureFixture,
) -> None:
    markdown = Markdown(extensions=[_Failing(), makeExtension(language="de")])
    html = markdown.reset().convert("A wrong <text>\n\nMore")
    assert "Dieser Text" in html
    assert "ValueError: &lt;no&gt;" in html
    assert "A wrong &lt;text&gt;" in html
    assert "\x1b" not in html
    assert markdown.reset().convert("A right one") == "<p>A right one</p>"
    (told,) = caplog.messages
    assert "that begins `A wrong <text>` cannot be rendered: ValueError" in told


def test_mkdocs_goes_on_where_it_renders_pages_itself(caplog: pytest.LogCaptureFixture) -> None:
    plugin = ReadinglogPlugin()
    plugin.site = Site("A log")
    markdown = Markdown(extensions=[_Failing()])
    pages = [SimpleNamespace(url=f"notes/{text}/", markdown=text) for text in ("wrong", "right")]
    for page in pages:

        def render(*_: object, page: SimpleNamespace = page) -> None:
            page.content = markdown.convert(page.markdown)

        page.render = render
        plugin.on_page_markdown(
            "", page=cast("Any", page), config=cast("Any", None), files=cast("Any", None)
        )
        page.render(None, None)
    assert "This text cannot be rendered" in pages[0].content
    assert pages[1].content == "<p>right</p>"
    assert [message.partition(":")[0] for message in caplog.messages] == [
        "the text of notes/wrong/ cannot be rendered"
    ]
