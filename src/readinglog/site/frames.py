"""The frame of a page: what the theme puts around all pages, rendered once, with gaps to fill."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b

from markupsafe import Markup, escape

from readinglog.model.printable import remove_control
from readinglog.site.messages import use_language
from readinglog.site.page import Page, Site
from readinglog.site.rendering import render, render_page, use_macros

# The gaps of `theme/main.html`: all but the last are in the front matter of a page.
GAPS = (
    *("title", "window_title", "head", "layout", "before", "text_start", "text_end", "after"),
    "content",
)
# Around a text in another language than the site, and one that is folded.
_LANGUAGE, _FOLD = Markup(' lang="{}"'), Markup(' class="rl-folded" data-fold="{}"')
_MARK = re.compile("\ue000([a-z_]+)\ue001")  # characters of no text, which the theme leaves alone
# Elements in which white space may count; then line breaks with the white space around them, and
# those beside a tag of a block, or of the head.
_AS_WRITTEN = r"(<(pre|textarea|script|style)\b(?:.*?</\2>|.*))"
_BLOCKS = "article body div h[1-6] head header html li link main meta nav p section title ul"
_BLOCK = rf"</?(?:{_BLOCKS.replace(' ', '|')})(?=[\s/>])"
_LINE_BREAK = re.compile(rf"{_AS_WRITTEN}|(?<![^\S\n])[^\S\n]*+\n\s*", re.DOTALL | re.IGNORECASE)
_BLOCK_EDGE = re.compile(
    rf"{_AS_WRITTEN}|({_BLOCK}[^<>]*>)\n|\n(?={_BLOCK})", re.DOTALL | re.IGNORECASE
)


def fill_gaps(page: Page, site: Site) -> dict[str, str]:
    """Return what stands in the gaps of a page, but for its content."""
    with use_language(site.language), use_macros(site.macros):
        rendered = render_page(page)
        head = render("head.html", page.address, page=page, site=site)
    title = str(escape(page.title))
    name = str(escape(site.name))
    about_text = _LANGUAGE.format(page.language) if page.language else ""
    about_text += _FOLD.format(page.fold) if page.fold else ""
    gaps = {
        "title": title,
        "window_title": name if title in ("", name) else f"{title} · {name}",
        "head": head + rendered.head,
        "layout": "rl-layout rl-wide" if page.wide else "rl-layout",
        "before": rendered.before,
        "text_start": f"<div{about_text}>" if about_text else "",
        "text_end": "</div>" if about_text else "",
        "after": rendered.after,
    }
    return {name: remove_control(text) for name, text in gaps.items()}


def mark_gap(name: str) -> str:
    """Return the mark of a gap, which the theme renders like a text."""
    return f"\ue000{name}\ue001"


def trim_lines(html: str) -> str:
    """Return HTML without indentation and line breaks that show nothing, which add up over all
    pages.
    """
    html = _LINE_BREAK.sub(lambda found: found[1] or "\n", html)
    return _BLOCK_EDGE.sub(lambda found: found[1] or found[3] or "", html)


class Frame:
    """The HTML of a page with marks in its gaps."""

    def __init__(self, html: str) -> None:
        self._parts = _MARK.split(html)  # texts and names of gaps by turns
        self.digest = blake2b(html.encode(), digest_size=16).hexdigest()

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the page with `values` in the gaps."""
        parts = list(self._parts)
        parts[1::2] = (values[name] for name in parts[1::2])
        return "".join(parts)
