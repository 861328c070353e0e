"""The settings of a log, each one record: what may be written in which table, and what it means.

The tables are checked by these records, and the reference in the guide is made of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from readinglog.model.attachments import SIZE_LIMIT
from readinglog.model.field_types import (
    DATE,
    FLAG,
    NOTE_NAME,
    PARTIAL_DATE,
    PERSON,
    TEXT,
    URL,
    FieldType,
)
from readinglog.model.vocabulary import HUE_NAMES

MEGABYTE = 1_000_000
FIELD_TYPES: Mapping[str, FieldType] = {
    "text": TEXT,
    "date": DATE,
    "partial-date": PARTIAL_DATE,
    "url": URL,
    "person": PERSON,
    "note": NOTE_NAME,
    "flag": FLAG,
    "choice": TEXT,
}
CLAIM_FIELD_TYPES = ("text", "date", "partial-date", "url", "note", "choice")
SHOWN_AS = ("fact", "link", "no")


class Setting(NamedTuple):
    """A setting: what it holds, its default, its meaning, and an example, as TOML has it. A name in
    capitals stands for any name.
    """

    name: str
    holds: str
    default: str
    doc: str
    example: str


class SettingGroup(NamedTuple):
    """The settings of one table, `name` as TOML has it, "" for those above all tables."""

    name: str
    doc: str
    settings: tuple[Setting, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the settings."""
        return tuple(setting.name for setting in self.settings)


TOP = SettingGroup(
    "",
    "Above the first table of `readinglog.toml`, or in `[tool.readinglog]` of `pyproject.toml`.",
    (
        Setting(
            "notes",
            "the path of a folder",
            '"notes"',
            "The folder of the notes, as `docs_dir` in `mkdocs.yml` names it.",
            '"docs"',
        ),
        Setting(
            "people",
            "a list of names",
            "everybody",
            "Who may stand in `by`. `readinglog new` fills in the only one, or the one whose name "
            "git has.",
            '["Ada Adams", "Bo Bell"]',
        ),
        Setting(
            "attachment_megabytes",
            "a number",
            f"{SIZE_LIMIT / MEGABYTE:g}",
            "Larger files beside the notes are not published.",
            "5",
        ),
    ),
)
SEVERITY = SettingGroup(
    "severity",
    "How serious what a rule finds is. Rules that are not named keep their own severity.",
    (
        Setting(
            "RULE",
            "`error`, `warning`, `info` or `ignore`",
            "that of the rule",
            "The severity of all that the rule finds.",
            '"ignore"',
        ),
    ),
)
MACROS = SettingGroup(
    "math.macros",
    "Commands of TeX for the formulas of all notes.",
    (
        Setting(
            "MACRO",
            "LaTeX, with `#1`, `#2` … for what follows the command",
            "none",
            "What the command stands for.",
            r"'\mathbb{R}'",
        ),
    ),
)
KIND = SettingGroup(
    "kinds.NAME",
    "A kind of note of the log's own. Its name has small letters, digits and `-`.",
    (
        Setting(
            "label",
            "a text",
            "the name",
            "The label of the link to the work.",
            '"Plant sheet"',
        ),
        Setting(
            "work",
            "`true` or `false`",
            "true",
            "Whether such a note is about a work, which has an address and can be cited.",
            "false",
        ),
        Setting(
            "requires",
            "a list of fields",
            "what all works need",
            "The fields that such a note must have besides title, kind, date, tags and summary; "
            "`address` stands for any that says where the work is.",
            '["authors", "address"]',
        ),
        Setting("csl", "one word", '"document"', "The type of such a work in CSL.", '"map"'),
        Setting("bibtex", "one word", '"misc"', "Its type in BibTeX.", '"manual"'),
        Setting("schema_org", "one word", '"CreativeWork"', "Its type in schema.org.", '"Map"'),
    ),
)
FIELD = SettingGroup(
    "fields.NAME",
    "A field of front matter of the log's own. Its name has small letters, digits and `_`.",
    (
        Setting(
            "type",
            f"one of {', '.join(f'`{name}`' for name in FIELD_TYPES)}",
            '"text"',
            "What it holds. A `note` is a relation to another note, a `partial-date` may be a year "
            "or a month.",
            '"partial-date"',
        ),
        Setting(
            "pattern",
            "a regular expression",
            "any text",
            "What the whole of a `text` must match, read by Python and browsers alike.",
            '"[0-9]{1,2}[ab]?"',
        ),
        Setting(
            "choices",
            "a list of words",
            "none",
            "The values of a `choice`.",
            '["spring", "summer"]',
        ),
        Setting("example", "a text", "none", "A value, for messages.", '"7b"'),
        Setting(
            "list",
            "`true` or `false`",
            "true for a `note`, else false",
            "Whether it may have several values.",
            "true",
        ),
        Setting(
            "locates",
            "`true` or `false`",
            "false",
            "Whether it says where the work is, and tells works apart.",
            "true",
        ),
        Setting(
            "address",
            "an address with `{}`",
            "none",
            "Where a `text` leads, which stands in place of `{}`.",
            '"https://www.ipni.org/n/{}"',
        ),
        Setting(
            "show",
            f"one of {', '.join(f'`{name}`' for name in SHOWN_AS)}",
            "a link where it leads somewhere, else a fact",
            "What the card of a note shows of it.",
            '"no"',
        ),
        Setting(
            "fact", "a text with `{}`", "label and value", "How the card says it.", '"zone {}"'
        ),
        Setting(
            "search",
            "`true` or `false`",
            "false",
            "Whether `NAME:value` and `has:NAME` find notes by it; in queries, `_` is `-`.",
            "true",
        ),
        Setting("label", "a text", "the name", "Its label in the form.", '"Hardiness"'),
        Setting(
            "doc",
            "one sentence",
            "the label",
            "What it means, for the form and editors.",
            '"The hardiness zone."',
        ),
        Setting(
            "backward",
            "a text",
            "the label",
            "What a `note` is called from the other note.",
            '"Companion of"',
        ),
    ),
)
CLAIM_FIELD = SettingGroup(
    "claim_fields.NAME",
    "A field of claims of the log's own, `[NAME:: value]` in the text. Its name has small letters, "
    "digits and `_`; `has:NAME` finds the notes with a claim that has it.",
    (
        Setting(
            "type",
            f"one of {', '.join(f'`{name}`' for name in CLAIM_FIELD_TYPES)}",
            '"text"',
            "What it holds. A `note` is a relation: wikilinks to claims or notes.",
            '"partial-date"',
        ),
        Setting(
            "pattern",
            "a regular expression",
            "any text",
            "What the whole of a `text` must match, read by Python and browsers alike.",
            '"[0-9]+ GPU-hours"',
        ),
        Setting(
            "choices",
            "a list of words",
            "none",
            "The values of a `choice`.",
            '["random", "blind"]',
        ),
        Setting("example", "a text", "none", "A value, for messages and the form.", '"512"'),
        Setting("label", "a text", "the name", "What pages and the form call it.", '"GPU-hours"'),
        Setting("doc", "one sentence", "the label", "What it means.", '"What it cost."'),
        Setting(
            "backward",
            "a text",
            "the label",
            "What a `note` is called from the other claim.",
            '"Basis of"',
        ),
    ),
)
SITE = SettingGroup(
    "site",
    "What the site shows besides the notes.",
    (
        Setting(
            "social_cards",
            "`true` or `false`",
            "as in `mkdocs.yml`, else false",
            "A picture of each note, for links to it; needs `site_url`.",
            "true",
        ),
        Setting(
            "markdown_copies",
            "`true` or `false`",
            "as in `mkdocs.yml`, else true",
            "Each note as it is written, beside its page.",
            "false",
        ),
        Setting(
            "map",
            "`true` or `false`",
            "true",
            "The page with the map of works by year and topic.",
            "false",
        ),
        Setting("statistics", "`true` or `false`", "true", "The page with charts.", "false"),
        Setting(
            "claims",
            "`true` or `false`",
            "true",
            "The pages of claims, disputes and results; notes show theirs anyway.",
            "false",
        ),
    ),
)
COLOURS = SettingGroup(
    "site.colours",
    "The colours of root tags. Those that are not named get the colours that are left.",
    (
        Setting(
            "TAG",
            f"one of {', '.join(f'`{name}`' for name in HUE_NAMES)}",
            "the next that is left",
            "The colour of the tag and all below it.",
            '"green"',
        ),
    ),
)
SETTING_GROUPS = (TOP, SEVERITY, MACROS, KIND, FIELD, CLAIM_FIELD, SITE, COLOURS)
