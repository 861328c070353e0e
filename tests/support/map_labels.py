"""The labels of the maps of a site, as a browser lays them out."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

# Lays every map of the site on one page, as wide as it is drawn, and gives the boxes of its texts;
# a map of lanes stands in it at several widths.
LABELS = """async (addresses) => {
  const found = {};
  const within = (box, frame) => [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top];
  const main = document.querySelector(".rl-main");
  for (const address of addresses) {
    const text = await (await fetch(address)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const map of page.querySelectorAll(".rl-lanes")) {
      for (const width of [286, 344, 581, 1141]) {
        main.replaceChildren(map);
        map.style.width = `${width}px`;
        const frame = map.getBoundingClientRect();
        const texts = [...map.querySelectorAll(".rl-axis span, li bdi, .rl-lane-name")].filter((one) => one.offsetWidth > 1);
        found[`${address} at ${width}`] = [width, frame.height, texts.map((one) => [one.textContent, ...within(one.getBoundingClientRect(), frame)])];
      }
    }
    for (const map of page.querySelectorAll(".rl-map")) {
      main.replaceChildren(map);
      map.style.width = "280px";
      const frame = map.getBoundingClientRect();
      found[address] = [frame.width, frame.height, [...map.querySelectorAll("a, small")].map((one) => [one.textContent, ...within(one.getBoundingClientRect(), frame)])];
    }
  }
  return found;
}"""


def list_maps(site: Path) -> list[str]:
    """Return the address of every page of a site that has a map."""
    files = [
        file
        for file in site.rglob("index.html")
        if re.search("rl-map|rl-lanes", file.read_text(encoding="utf-8"))
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
