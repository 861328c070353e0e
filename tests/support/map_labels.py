"""The labels of the maps of a site, as a browser lays them out."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

# Lays every map of the site on one page, as wide as it is drawn, and gives the boxes of its texts.
LABELS = """async (addresses) => {
  const found = {};
  for (const address of addresses) {
    const text = await (await fetch(address)).text();
    for (const map of new DOMParser().parseFromString(text, "text/html").querySelectorAll("svg.rl-map")) {
      const { width, height } = map.viewBox.baseVal;
      document.querySelector(".rl-main").replaceChildren(map);
      map.style.cssText = `max-width: none; min-width: 0; width: ${width}px; height: ${height}px`;
      found[address] = [width, height, [...map.querySelectorAll("text")].map((text) => {
        const box = text.getBBox();
        return [text.textContent, box.x, box.y, box.x + box.width, box.y + box.height];
      })];
    }
  }
  return found;
}"""


def list_maps(site: Path) -> list[str]:
    """Return the address of every page of a site that has a map."""
    files = [
        file for file in site.rglob("index.html") if "rl-map" in file.read_text(encoding="utf-8")
    ]
    return sorted(f"/{file.parent.relative_to(site).as_posix()}/" for file in files)


def find_label_problems(page: Page, addresses: list[str]) -> list[str]:
    """Return the labels that overlap or leave their map; `page` is one of the site, and its text is
    replaced.
    """
    wrong = []
    for address, (width, height, texts) in page.evaluate(LABELS, addresses).items():
        for at, (text, left, top, right, bottom) in enumerate(texts):
            if left < -1 or top < -1 or right > width + 1 or bottom > height + 1:
                wrong.append(f"{address}: {text} leaves the picture")
            for other, *box in texts[:at]:
                across, down = (
                    min(right, box[2]) - max(left, box[0]),
                    min(bottom, box[3]) - max(top, box[1]),
                )
                if across > 1 and down > 1:
                    wrong.append(
                        f"{address}: {text} and {other} overlap by {across:.0f} × {down:.0f}"
                    )
    return wrong
