"""Attachments: which files of the notes folder a site may publish.

Readers' browsers run what they load from the site with its rights. So only kinds that nothing runs are published, and of
drawings (SVG) those that hold no script and load nothing from elsewhere.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from readinglog.model.identifiers import is_external
from readinglog.model.note import FILE_SUFFIXES

SVG_LIMIT = 4_000_000  # bytes of a drawing that are looked through
_XHTML = "{http://www.w3.org/1999/xhtml}"
_RUN = frozenset({"script", "foreignobject", "handler", "listener", "iframe", "embed", "object"})
_ANIMATED = frozenset({"animate", "animatecolor", "animatetransform", "animatemotion", "set"})
_ADDRESSES = frozenset({"href", "src", "base"})
_DOCTYPE = re.compile(r"<!DOCTYPE\b(?P<names>[^>\[]*+)(?P<more>\[)?", re.IGNORECASE)
_FOREIGN_DTD = re.compile(
    r"""["'](?!http://www\.w3\.org/)[a-z][a-z0-9+.]*:|["']//""", re.IGNORECASE
)
_INSTRUCTION = re.compile(r"<\?(?!xml\s)", re.IGNORECASE)
_ENCODING = re.compile(
    r"""\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*["'](?!utf-?8["']|us-ascii["'])""", re.IGNORECASE
)
_WITHOUT_SPACE = re.compile(r"[\x00-\x20]+")
_RUNNING = re.compile(
    r"javascript:|vbscript:|data:text/|data:application/|data:image/svg", re.IGNORECASE
)
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);", re.IGNORECASE)
_URL = re.compile(r"""url\(["']?([^"')]*)""", re.IGNORECASE)


def get_suffix(path: str) -> str:
    """The suffix of a file's name in lower case, without its dot."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_drawing(path: str) -> bool:
    """Return whether a file may be published depends on what it holds."""
    return get_suffix(path) == "svg"


def find_publication_obstacle(path: str, data: bytes = b"") -> str:
    """Why the file at `path` may not be published, or ''; `data` is needed of a drawing only."""
    if get_suffix(path) not in FILE_SUFFIXES:
        return (
            f"files of the kind `.{get_suffix(path)}` are not published"
            if get_suffix(path)
            else "files of no known kind are not published"
        )
    if is_drawing(path) and (fault := _fault(data)):
        return f"this drawing {fault}"
    return ""


def _fault(data: bytes) -> str:
    """What makes a drawing unsafe, or ''."""
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
    if _INSTRUCTION.search(text):
        return "holds an instruction to its reader, `<?…?>`"
    try:
        root = ET.fromstring(text)  # noqa: S314 - it declares no entities
    except (ET.ParseError, ValueError):
        return "is not well-formed XML"
    return next((fault for element in root.iter() for fault in _faults(element)), "")


def _faults(element: ET.Element) -> Iterator[str]:
    name = _local(element.tag)
    if name in _RUN or element.tag.startswith(_XHTML):
        yield f"holds `<{name}>`"
    for key, value in element.attrib.items():
        attribute, bare = _local(key), _WITHOUT_SPACE.sub("", value)
        if attribute.startswith("on"):
            yield f"holds the event attribute `{attribute}`"
        elif _RUNNING.search(bare) or (
            attribute == "attributename" and name in _ANIMATED and "href" in bare.lower()
        ):
            yield "holds an address that runs a script"
        elif (attribute in _ADDRESSES and _is_foreign(bare)) or _loads_foreign(value):
            yield "loads or links to something of another host"
    if name == "style" and _loads_foreign("".join(element.itertext())):
        yield "loads or links to something of another host"


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _is_foreign(address: str) -> bool:
    return is_external(address) and not _PICTURE.match(address)


def _loads_foreign(style: str) -> bool:
    """Whether a style loads something of another host; escapes, which could hide that, are taken for it."""
    bare = _WITHOUT_SPACE.sub("", style)
    return (
        "@import" in bare.lower()
        or (("\\" in bare) and "(" in bare)
        or any(map(_is_foreign, _URL.findall(bare)))
    )
