"""Hugo: the content of a site, with its shortcodes for links, and old addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from readinglog.interchange.importers.importer import (
    ImportFormatError,
    ImportResult,
    SourceFiles,
)
from readinglog.interchange.importers.note_folder import NoteFolder, normalize_address
from readinglog.interchange.importers.note_source import (
    SourceNote,
    is_markdown,
    list_texts,
    read_source_notes,
)
from readinglog.interchange.importers.template_calls import (
    make_image,
    make_path,
    make_video,
    read_parameters,
)
from readinglog.model.schema import Schema

KIND = "hugo"
SUMMARY = "a site of Hugo: its folder, or the content folder in it"
IS_FOLDER = True
ADDS_TAGS = True
FORGETS = False

_CONTENT = "content/"
_SERVED = ("static/", "assets/")  # folders whose files are at the root of the site
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?", re.IGNORECASE)
_CONFIGURATION = frozenset(
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml", "json")
)
_MAIN_LANGUAGE = re.compile(
    r"^[ \t\"']*defaultContentLanguage[\"']?\s*[:=]\s*[\"']?([\w-]+)", re.IGNORECASE | re.MULTILINE
)
# Keys that mean something else to a site than to notes on works.
_OTHER_KEYS = frozenset("aliases alias url type slug publishdate expirydate".split())
_ARGUMENT = r"(?:[\"']([^\"']*)[\"']|([^\s\"'>]++))"
_REFERENCE = re.compile(rf"\{{\{{[<%]\s*(?:rel)?ref\s+(?:path=)?{_ARGUMENT}[^{{}}]*[>%]\}}\}}")
_FIGURE = re.compile(r"\{\{[<%]\s*(?:figure|img)\s([^{}]*)[>%]\}\}")
_VIDEO = re.compile(rf"\{{\{{[<%]\s*(youtube|vimeo)\s+(?:id=)?{_ARGUMENT}[^{{}}]*[>%]\}}\}}")
_HIGHLIGHT = re.compile(
    r"\{\{[<%]\s*highlight\s+[\"']?(\w++)[^{}]*[>%]\}\}\n?"
    r"((?:(?!\{\{[<%]\s*highlight\b).)*?)\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}",
    re.DOTALL,
)
_SHORTCODE = re.compile(r"\{\{[<%]\s*(\w[\w./-]*)")
_HEADING_ID = re.compile(r"^(#{1,6}[ \t].*?)(?<![ \t])[ \t]*+\{#[\w-]++\}[ \t]*$", re.MULTILINE)


def read_proposals(files: SourceFiles, schema: Schema) -> ImportResult:
    prefix = _CONTENT if any(path.startswith(_CONTENT) for path in files.paths) else ""
    of_content = [path for path in files.paths if path.startswith(prefix)]
    found = read_source_notes(files, filter(is_markdown, of_content))
    notes = [note for note in found.notes if note.body.strip() or not note.is_folder_page]
    if not notes:
        message = f"{files.name} has no content: no Markdown files"
        raise ImportFormatError(message, "give the folder of the site, or its content folder")
    for note in notes:
        note.path = note.path.removeprefix(prefix)
    addresses: dict[str, str] = {}
    home = _find_home(files, [note.path for note in notes])
    for note in notes:
        _convert(note, home)
        addresses |= {normalize_address(address): note.path for address in note.redirects}
    attachments = _list_files(files, prefix)
    folder = NoteFolder(files.name, notes, schema, attachments, addresses, _OTHER_KEYS)
    unread = frozenset(path.removeprefix(prefix) for path in found.unread)
    others = (path for path in of_content if prefix and not is_markdown(path))
    return folder.make_result(found.remarks, unread, others)


def _find_home(files: SourceFiles, paths: Sequence[str]) -> str:
    """Return the folder of the main language, whose pages have addresses without it; '' where the
    content is not in a folder a language.
    """
    languages = {path.partition("/")[0] for path in paths if "/" in path}
    if not languages or not all(map(_LANGUAGE.fullmatch, languages)):
        return ""
    for path in files.paths:
        if path in _CONFIGURATION and (found := _MAIN_LANGUAGE.search(_read_text(files, path))):
            return f"{found[1]}/"
    return "en/" if "en" in languages else f"{min(languages)}/"


def _read_text(files: SourceFiles, path: str) -> str:
    try:
        return files.read(path).decode("utf-8", "replace")
    except OSError:
        return ""


def _list_files(files: SourceFiles, prefix: str) -> dict[str, str]:
    """Return the files that texts can refer to, by the paths by which they do."""
    found: dict[str, str] = {}
    for path in files.paths:
        if is_markdown(path):
            continue
        for served in _SERVED:
            if prefix and path.startswith(served):
                found.setdefault(path.removeprefix(served), path)
        if path.startswith(prefix):
            found[path.removeprefix(prefix)] = path
    return found


def _convert(note: SourceNote, home: str) -> None:
    """Give a file the addresses that Hugo gives it, and plain Markdown."""
    is_section = note.stem == "_index"
    texts = list_texts(note.fields.get("type"))
    note.is_page = is_section or "page" in texts or (not note.folder and "date" not in note.fields)
    note.redirects = _list_addresses(note, home)
    note.body = _convert_shortcodes(note.body)
    note.untranslated = [f"`{{{{{name}}}}}`" for name in _SHORTCODE.findall(note.body)]
    if note.is_folder_page:
        note.name = posixpath.basename(note.folder) or "home"


def _list_addresses(note: SourceNote, home: str) -> list[str]:
    """Return the address of a page, and those that led to it; `home` is no part of it."""
    old = list_texts(note.fields.get("aliases"))
    own = next(iter(list_texts(note.fields.get("url"))), "")
    if not own:
        stem = note.folder if note.is_folder_page else note.path.rpartition(".")[0]
        slug = next(iter(list_texts(note.fields.get("slug"))), "")
        own = posixpath.join(posixpath.dirname(stem), slug) if slug else stem
        own = f"{own}/".removeprefix(home).rstrip("/")
    is_file = "." in posixpath.basename(own)
    folder = f"/{posixpath.dirname(own).strip('/')}"
    addresses = [f"/{own.strip('/')}" if is_file else f"/{own.strip('/')}/"]
    addresses += (posixpath.join(folder, address) for address in old)
    same = note.stem if note.is_page else ""  # a page has the same address here
    return [address for address in addresses if address.strip("/") not in ("", same)]


def _convert_shortcodes(text: str) -> str:
    """Return Markdown without the shortcodes that have a meaning here; others stay as text."""
    text = _HEADING_ID.sub(r"\1", text)
    if "{{" not in text:
        return text
    text = _HIGHLIGHT.sub(r"```\1\n\2\n```", text)
    text = _REFERENCE.sub(lambda found: make_path(found[1] or found[2]), text)
    text = _FIGURE.sub(_make_figure, text)
    return _VIDEO.sub(lambda found: make_video(found[1], found[2] or found[3]), text)


def _make_figure(found: re.Match[str]) -> str:
    """Return the image of a shortcode, with its caption; without an address the shortcode."""
    parameters = read_parameters(found[1])
    source = parameters.get("src", "")
    return make_image(source, parameters) if source else found[0]
