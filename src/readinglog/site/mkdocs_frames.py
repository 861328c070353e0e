"""The frames of pages, as MkDocs renders them with the theme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as EnginePage

from readinglog.site.frames import GAPS, Frame, mark_gap, trim_lines
from readinglog.site.page import Page

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation


class MkDocsTheme:
    """The theme of a site, which frames its pages: with one frame for all at the same depth."""

    def __init__(
        self, environment: Environment, nav: Navigation, files: Files, config: MkDocsConfig
    ) -> None:
        self._template = environment.get_template("main.html")
        self._nav, self._files, self._config = nav, files, config
        self._frames: dict[int, Frame | None] = {}

    def get_frame(self, page: Page) -> Frame | None:
        """Return the frame for a page, or None where the theme makes more of it than to fill the
        gaps: in the navigation, or with a template that a user has changed.
        """
        if self._find_listed(page):
            return None
        depth = page.address.count("/")
        if depth not in self._frames:
            self._frames[depth] = self._make_frame(depth)
        return self._frames[depth]

    def render(self, page: Page, gaps: Mapping[str, str]) -> str:
        """Return the HTML of a page whose gaps are filled so."""
        return self._render(self._find_listed(page) or self._add_page(page.address), gaps)

    def _find_listed(self, page: Page) -> EnginePage | None:
        """Return a page as it is in the navigation, or None."""
        file = self._files.get_file_from_path(page.markdown_path)
        return file.page if file else None

    def _make_frame(self, depth: int) -> Frame | None:
        # At an address that no other is below, so that its links lead on from any at that depth.
        marks = {name: mark_gap(name) for name in GAPS}
        html = self._render(self._add_page("frame/" * depth), marks)
        trial = {name: f"<i>{name}</i>" for name in GAPS}
        is_alike = Frame(html).fill(trial) == self._render(self._add_page("trial/" * depth), trial)
        return Frame(trim_lines(html)) if is_alike else None

    def _add_page(self, address: str) -> EnginePage:
        """Return a page that the navigation does not list."""
        inclusion = InclusionLevel.NOT_IN_NAV
        path = f"{address}index.md"
        file = File.generated(self._config, path, content="", inclusion=inclusion)
        return EnginePage(None, file, self._config)

    def _render(self, page: EnginePage, gaps: Mapping[str, str]) -> str:
        page.meta = {**gaps, "hide": ["navigation", "toc"]}
        page.content = gaps["content"]
        page.active = True
        context = get_context(self._nav, self._files, self._config, page)
        html = self._template.render(context)
        page.active = False
        return html
