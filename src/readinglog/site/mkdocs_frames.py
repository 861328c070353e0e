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
        frame = self._get_frame(page.address)
        return frame.fill(gaps) if frame else self._render(page.address, gaps)

    def _get_frame(self, address: str) -> Frame | None:
        """Return the frame for a page, or None where the theme makes more of a page than to fill
        the gaps.
        """
        depth = address.count("/")
        if depth not in self._frames:
            frame = Frame(self._render(address, {name: mark_gap(name) for name in GAPS}))
            trial = {name: f"<i>{name}</i>" for name in GAPS}
            is_alike = frame.fill(trial) == self._render(f"x{address}", trial)
            self._frames[depth] = frame if is_alike else None
        return self._frames[depth]

    def _render(self, address: str, gaps: Mapping[str, str]) -> str:
        file = File.generated(
            self._config, f"{address}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV
        )
        page = EnginePage(None, file, self._config)
        page.meta = {**gaps, "hide": ["navigation", "toc"]}
        page.content = gaps["content"]
        page.active = True
        return self._template.render(get_context(self._nav, self._files, self._config, page))
