"""No kind of page moves while it loads: what scripts add has its place before."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from support.browsing import AFTER_LAYOUT, open_page
from support.sample_pages import KINDS

WATCH = """() => {
  window.shift = 0;
  window.shifted = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      window.shift += entry.value;
      window.shifted.push(...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 100) ?? "text"));
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["phone", "desktop"])
def test_no_kind_of_page_shifts_while_it_loads(
    browser: Browser, root: str, size: tuple[int, int]
) -> None:
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_init_script(f"({WATCH})()")
    page = context.new_page()
    found = {}
    for kind, address in KINDS.items():
        open_page(page, root + address, kind)
        page.evaluate(AFTER_LAYOUT)
        shift, moved = page.evaluate("[window.shift, window.shifted]")
        if shift >= 0.05:
            found[kind] = (shift, moved[:6])
    context.close()
    assert found == {}
