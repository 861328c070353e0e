"""The kinds, fields and fields of claims of a log's own, as its settings describe them: the same
records as the built-in ones.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from readinglog.model.claim import CLAIM_FIELDS, ClaimField, make_claim_relation
from readinglog.model.field import (
    OWN_NAME,
    CardFact,
    CardLink,
    Field,
    FormPlace,
    RelationWords,
    SearchChoice,
    SearchRange,
    SearchWords,
    suggest_own_name,
)
from readinglog.model.field_types import (
    CommonMistake,
    FieldType,
    make_choice_type,
)
from readinglog.model.kinds import ADDRESS, Kind
from readinglog.model.patterns import LONGEST_TEXT, find_pattern_error
from readinglog.model.schema import BUILT_IN, Schema
from readinglog.model.vocabulary import HUE_NAMES
from readinglog.search.language import BUILT_IN_LANGUAGE, HAS_CLAIMS, HAS_MATH
from readinglog.workspace.setting_records import (
    CLAIM_FIELD,
    CLAIM_FIELD_TYPES,
    FIELD,
    FIELD_TYPES,
    KIND,
    SHOWN_AS,
)
from readinglog.workspace.settings_tables import SettingsTable

_KIND_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_QUERY_NAME = re.compile(r"[a-z][a-z-]*")
_ADDRESS = re.compile(r"https?://[^\s<>\"`\\{}/]+/[^\s<>\"`\\{}]*\{\}[^\s<>\"`\\{}]*")
_FORMAT_NAME = re.compile(r"[A-Za-z][A-Za-z-]{0,39}")
_MOST = 20  # kinds, and fields, of one log
# Names that a query field cannot have: its file, such as `links`, is another's.
_DATE_SEARCH = cast("SearchRange", BUILT_IN.fields["date"].search)
_HAS_VALUES = (HAS_MATH, *HAS_CLAIMS)  # besides the fields
_TAKEN = frozenset({*BUILT_IN_LANGUAGE.fields, *_HAS_VALUES, "link", "completion", "catalogue"})


def read_schema(
    kinds: SettingsTable,
    fields: SettingsTable,
    claim_fields: SettingsTable,
    colours: SettingsTable,
) -> Schema:
    """Return the schema of a log with these kinds, fields, fields of claims, and colours of root
    tags.

    Raise SettingsError where they are not right.
    """
    for table in (kinds, fields, claim_fields):
        if len(list(table)) > _MOST:
            raise table.fail(f"has more than {_MOST} tables; remove some")
    own_fields = [_read_field(fields.get_table(name), name, fields) for name in fields]
    known = {*BUILT_IN.fields, *(field.name for field in own_fields)}
    own_kinds = [_read_kind(kinds.get_table(name), name, kinds, known) for name in kinds]
    required = {name for kind in own_kinds for name in kind.requires or ()}
    placed = [
        replace(field, form=FormPlace.FIRST) if field.name in required else field
        for field in own_fields
    ]
    own_claim_fields = [
        _read_claim_field(claim_fields.get_table(name), name, claim_fields) for name in claim_fields
    ]
    tables = (kinds, fields, claim_fields, colours)
    key = repr([table.describe() for table in tables]) if any(map(list, tables)) else ""
    return BUILT_IN.extend(placed, own_kinds, _read_colours(colours), own_claim_fields, key=key)


def _read_colours(table: SettingsTable) -> dict[str, int]:
    """Return the numbers of the colours of root tags."""
    found: dict[str, int] = {}
    for tag in table:
        colour = table.get_choice(tag, "", HUE_NAMES)
        number = HUE_NAMES.index(colour) + 1
        if number in found.values():
            raise table.fail_value(tag, "another tag has this colour; give each its own")
        found[tag] = number
    return found


# Kinds ----------------------------------------------------------------------------------------


def _read_kind(table: SettingsTable, name: str, parent: SettingsTable, known: set[str]) -> Kind:
    if not _KIND_NAME.fullmatch(name):
        raise parent.fail(f"`{name[:40]}` is not a name; write small letters, digits and `-`")
    if name in BUILT_IN.kinds:
        raise parent.fail(f"`{name}` is a kind that every log has; choose another name")
    table.check_names(KIND.names)
    requires = table.get_texts("requires")
    for field in requires or ():
        if field not in known and field != ADDRESS:
            raise table.fail_value(
                "requires", f"no field is named `{field}`; write names of fields, or `{ADDRESS}`"
            )
    return Kind(
        name,
        table.get_text("label", name.replace("-", " ").capitalize()),
        is_work=table.get_flag("work", default=True),
        requires=requires,
        csl_type=_read_format(table, "csl", "document"),
        bibtex_type=_read_format(table, "bibtex", "misc"),
        schema_org_type=_read_format(table, "schema_org", "CreativeWork"),
    )


def _read_format(table: SettingsTable, name: str, default: str) -> str:
    """Return what another format calls a kind."""
    text = table.get_text(name, default)
    if not _FORMAT_NAME.fullmatch(text):
        raise table.fail_value(name, f"write one word, such as `{default}`")
    return text


# Fields of notes and of claims ----------------------------------------------------------------


def _read_field(table: SettingsTable, name: str, parent: SettingsTable) -> Field:
    _check_field_name(name, parent)
    table.check_names(FIELD.names)
    type_name = table.get_choice("type", "text", tuple(FIELD_TYPES))
    label = table.get_text("label", name.replace("_", " ").capitalize())
    is_list = table.get_flag("list", default=type_name == "note")
    is_locator = table.get_flag("locates", default=False)
    is_searched = table.get_flag("search", default=False)
    address = _read_address(table, type_name)
    if is_locator and (is_list or type_name not in ("text", "url")):
        raise table.fail(
            "`locates` is for one text or `url`; remove it, or change `type` or `list`"
        )
    if type_name == "flag" and is_list:
        raise table.fail("a `flag` is one value; remove `list`")
    words = None
    if type_name == "note":
        if name in _HAS_VALUES:
            raise table.fail(f"`has:{name}` asks for something else already; rename this")
        words = _read_relation_words(table, label)
    else:
        _refuse_backward(table)
    kind = "list" if is_list else type_name
    return Field(
        name,
        _read_type(table, name, type_name, address),
        label,
        table.get_text("doc", f"{label}."),
        is_list=is_list,
        required_example=f"{name}: {table.get_text('example', '…')}",
        is_locator=is_locator,
        address=address,
        relation=words,
        search=_choose_search(table, name, kind) if is_searched else None,
        has=is_searched or words is not None,
        card=_read_card(table, label, type_name, address),
    )


def _check_field_name(name: str, parent: SettingsTable) -> None:
    _check_own_name(name, parent)
    if name in BUILT_IN.fields or name == ADDRESS:
        raise parent.fail(f"`{name}` is a name that every log has; choose another")


def _check_own_name(name: str, parent: SettingsTable) -> None:
    if not OWN_NAME.fullmatch(name):
        near = suggest_own_name(name)
        example = f", such as `{near}`" if near else ""
        message = f"`{name[:40]}` is not a name; write small letters, digits and `_`{example}"
        raise parent.fail(message)


def _read_relation_words(table: SettingsTable, label: str) -> RelationWords:
    return RelationWords(label, table.get_text("backward", f"{label} (from there)"))


def _refuse_backward(table: SettingsTable) -> None:
    if "backward" in table:
        raise table.fail_value("backward", 'it is for `type = "note"`; remove it')


def _read_address(table: SettingsTable, type_name: str) -> str:
    """Return the template of the address to which a field leads."""
    if "address" not in table:
        return "{}"
    address = table.get_text("address", "")
    if type_name != "text" or not _ADDRESS.fullmatch(address):
        raise table.fail_value(
            "address", "write it for a `text` as `https://example.org/{}`, with one `{}`"
        )
    return address


def _read_type(table: SettingsTable, name: str, type_name: str, address: str) -> FieldType:
    """Return the type of a field's values."""
    choices = table.get_texts("choices")
    if (type_name == "choice") != bool(choices):
        raise table.fail('`choices` and `type = "choice"` go together; write both, or neither')
    if choices:
        return _make_choice_type(table, choices)
    if "pattern" not in table:
        return (
            FIELD_TYPES[type_name]
            if address == "{}"
            else _make_text_type(table, name, r"\S+", address)
        )
    if type_name != "text":
        raise table.fail_value("pattern", 'it is for `type = "text"`; remove it')
    pattern = table.get_text("pattern", "")
    if error := find_pattern_error(pattern):
        raise table.fail_value("pattern", f"{error}; write a simpler one")
    return _make_text_type(table, name, pattern, address)


def _make_choice_type(table: SettingsTable, choices: tuple[str, ...]) -> FieldType:
    for choice in choices:
        if not _KIND_NAME.fullmatch(choice):
            raise table.fail_value("choices", f"`{choice}`: write small letters, digits and `-`")
    return make_choice_type(*dict.fromkeys(choices))


def _make_text_type(table: SettingsTable, name: str, pattern: str, address: str) -> FieldType:
    """Return the type of texts of a pattern; where one leads to an address, that is often written
    instead.
    """
    example = table.get_text("example", "")
    mistakes: tuple[CommonMistake, ...] = ()
    if address != "{}":
        before, _, after = (re.escape(part) for part in address.partition("{}"))
        start = re.sub(r"\Ahttps?(?=:)", "https?", before)
        found = rf"{start}({pattern}){after}/?(?:[?#].*)?"
        mistakes = (CommonMistake(found, f"a bare `{name}`", "write `{1}`", "{1}"),)
    return FieldType(
        f"a value of `{name}`",
        f"write it as `{example}`" if example else f"write what matches `{pattern}`",
        pattern,
        mistakes,
        limit=LONGEST_TEXT,
    )


def _choose_search(
    table: SettingsTable, name: str, kind: str
) -> SearchWords | SearchChoice | SearchRange | None:
    """Return how a field is searched; flags and relations are asked for by `has:` alone."""
    query = name.replace("_", "-")
    if not _QUERY_NAME.fullmatch(query):
        raise table.fail("`search` needs a name of letters; rename the field, or remove `search`")
    if query in _TAKEN:
        raise table.fail(
            f"the search has a field `{query}` already; rename this, or remove `search`"
        )
    match kind:
        case "flag":
            return None
        case "choice":
            return SearchChoice(query)
        case "date" | "partial-date":
            return SearchRange(query, _DATE_SEARCH.pattern, _DATE_SEARCH.example)
    return SearchWords(query, f"{query}:word")


def _read_claim_field(table: SettingsTable, name: str, parent: SettingsTable) -> ClaimField:
    _check_own_name(name, parent)
    if name in CLAIM_FIELDS:
        raise parent.fail(f"`{name}` is a field that all claims may have; choose another name")
    if name in _HAS_VALUES:
        raise parent.fail(f"`has:{name}` asks for something else already; choose another name")
    table.check_names(CLAIM_FIELD.names)
    type_name = table.get_choice("type", "text", CLAIM_FIELD_TYPES)
    label = table.get_text("label", name.replace("_", " ").capitalize())
    doc = table.get_text("doc", f"{label}.")
    type_ = _read_type(table, name, type_name, "{}")
    if type_name == "note":
        return make_claim_relation(name, doc, _read_relation_words(table, label))
    _refuse_backward(table)
    example = table.get_text("example", type_.choices[0] if type_.choices else "…")
    return ClaimField(name, label, doc, example, type_)


def _read_card(
    table: SettingsTable, label: str, type_name: str, address: str
) -> CardFact | CardLink | None:
    """Return what the card of a note shows of a field."""
    leads_somewhere = type_name == "url" or address != "{}"
    is_hidden = type_name in ("note", "flag")  # relations stand below the text
    usual = "link" if leads_somewhere else "fact"
    usual = "no" if is_hidden else usual
    shown = table.get_choice("show", usual, SHOWN_AS)
    if shown == "link" and not leads_somewhere:
        raise table.fail_value("show", 'a link needs `address`, or `type = "url"`')
    if shown != "no" and is_hidden:
        raise table.fail_value("show", f"a `{type_name}` is not shown on cards; remove it")
    template = table.get_text("fact", f"{label.replace('{', '').replace('}', '')}: {{}}")
    if template.count("{}") != 1:
        raise table.fail_value("fact", f"write the value as `{{}}`, such as `{label}: {{}}`")
    return {"fact": CardFact(template), "link": CardLink(label), "no": None}[shown]
