"""What becomes of the finished elements of a note, and of its HTML."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from readinglog.model.identifiers import is_external
from readinglog.model.note import SOUND_SUFFIXES, VIDEO_SUFFIXES
from readinglog.parsing.markdown_words import DONE, TO_DO, Words
from readinglog.parsing.remote_media import replace_remote_media
from readinglog.parsing.sanitizer import sanitize

_BOX = re.compile(r"<input\b(?=[^<>]*type=\"checkbox\")([^<>]*+)>")
_FORMULA_END = "</math>"
_HTML_TAG = re.compile(r"<[^<>]*+>")
_LONG_FORMULA = 24  # letters: one of so many in a line of text may be wider than a phone
_MEDIA = re.compile(r"<(?:audio|img|video)\b", re.IGNORECASE)
_SIGNS = ("headerlink", "footnote-backref")
_TABLE = re.compile(r"<table((?> [\w:-]+=\"[^\"]*\")*)>")
_CLASS = re.compile(r" class=\"([^\"]*)\"")
_SIZE = re.compile(r"\|(?P<width>\d{1,5})(?:x(?P<height>\d{1,5}))?\Z")
_ITEM = r"""(?:[#.][^\s{}=]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"'=]+))"""
_LIST = rf"\{{:?[ ]*({_ITEM}(?:[ ]+{_ITEM})*[ ]*)\}}"


class _AttributeLists(AttrListTreeprocessor):
    """`{#id .class key=value}` and nothing else: a set, or a template's `{% %}`, is text."""

    # The stubs say Final; a subclass is the only way in.
    HEADER_RE = re.compile(rf"(?<![ ])[ ]++{_LIST}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_LIST}")  # type: ignore[misc]


class _HeadingIds(TocTreeprocessor):
    """Gives headings ids and links; a list of them is made only where the text asks for it."""

    def run(self, doc: Element) -> None:
        self._is_list_wanted = any(
            element.text and self.marker in element.text for element in doc.iter()
        )
        super().run(doc)

    # The stubs have a type of their own for what is listed.
    def build_toc_div(self, toc_list: list[Any]) -> Element:
        return super().build_toc_div(toc_list) if self._is_list_wanted else Element("div")

    def replace_marker(self, root: Element, elem: Element) -> None:
        if self._is_list_wanted:
            super().replace_marker(root, elem)


class Headings(TocExtension):
    """The ids of headings, and the links that they show."""

    TreeProcessorClass = _HeadingIds


class _Sizes(Treeprocessor):
    """`![label|300](…)` is as wide as Obsidian shows it, `|300x200` as high too."""

    def run(self, root: Element) -> None:
        for image in root.iter("img"):
            label = image.get("alt", "")
            if found := _SIZE.search(label):
                image.set("alt", label[: found.start()])
                image.set("width", found["width"])
                if found["height"]:
                    image.set("height", found["height"])


class _Media(Treeprocessor):
    """What is written as an image is a video or a sound by the suffix of its file."""

    def run(self, root: Element) -> None:
        for image in root.iter("img"):
            path = image.get("src", "").partition("#")[0].partition("?")[0]
            suffix = path.rpartition(".")[2].lower()
            if suffix not in VIDEO_SUFFIXES | SOUND_SUFFIXES or is_external(path):
                continue
            image.tag = "video" if suffix in VIDEO_SUFFIXES else "audio"
            image.attrib |= {"controls": "controls", "preload": "metadata"}
            if label := image.attrib.pop("alt", ""):
                image.set("aria-label", label)


class _RemoteImages(Treeprocessor):
    """An image of another host becomes a link to it: the page itself loads nothing from there."""

    def run(self, root: Element) -> None:
        linked = {image for link in root.iter("a") for image in link.iter("img")}
        for image in list(root.iter("img")):
            address, title = image.get("src", ""), image.get("title")
            if not is_external(address):
                continue
            image.text = image.get("alt") or address
            image.attrib = {"title": title} if title else {}
            if image in linked:  # no link can be in another
                image.tag = "span"
            else:
                image.tag = "a"
                image.attrib["href"] = address


class _Figures(Treeprocessor):
    """An image that stands alone and has a title becomes a figure with that caption; it leads to
    the image itself, which browsers show as large as it is.
    """

    def run(self, root: Element) -> None:
        for paragraph in list(root.iter("p")):
            if len(paragraph) != 1 or (paragraph.text or "").strip():
                continue
            image = paragraph[0]
            if image.tag != "img" or (image.tail or "").strip():
                continue
            if caption := image.attrib.pop("title", ""):
                paragraph.tag, image.tail = "figure", None
                paragraph.remove(image)
                SubElement(paragraph, "a", href=image.get("src", "")).append(image)
                SubElement(paragraph, "figcaption").text = caption


class _Sanitise(Postprocessor):
    """Leaves of the finished HTML what a note may use.

    Then tables and formulas are given room to scroll, and boxes of tasks a name.
    """

    def __init__(self, md: Markdown, words: Words) -> None:
        super().__init__(md)
        self._done, self._to_do = (escape(words.get(word, word)) for word in (DONE, TO_DO))

    def run(self, text: str) -> str:
        local = replace_remote_media(text) if _MEDIA.search(text) else text
        clean = _TABLE.sub(_open_table, sanitize(local)).replace("</table>", "</table></div>")
        return _BOX.sub(self._name_box, _frame_formulas(clean))

    def _name_box(self, box: re.Match[str]) -> str:
        name = self._done if "checked" in box[1] else self._to_do
        return f'<input aria-label="{name}"{box[1]}>'


def _frame_formulas(html: str) -> str:
    """Return `html` with formulas in what scrolls, for an element of MathML cannot in every
    browser: those with lines of their own, and long ones in a line of text.

    In a note's own HTML there is none, so none is within another.
    """
    *parts, rest = html.split(_FORMULA_END)
    framed = []
    for part in parts:
        before, start, formula = part.rpartition("<math")
        framed += [before, _frame_formula(f"{start}{formula}{_FORMULA_END}")]
    return "".join((*framed, rest))


def _frame_formula(formula: str) -> str:
    if 'display="block"' in formula.partition(">")[0]:
        return f'<span class="rl-scroll rl-formula">{formula}</span>'
    if len(_HTML_TAG.sub("", formula)) < _LONG_FORMULA:
        return formula
    return f'<span class="rl-scroll rl-line-formula">{formula}</span>'


def _open_table(found: re.Match[str]) -> str:
    own = _CLASS.search(found[1])
    classes = f"{own[1]} rl-grid" if own else "rl-grid"
    rest = _CLASS.sub("", found[1])
    return f'<div class="rl-scroll"><table class="{classes}"{rest}>'


class _LinkNames(Treeprocessor):
    """A link that shows a sign alone, such as `¶`, has its title as a name that is read aloud."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if link.get("class") in _SIGNS and (title := link.attrib.pop("title", "")):
                link.set("aria-label", title)


def register(md: Markdown, words: Words) -> None:
    """Add what is ours to Python-Markdown."""
    md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)
    # After the attributes, which may be behind the image.
    md.treeprocessors.register(_Sizes(md), "sizes", 7.8)
    md.treeprocessors.register(_RemoteImages(md), "remote_images", 7.5)
    md.treeprocessors.register(_Media(md), "media", 7.3)
    md.treeprocessors.register(_Figures(md), "figures", 7)
    md.treeprocessors.register(_LinkNames(md), "link_names", 4)  # after `toc`
    md.postprocessors.register(_Sanitise(md, words), "sanitise", 0)
