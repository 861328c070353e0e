"""What axe finds on pages, and how it is kept from measuring the same again."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from support.browsing import AFTER_LAYOUT

COLOUR_RULES = ["color-contrast", "link-in-text-block"]  # the rules that a scheme decides
AXE_TAGS = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split()
# Contrast takes most of axe's time, row after row and width after width. A text is measured unless
# one on its page has passed that is seen alike: in the same colours and font, within elements of the
# same names, classes, grounds and effects, and with the like over or under it where boxes meet.
RUN_AXE = """async (tags) => {
  const passed = window.passedContrast ??= new Set();
  const numbers = window.numbersOfTexts ??= new Map();
  const GROUND = ["position", "zIndex", "backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "transform", "clipPath"];
  const WRITING = ["color", "fontSize", "fontWeight", "fontFamily", "textShadow", "webkitTextStroke", "textIndent"];
  const pick = (style, names) => names.map((name) => style[name]).join();
  const number = (text) => numbers.get(text) ?? numbers.set(text, numbers.size + 1).size;
  const styles = new Map([...document.querySelectorAll("*")].map((element) => [element, getComputedStyle(element)]));
  const grounds = new Map([[null, 0]]);
  for (const [element, style] of styles)  // parents come first
    grounds.set(element, number(`${grounds.get(element.parentElement)} ${element.tagName} ${element.getAttribute("class")} ${pick(style, GROUND)}`));
  const isTransparent = ({ backgroundColor, backgroundImage }) => backgroundImage === "none" && backgroundColor.endsWith(", 0)");
  const boxes = [...styles].filter(([, style]) => !["static", "relative"].includes(style.position) || !isTransparent(style))
    .map(([element]) => [element, element.getBoundingClientRect()]);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const describe = (element) => {
    const own = element.getBoundingClientRect();
    const others = boxes.filter(([other, box]) => meet(own, box) && !other.contains(element)).map(([other]) => grounds.get(other));
    const isMoreThanASign = /[\\p{L}\\p{N}].*[\\p{L}\\p{N}]/su.test(element.textContent);
    return [isMoreThanASign, pick(styles.get(element), WRITING), grounds.get(element), "beside", ...new Set(others)].join(" ");
  };
  const check = axe._audit.checks["color-contrast"];
  const measure = check.evaluate;
  check.evaluate = function (element, ...rest) {
    const description = describe(element);
    if (passed.has(description)) return true;
    const answer = measure.call(this, element, ...rest);
    if (answer === true) passed.add(description);
    return answer;
  };
  try {
    return (await axe.run({ runOnly: tags, resultTypes: ["violations"], preload: false })).violations;
  } finally {
    check.evaluate = measure;
  }
}"""


def find_violations(page: Page, scheme: str, widths: tuple[int, ...]) -> list[str]:
    """Return what axe finds on an open page at each width; in the dark scheme colours alone, for
    the rest is the same in both.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(AFTER_LAYOUT)
        for rule in page.evaluate(RUN_AXE, AXE_TAGS if scheme == "light" else COLOUR_RULES):
            places = [" ".join(map(str, node["target"])) for node in rule["nodes"]]
            found.append(f"{scheme} {width}: {rule['id']}: {rule['help']}: {places[:5]}")
    return found
