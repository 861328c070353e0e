"""Jekyll: posts, collections and pages, with Liquid's links and old addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from readinglog.interchange.importers.importer import ImportFormatError, ImportResult, SourceFiles
from readinglog.interchange.importers.losses import PRIVATE, Loss
from readinglog.interchange.importers.note_folder import (
    NoteFolder,
    list_attachments,
    normalize_address,
)
from readinglog.interchange.importers.note_source import (
    SourceNote,
    is_markdown,
    list_texts,
    read_source_notes,
)
from readinglog.interchange.importers.template_calls import (
    make_image,
    make_video,
    read_parameters,
)
from readinglog.model.schema import Schema
from readinglog.model.slugs import to_kebab
from readinglog.model.yaml_values import to_plain_value
from readinglog.parsing.front_matter import compose_by_entry

KIND = "jekyll"
SUMMARY = "a blog of Jekyll: the folder with its _config.yml"
IS_FOLDER = True
ADDS_TAGS = True
FORGETS = False

# Keys that mean something else to a blog than to notes on works.
_OTHER_KEYS = frozenset("permalink published redirect-from type".split())
_POST = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)\Z")
_POST_FOLDERS = frozenset({"_posts", "_drafts"})
_NO_NOTES = frozenset("_layouts _includes _sass _data _site vendor".split())
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+([^\s%{}]++)[^%{}]*%\}\n?((?:(?!\{%-?\s*highlight\b).)*?)\n?"
    r"\{%-?\s*endhighlight\s*-?%\}",
    re.DOTALL,
)
_COMMENT = re.compile(
    r"\{%-?\s*comment\s*-?%\}(?:(?!\{%-?\s*comment\b).)*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL
)
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_LITERAL = re.compile(
    r"\{%-?\s*raw\s*-?%\}(?:(?!\{%-?\s*raw\b).)*?\{%-?\s*endraw\s*-?%\}", re.DOTALL
)
_LIQUID = re.compile(r"\{%-?\s*(\w+)|\{\{-?\s*([\w.-]*\w)")
_POST_URL = re.compile(r"\{%-?\s*post_url\s+(\S+?)\s*-?%\}")
_LINK = re.compile(r"\{%-?\s*link\s+(\S+?)\s*-?%\}")
_BASE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}")
_FILTERED = re.compile(
    r"\{\{-?\s*[\"']([^\"']*)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend:[^}|]*)\s*-?\}\}"
)
_INCLUDE = re.compile(r"\{%-?\s*include(?:_cached|_relative)?\s+([^\s%{}]++)([^%{}]*)%\}")
_IMAGE = re.compile(r"\S[^\n]*\.(?:avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
_VIDEO = re.compile(r"\{%-?\s*(youtube|vimeo)\s+[\"']?([^\s\"'%{}]++)[^%{}]*%\}")
_ATTRIBUTES = re.compile(r"^\{:[^{}\n]*\}[ \t]*\n?|(?<=[)\]*`])\{:[^{}\n]*\}", re.MULTILINE)


def read_proposals(files: SourceFiles, schema: Schema) -> ImportResult:
    config = _read_config(files)
    of_site = [path for path in files.paths if not _NO_NOTES & set(path.split("/"))]
    found = read_source_notes(files, filter(is_markdown, of_site))
    notes = [note for note in found.notes if note.has_front_matter or _POST.match(note.stem)]
    if not notes:
        message = f"{files.name} has no posts: no Markdown files with front matter"
        raise ImportFormatError(message, "give the folder that has `_posts`")
    posts = {note.stem: note.path for note in notes if _POST.match(note.stem)}
    addresses: dict[str, str] = {}
    for note in notes:
        _convert(note, config, posts)
        addresses |= {normalize_address(address): note.path for address in note.redirects}
    folder = NoteFolder(
        files.name, notes, schema, list_attachments(files.paths), addresses, _OTHER_KEYS
    )
    posts_of_other_formats = (
        path
        for path in of_site
        if not is_markdown(path) and not _POST_FOLDERS.isdisjoint(path.split("/")[:-1])
    )
    return folder.make_result(found.remarks, found.unread, posts_of_other_formats)


def _read_config(files: SourceFiles) -> Mapping[str, object]:
    """Return the settings of the blog, as far as they can be read."""
    try:
        text = files.read("_config.yml").decode("utf-8", "replace")
    except OSError:
        return {}
    return {entry.name: to_plain_value(entry.value) for entry in compose_by_entry(text, 0)[0]}


def _convert(note: SourceNote, config: Mapping[str, object], posts: Mapping[str, str]) -> None:
    """Give a file the date, the name and the addresses that Jekyll gives it, and plain Markdown."""
    post = _POST.match(note.stem)
    if post:
        note.date = "-".join(part.zfill(2) for part in post[1].split("-"))
        note.name = post[2]
    folders = note.path.split("/")[:-1]
    note.is_draft = "_drafts" in folders or list_texts(note.fields.get("published")) == ["false"]
    is_in_collection = any(folder.startswith("_") and folder != "_pages" for folder in folders)
    note.is_page = not post and not is_in_collection
    note.redirects = [] if note.is_draft else _list_addresses(note, config)
    note.losses += [Loss("comments of Liquid", PRIVATE)] * len(_COMMENT.findall(note.body))
    attributes = len(_ATTRIBUTES.findall(note.body))
    note.losses += [Loss("attributes of kramdown", "as they style another site")] * attributes
    note.body = _convert_liquid(note.body, posts)
    note.untranslated = _list_liquid(note.body)
    note.body = _RAW.sub("", note.body)
    note.new_folder = "/".join(folder.lstrip("_") for folder in folders)
    if note.is_folder_page and not note.folder:
        note.name = "home"


def _list_addresses(note: SourceNote, config: Mapping[str, object]) -> list[str]:
    """Return the address of a page, and those that led to it."""
    old = [*list_texts(note.fields.get("redirect_from")), *list_texts(note.fields.get("alias"))]
    own = next(iter(list_texts(note.fields.get("permalink"))), "")
    if not own and note.date:
        style = next(iter(list_texts(config.get("permalink"))), "date")
        own = _fill_permalink(_STYLES.get(style, style), note)
    elif not own:
        stem = note.folder if note.is_folder_page else note.path.rpartition(".")[0]
        own = f"/{'/'.join(part.lstrip('_') for part in stem.split('/'))}/"
    if note.is_page and own.strip("/") == note.stem:
        own = ""  # a page has the same address here
    return [_clean_address(address) for address in (own, *old) if address.strip("/")]


def _fill_permalink(pattern: str, note: SourceNote) -> str:
    year, month, day = note.date.split("-")
    folders = [folder for folder in note.path.split("/")[:-1] if not folder.startswith("_")]
    categories = [*folders, *_list_categories(note)]
    slug = next(iter(list_texts(note.fields.get("slug"))), note.name)
    values = {
        ":categories": "/".join(to_kebab(each) for each in categories),
        ":year": year,
        ":month": month,
        ":i_month": str(int(month)),
        ":day": day,
        ":i_day": str(int(day)),
        ":short_year": year[2:],
        ":title": slug,
        ":slug": slug,
    }
    return re.sub(":[a-z_]+", lambda found: values.get(found[0], found[0]), pattern)


def _list_categories(note: SourceNote) -> Iterable[str]:
    """Return the categories, which in one text are parted by spaces."""
    for key in ("categories", "category"):
        value = note.fields.get(key)
        if isinstance(value, str):
            return value.split() if key == "categories" else [value]
        if value:
            return list_texts(value)
    return ()


def _clean_address(address: str) -> str:
    return "/" + re.sub(r"/{2,}", "/", address.strip()).lstrip("/")


def _convert_liquid(text: str, posts: Mapping[str, str]) -> str:
    """Return Markdown without Liquid, as far as it has a meaning here."""
    if "{" not in text:
        return text
    text = _COMMENT.sub("", text)
    text = _HIGHLIGHT.sub(r"```\1\n\2\n```", text)
    text = _POST_URL.sub(lambda found: _find_post(found, posts), text)
    text = _LINK.sub(r"/\1", text)
    text = _BASE.sub("", _FILTERED.sub(r"\1", text))
    text = _VIDEO.sub(lambda found: make_video(found[1], found[2]), text)
    text = _INCLUDE.sub(_show_included, text)
    return _ATTRIBUTES.sub("", text)


def _show_included(found: re.Match[str]) -> str:
    """Return the image or the video that a template shows by its parameters, else the tag."""
    parameters = read_parameters(found[2])
    if image := next(filter(_IMAGE.fullmatch, parameters.values()), ""):
        return make_image(image, parameters)
    named = f"{found[1]} {parameters.get('provider', '')}"
    host = next((host for host in ("youtube", "vimeo") if host in named), "")
    video = parameters.get("id", "")
    return make_video(host, video) if host and video else found[0]


def _list_liquid(text: str) -> list[str]:
    """Return the tags and values of Liquid in a text, but for what is to be shown as written."""
    found = _LIQUID.findall(_LITERAL.sub("", text))
    tags = (f"`{{% {tag} %}}`" for tag, _ in found if tag and not tag.startswith(("end", "raw")))
    return [*tags, *(f"`{{{{ {value} }}}}`" for _, value in found if value)]


def _find_post(found: re.Match[str], posts: Mapping[str, str]) -> str:
    """Return the path of the post that a tag names, or the tag where there is none."""
    path = posts.get(found[1].rpartition("/")[2])
    return f"/{path}" if path else found[0]
