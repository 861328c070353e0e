"""Attachments: which files of the notes folder a site may publish.

A browser runs what it loads from the site with the site's rights. So only files that no browser
runs are published: those whose suffix and first bytes are those of an image, a PDF, sound, video or
data, up to a size, and of drawings (SVG) those that hold no script and load nothing from elsewhere.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from readinglog.model.identifiers import is_external
from readinglog.model.note import FILE_SUFFIXES, IMAGE_SUFFIXES, SOUND_SUFFIXES, VIDEO_SUFFIXES

SIZE_LIMIT = 20_000_000  # bytes of a file, where the settings name no other limit
SVG_LIMIT = 4_000_000  # bytes; a larger drawing is not searched for scripts, nor published
HEAD_LENGTH = 1_024  # bytes at the start of a file by which its kind is known
# What files begin with. Browsers show an image whose suffix is that of another kind of image, so
# any of them will do; likewise for sound and video. `.` stands for any byte.
_IMAGE = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|BM|\0\0[\x01\x02]\0"
    rb"|....ftyp(?:avi[fs]|mif1|msf1|heic)|\0\0\0\x0cJXL|\xff\x0a",
    re.DOTALL,
)
_SOUND_OR_VIDEO = re.compile(
    rb"ID3|\xff[\xe0-\xff]|RIFF....(?:WAVE|AVI )|OggS|fLaC|\x1a\x45\xdf\xa3"
    rb"|....(?:ftyp|moov|mdat|free|wide|skip|pnot)",
    re.DOTALL,
)
_BEGINNINGS = {
    **dict.fromkeys(IMAGE_SUFFIXES - {"svg"}, _IMAGE),
    **dict.fromkeys(SOUND_SUFFIXES | VIDEO_SUFFIXES, _SOUND_OR_VIDEO),
    "pdf": re.compile(rb"\A(?:\xef\xbb\xbf)?\s*%PDF-"),
    "zip": re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"),
    "npz": re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"),
    "npy": re.compile(rb"\x93NUMPY"),
    "parquet": re.compile(rb"PAR[1E]"),
}
# How browsers know a web page that a server has given no type.
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!--|\?xml|!doctype|(?:html|head|script|iframe|h1|div|font|table|a"
    rb"|style|title|b|body|br|p|svg)[\s/>])",
    re.IGNORECASE,
)
_PRIVATE_KEY = re.compile(rb"-----BEGIN [A-Z ]{0,40}PRIVATE KEY")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LFS_POINTER = b"version https://git-lfs.github.com/"
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


def needs_bytes(path: str) -> bool:
    """Return whether the kind of a file may be published, so that what is in it decides."""
    return get_suffix(path) in FILE_SUFFIXES


def find_publication_obstacle(
    path: str, data: bytes = b"", size: int | None = None, limit: int = SIZE_LIMIT
) -> str:
    """Return why the file at `path` may not be published, or ''.

    A drawing needs all its `data`, another file the first `HEAD_LENGTH` bytes; `size` is how many
    it has, if that is more. An empty file does no harm.
    """
    suffix = get_suffix(path)
    if not suffix:
        return "files of an unknown type are not published"
    if suffix not in FILE_SUFFIXES:
        return f"files of the type `.{suffix}` are not published"
    if (size or len(data)) > limit:
        return f"it has {size or len(data):,} bytes, and {limit:,} is the limit"
    if is_svg(path):
        fault = _find_drawing_fault(data)
        return f"this drawing {fault}" if fault else ""
    return _find_fault_in_head(suffix, data[:HEAD_LENGTH]) if data else ""


def _find_fault_in_head(suffix: str, head: bytes) -> str:
    """Return what tells from the first bytes that a file is not what its suffix says, or ''."""
    if head.startswith(_LFS_POINTER):
        return "it is a pointer of Git LFS, not the file itself"
    if _PRIVATE_KEY.search(head):
        return "it holds a private key"
    if beginning := _BEGINNINGS.get(suffix):
        return "" if beginning.match(head) else f"its content is not that of a `.{suffix}` file"
    if _WEB_PAGE.match(head):
        return "it begins like a web page"
    if b"\0" in head and not head.startswith(_UTF_16_MARKS):
        return f"it is not text, as a `.{suffix}` file is"
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
