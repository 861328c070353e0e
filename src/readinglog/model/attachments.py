"""Attachments: which files of the notes folder a site may publish.

A browser runs what it loads from the site with the site's rights. So only files that no browser
runs are published, and of drawings (SVG) those that hold no script and load nothing from elsewhere.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from readinglog.model.identifiers import is_external
from readinglog.model.note import FILE_SUFFIXES

SVG_LIMIT = 4_000_000  # bytes; a larger drawing is not searched for scripts, nor published
_XHTML = "{http://www.w3.org/1999/xhtml}"
_SCRIPT_ELEMENTS = frozenset(
    {"script", "foreignobject", "handler", "listener", "iframe", "embed", "object"}
)
_ANIMATIONS = frozenset({"animate", "animatecolor", "animatetransform", "animatemotion", "set"})
_URL_ATTRIBUTES = frozenset({"href", "src", "base"})
_DOCTYPE = re.compile(r"<!DOCTYPE\b(?P<names>[^>\[]*+)(?P<more>\[)?", re.IGNORECASE)
_FOREIGN_DTD = re.compile(
    r"""["'](?!http://www\.w3\.org/)[a-z][a-z0-9+.]*:|["']//""", re.IGNORECASE
)
_PROCESSING_INSTRUCTION = re.compile(r"<\?(?!xml\s)", re.IGNORECASE)
_ENCODING = re.compile(
    r"""\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*["'](?!utf-?8["']|us-ascii["'])""", re.IGNORECASE
)
_SPACE_AND_CONTROLS = re.compile(r"[\x00-\x20]+")
_SCRIPT_URL = re.compile(
    r"javascript:|vbscript:|data:text/|data:application/|data:image/svg", re.IGNORECASE
)
_IMAGE_URL = re.compile(r"data:image/(?:png|jpe?g|gif|webp);", re.IGNORECASE)
_STYLE_URL = re.compile(r"""url\(["']?([^"')]*)""", re.IGNORECASE)


def get_suffix(path: str) -> str:
    """Return the suffix of a file's name in lower case, without its dot."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_svg(path: str) -> bool:
    """Return whether a file is a drawing: what it holds decides whether it may be published."""
    return get_suffix(path) == "svg"


def find_publication_obstacle(path: str, data: bytes = b"") -> str:
    """Return why the file at `path` may not be published, or ''; a drawing needs its `data`."""
    suffix = get_suffix(path)
    if not suffix:
        return "files of an unknown type are not published"
    if suffix not in FILE_SUFFIXES:
        return f"files of the type `.{suffix}` are not published"
    if is_svg(path) and (fault := _find_drawing_fault(data)):
        return f"this drawing {fault}"
    return ""


def _find_drawing_fault(data: bytes) -> str:
    """Return what makes a drawing unsafe, or ''."""
    if len(data) > SVG_LIMIT:
        return f"has more than {SVG_LIMIT:,} bytes"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "is not UTF-8"
    if _ENCODING.match(text) or "\0" in text:
        return "is not UTF-8"
    doctype = _DOCTYPE.search(text)
    if "<!ENTITY" in text or (
        doctype and (doctype["more"] or _FOREIGN_DTD.search(doctype["names"]))
    ):
        return "declares entities or a foreign document type"
    if _PROCESSING_INSTRUCTION.search(text):
        return "contains a processing instruction, `<?…?>`"
    try:
        root = ET.fromstring(text)  # noqa: S314 - it declares no entities
    except (ET.ParseError, ValueError):
        return "is not well-formed XML"
    return next((fault for element in root.iter() for fault in _find_element_faults(element)), "")


def _find_element_faults(element: ET.Element) -> Iterator[str]:
    name = _strip_namespace(element.tag)
    if name in _SCRIPT_ELEMENTS or element.tag.startswith(_XHTML):
        yield f"contains `<{name}>`"
    for key, value in element.attrib.items():
        attribute, bare = _strip_namespace(key), _SPACE_AND_CONTROLS.sub("", value)
        if attribute.startswith("on"):
            yield f"contains the event attribute `{attribute}`"
        elif _SCRIPT_URL.search(bare) or (
            attribute == "attributename" and name in _ANIMATIONS and "href" in bare.lower()
        ):
            yield "contains an address that runs a script"
        elif (attribute in _URL_ATTRIBUTES and _is_foreign(bare)) or _loads_foreign(value):
            yield "loads or links to something on another host"
    if name == "style" and _loads_foreign("".join(element.itertext())):
        yield "loads or links to something on another host"


def _strip_namespace(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _is_foreign(address: str) -> bool:
    return is_external(address) and not _IMAGE_URL.match(address)


def _loads_foreign(style: str) -> bool:
    """Return whether a style loads something of another host, or may hide that by escapes."""
    bare = _SPACE_AND_CONTROLS.sub("", style)
    return (
        "@import" in bare.lower()
        or (("\\" in bare) and "(" in bare)
        or any(map(_is_foreign, _STYLE_URL.findall(bare)))
    )
