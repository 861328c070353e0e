"""The words of the pages: every one in templates, views and scripts is in the table of German, and
what a table lacks stays English.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from readinglog.lint.rules import RULES
from readinglog.model.claim import CLAIM_FIELDS, RESULT_ERRORS
from readinglog.model.fields import BASES, STATUSES
from readinglog.model.messages import MESSAGES
from readinglog.model.schema import BUILT_IN
from readinglog.parsing.markdown_words import WORDS
from readinglog.search.language import MESSAGES as QUERY_MESSAGES
from readinglog.site.assets import read_asset
from readinglog.site.dates import format_day
from readinglog.site.messages import (
    LANGUAGES,
    count_items,
    format_number,
    load_table,
    make_in_language,
    translate,
    use_language,
)
from readinglog.site.mkdocs_defaults import NAV, THEME_WORDS, make_nav
from readinglog.site.written_tree import THEME
from support.browsing import ASSETS

SITE = LANGUAGES.parent
# How messages are written in templates, in views and in scripts.
USES = (
    (SITE / "templates", "*.html", re.compile(r""""([^"\n]+)" \| t(?:_html)?\b""")),
    (SITE / "templates", "*.html", re.compile(r"""'([^'\n]+)' \| t(?:_html)?\b""")),
    (SITE, "*.py", re.compile(r"""\btranslate\(\s*"([^"\n]+)\"""")),
    (ASSETS, "*.js", re.compile(r"""\bt\(\s*"([^"\n]+)\"""")),
)
# Comments, texts in quotes, and patterns, which may hold quotes too.
SCRIPT_PARTS = re.compile(
    r"""//[^\n]*|/\*.*?\*/
    |(?P<t>\bt\(\s*)?(?P<text>"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*')
    |(?<=[(=,:\[!&|?{};\n]\ )/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/
    |^\s+/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
PLACEHOLDER = re.compile(r"\{\w*\}")


def list_messages() -> dict[str, str]:
    """Return the messages in the source, each with a file that has it."""
    return {
        message: file.name
        for folder, pattern, use in USES
        for file in sorted(folder.rglob(pattern))
        for message in use.findall(file.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("language", [file.stem for file in sorted(LANGUAGES.glob("*.yml"))])
def test_a_table_has_every_message_with_what_is_filled_in(language: str) -> None:
    table = load_table(language)
    assert table is not None
    assert {
        text: file for text, file in list_messages().items() if text not in table.messages
    } == {}
    for text, found in table.messages.items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(found)), text
    assert {len(forms) for forms in table.nouns.values()} == {2}


@pytest.mark.parametrize("file", sorted(LANGUAGES.glob("*.yml")), ids=lambda file: file.stem)
def test_a_table_has_each_message_once(file: Path) -> None:
    tables = yaml.compose(file.read_text(encoding="utf-8"))
    messages = next(value for key, value in tables.value if key.value == "messages")
    counts = Counter(key.value for key, _ in messages.value)
    assert [text for text, count in counts.items() if count > 1] == []


def test_the_words_of_navigation_fields_and_kinds_are_in_the_table() -> None:
    table = load_table("de")
    assert table is not None
    words = {
        *(title for entry in NAV for title in entry),
        *THEME_WORDS,
        *BUILT_IN.note_kinds,
        *STATUSES,
        *WORDS,
        *(rule.SEVERITY.capitalize() for rule in RULES.values()),
    }
    words |= {kind.label for kind in BUILT_IN.note_kinds.values()}
    relations = [field.relation for field in BUILT_IN.fields.values() if field.relation]
    words |= {word for relation in relations for part in relation for word in (part, part.lower())}
    words |= set(BASES)
    assert words - table.messages.keys() == set()


def test_the_words_of_the_form_and_of_queries_are_in_the_table() -> None:
    table = load_table("de")
    assert table is not None
    words = {part for message in QUERY_MESSAGES.values() for part in message}
    for message in MESSAGES.values():
        words |= {message.message, message.help, message.help_with_suggestion}
    for field in BUILT_IN.fields.values():
        words |= {field.label, field.doc, field.type.help, *((field.type.proof or ())[1:])}
        words |= {"" if field.type.choices else field.type.expected}
        # The form offers choices, so that none of them can be mistaken.
        for mistake in () if field.type.choices else field.type.common_mistakes:
            words |= {mistake.expected, mistake.help}
    for claim_field in CLAIM_FIELDS.values():
        words |= {claim_field.label, claim_field.doc}
    words |= set(RESULT_ERRORS.values())
    assert words - table.messages.keys() - {""} == set()


def test_scripts_name_every_kind_status_and_relation() -> None:
    text = (ASSETS / "value_names.js").read_text(encoding="utf-8")
    named = set(re.findall(r'^  "?([\w-]+)"?: t\(', text, re.MULTILINE))
    assert named >= {*BUILT_IN.note_kinds, *STATUSES, *BUILT_IN.relations}


# What scripts have in quotes that is not for readers: selectors, errors for developers, code.
CODE = re.compile(
    r"^\.[a-z]|^<math|noopener|card places|no shard has|is cut, or|^void open|^rl-|^ ?md-"
)


def test_no_script_has_english_text_that_is_not_in_the_table() -> None:
    left = [
        f"{file.name}: {text}"
        for file in sorted(Path(ASSETS).rglob("*.js"))
        if file.name != "english_stemmer.js"
        for text in list_texts(file.read_text(encoding="utf-8"))
        if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]+ ", text) and not CODE.search(text)
    ]
    assert left == []


# What templates have outside of messages that is not for readers, or the same in every language.
TEMPLATE_PARTS = re.compile(
    r"\{#.*?#\}|\{%-? set .*?endset -?%\}|\{%.*?%\}|\{\{.*?\}\}|<(code|pre|style|script)\b.*?</\1>",
    re.DOTALL,
)
TEMPLATE_TEXT = re.compile(
    r">([^<>]*[A-Za-z]{2,}[^<>]*)<(?=[a-z/])"
    r"|\b(?:title|aria-label|placeholder|alt)=\"([^\"]*[A-Za-z]{2,}[^\"]*)\""
)
SAME = {"JSON", "note#^claim"}


def test_no_template_has_english_text_that_is_not_in_the_table() -> None:
    templates = [*sorted((SITE / "templates").glob("*.html")), *sorted(THEME.rglob("*.html"))]
    left = [
        f"{file.name}: {text.strip()}"
        for file in templates
        if file.name != "preview_error.html"  # of a preview, which has no site yet
        for found in TEMPLATE_TEXT.findall(TEMPLATE_PARTS.sub("", file.read_text("utf-8")))
        for text in found
        if text.strip() and text.strip() not in SAME
    ]
    assert left == []


def list_texts(script: str) -> list[str]:
    """Return what stands in quotes in a script but as `t("…")`, without what is filled in."""
    found = SCRIPT_PARTS.finditer(script)
    texts = (part["text"][1:-1] for part in found if part["text"] and not part["t"])
    return [re.sub(r"\$\{[^}]*\}", "{}", text) for text in texts]


def test_words_numbers_and_days_are_those_of_the_language() -> None:
    day = date(2026, 3, 7)
    assert (translate("Newest notes"), format_day(day)) == ("Newest notes", "7 March 2026")
    assert (count_items(1, "note"), count_items(1234, "note")) == ("1 note", "1,234 notes")
    with use_language("de-AT"):
        assert (translate("Newest notes"), format_day(day)) == ("Neueste Notizen", "7. März 2026")
        assert (count_items(1, "note"), count_items(1234, "note")) == ("1 Notiz", "1.234 Notizen")
        assert format_number(12345) == "12.345"
        assert translate("page {number} of {total}", number=1, total=2) == "Seite 1 von 2"
    assert translate("Newest notes") == "Newest notes"


def test_what_a_table_lacks_and_a_language_without_one_are_english() -> None:
    with use_language("de"):
        assert translate("A word of no page") == "A word of no page"
        assert count_items(2, "gnomon") == "2 gnomons"
    with use_language("fr"):
        assert load_table("fr") is None
        assert (translate("Home"), count_items(2, "note")) == ("Home", "2 notes")


def test_items_are_made_in_the_language_and_used_in_any() -> None:
    items = make_in_language("de", (translate("Home") for _ in range(2)))
    assert [(item, translate("Home")) for item in items] == [("Start", "Home")] * 2


def test_the_navigation_speaks() -> None:
    with use_language("de"):
        titles = [title for entry in make_nav() for title in entry]
    assert titles[:3] == ["Start", "Suche", "Verlauf"]
    assert make_nav() == NAV


def test_a_script_is_served_with_the_words_of_the_language() -> None:
    script = ASSETS / "readinglog.js"
    german, english = (read_asset(script, language).decode() for language in ("de", "en"))
    assert 't("Als gelesen markieren")' in german
    assert "Mark as read" in english
    assert "Mark as read" not in german


def test_no_script_has_a_message_that_is_put_together() -> None:
    for file in sorted(Path(ASSETS).rglob("*.js")):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\bt\(\s*`", text), file.name
