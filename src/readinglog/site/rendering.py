"""From the plain data of a view to HTML: Jinja templates, which escape every value.

A page's template extends `page.html` and fills its blocks `head`, `before` and `after`.
In a template, `view` is the content of the page, `page` the page itself; `address | link` is the
link from this page to an address of the site. What is not defined is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from readinglog.notebook.sections import FIRST_FORMULA_MARK, FORMULA_MARKS
from readinglog.parsing.formulas import Formula, replace_formulas
from readinglog.parsing.latex.macros import Macros
from readinglog.parsing.sanitizer import sanitize
from readinglog.site.dates import format_day
from readinglog.site.messages import count_items, format_number, translate
from readinglog.site.page import Page, PageBase, make_own_id
from readinglog.site.template_cache import open_template_cache

# Between the blocks of `page.html`; no value can hold it, since all are escaped.
_SEPARATOR = "<part/>"
_base: ContextVar[PageBase] = ContextVar("base")  # the page that is being rendered

_macros: ContextVar[Macros] = ContextVar("macros", default=MappingProxyType({}))


class RenderedPage(NamedTuple):
    """The HTML of a page: in its head, before and after the text of its note."""

    head: Markup
    before: Markup
    after: Markup


@contextmanager
def use_macros(macros: Macros) -> Iterator[None]:
    """Have the macros of a log count in the formulas that templates set meanwhile."""
    token = _macros.set(macros)
    try:
        yield
    finally:
        _macros.reset(token)


def render_page(page: Page) -> RenderedPage:
    """Return the HTML around the text of a page; a part that has nothing to show is ''."""
    html = render(page.template, page.address, page=page, view=page.content)
    return RenderedPage(*(Markup(part.strip()) for part in html.split(_SEPARATOR)))  # noqa: S704


def render(template: str, base: str, /, **values: object) -> Markup:
    """Return a template filled with `values`, for the page at the address `base`.

    Raises jinja2.UndefinedError where the template names what is not there.
    """
    token = _base.set(PageBase(base))
    try:
        return Markup(_environment().get_template(template).render(**values))  # noqa: S704
    finally:
        _base.reset(token)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("readinglog.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=open_template_cache(),
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters |= {
        "link": _link,
        "search_link": _search_link,
        "pluralize": _count_items,
        "thousands": _format_number,
        "t": _translate,
        "t_html": _translate_html,
        "coordinate": _format_coordinate,
        "make_own_id": make_own_id,
        "day": _format_day,
        "formulas": _set_formulas,
        "marked_formulas": _set_marked_formulas,
    }
    return environment


def _format_coordinate(number: float) -> str:
    """Return a length or share to a hundredth, with no more digits than it needs."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


# With the context, although it is not used: links to constant addresses are not constant.
@pass_context
def _link(_: Context, address: str, anchor: str = "") -> str:
    """Return the link from the page that is being rendered to a page of the site, or to an anchor
    in it.
    """
    return _base.get().link_to(address, anchor)


@pass_context
def _search_link(_: Context, query: object) -> str:
    """Return the link from the page that is being rendered to the answer to a query."""
    return _base.get().link_to_search(query)


@pass_context
def _set_formulas(_: Context, text: str) -> Markup:
    """Return a line of text with its formulas as MathML."""
    return Markup(replace_formulas(text, _macros.get(), _set_formula, escape))  # noqa: S704


def _set_formula(formula: Formula) -> str:
    return sanitize(formula.render_in_line()) or escape(f"${formula.source}$")


def _set_marked_formulas(text: str, formulas: tuple[str, ...]) -> Markup:
    """Return a text with formulas, which are MathML or LaTeX, in the place of their marks."""
    parts = FORMULA_MARKS.split(text)
    for at in range(1, len(parts), 2):
        number = ord(parts[at]) - FIRST_FORMULA_MARK
        formula = formulas[number] if number < len(formulas) else ""
        parts[at] = sanitize(formula) if formula.startswith("<math") else escape(formula)
    parts[::2] = map(escape, parts[::2])
    return Markup("".join(parts))  # noqa: S704


@pass_context
def _translate(_: Context, text: str, **values: object) -> str:
    """Return a message in the language of the site."""
    return translate(text, **values)


@pass_context
def _translate_html(_: Context, text: str, **values: object) -> Markup:
    """Return a message in the language of the site, with HTML for its `{names}`."""
    found = str(escape(translate(text)))
    for name, value in values.items():
        found = found.replace(f"{{{name}}}", str(escape(value)))
    return Markup(found)  # noqa: S704 - all of it is escaped


@pass_context
def _count_items(_: Context, items: Sequence[object] | int, noun: str) -> str:
    return count_items(items, noun)


@pass_context
def _format_number(_: Context, number: float) -> str:
    return format_number(number)


@pass_context
def _format_day(_: Context, day: date) -> str:
    return format_day(day)


def forget_templates() -> None:
    """Read templates again that have changed."""
    _environment.cache_clear()
