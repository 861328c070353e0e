"""The frames of pages, as MkDocs renders them with the theme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as EnginePage

from readinglog.site.frames import GAPS, Frame, mark_gap
from readinglog.site.page import Page

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation


class Theme:
    """The theme of a site, which frames its pages: with one frame for all at the same depth."""

    def __init__(
        self, environment: Environment, nav: Navigation, files: Files, config: MkDocsConfig
    ) -> None:
        self._template = environment.get_template("main.html")
        self._nav, self._files, self._config = nav, files, config
        self._frames: dict[int, Frame | None] = {}

    def finish(self, page: Page, gaps: Mapping[str, str]) -> str:
        """Return the HTML of a page whose gaps are filled so."""
        listed = self._files.get_file_from_path(page.markdown_path)
        if listed and listed.page:
            return self._render(listed.page, gaps)
        frame = self._get_frame(page.address)
        return frame.fill(gaps) if frame else self._render(self._add_page(page.address), gaps)

    def _get_frame(self, address: str) -> Frame | None:
        """Return the frame for a page, or None where the theme makes more of a page than to fill
        the gaps.
        """
        depth = address.count("/")
        if depth not in self._frames:
            marks = {name: mark_gap(name) for name in GAPS}
            frame = Frame(self._render(self._add_page(address), marks))
            trial = {name: f"<i>{name}</i>" for name in GAPS}
            is_alike = frame.fill(trial) == self._render(self._add_page(f"x{address}"), trial)
            self._frames[depth] = frame if is_alike else None
        return self._frames[depth]

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
