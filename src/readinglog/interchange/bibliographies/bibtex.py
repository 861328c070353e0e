"""BibTeX entries, as BibTeX and biber read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from readinglog.citations.kind_by_address import guess_kind
from readinglog.interchange.bibliographies.venue import Venue, describe_venue
from readinglog.model.bylines import list_people
from readinglog.model.field_types import ET_AL
from readinglog.model.kinds import DEFAULT_KIND
from readinglog.model.note import Note
from readinglog.model.person_names import PersonName
from readinglog.model.slugs import make_unique
from readinglog.parsing.formulas import Formula, replace_formulas

NAME = "BibTeX"
OPTION = "bib"
FILE_NAME = "bibliography.bib"
MEDIA_TYPE = "application/x-bibtex"

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SPECIAL = {c: f"\\{c}" for c in "#$%&_{}"} | {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}
# Letters that a LaTeX without further packages knows as mathematics only.
_GREEK = {
    letter: f"$\\{name}$"
    for letter, name in zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma "
        "tau upsilon varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi "
        "Omega".split(),
        strict=True,
    )
}
_LOWERED = {c: f"$_{n}$" for n, c in enumerate("₀₁₂₃₄₅₆₇₈₉")}
_RAISED = {c: f"$^{n}$" for n, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_SIGNS = {"≤": r"$\leq$", "≥": r"$\geq$", "∞": r"$\infty$", "→": r"$\rightarrow$"}
_MATH = _GREEK | _LOWERED | _RAISED | _SIGNS
_GREEK_LETTER = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_NOT_PLAIN = re.compile(f"[{re.escape(''.join(_SPECIAL | _MATH))}]|--|''")
# What TeX joins to one sign: dashes and quotes.
_JOINED = re.compile(r"(?<=-)(?=-)|(?<=')(?=')")


def format_works(notes: Sequence[Note]) -> str:
    """Return an entry for each note; notes of one name get keys that differ."""
    taken: dict[str, int] = {}
    return "\n".join(format_bibtex(note, _make_unique_key(note, taken)) for note in notes)


def _make_key(note: Note) -> str:
    return note.citation_key or re.sub(r"[^\w:.-]", "-", note.page_name)


def _make_unique_key(note: Note, taken: dict[str, int]) -> str:
    """Return a key that is not `taken`, in which BibTeX takes capitals for small letters."""
    key = _make_key(note)
    unique = make_unique(key.lower(), taken)
    return key + unique[len(key) :]


@lru_cache(maxsize=1 << 14)  # a note is in the lists of several tags
def format_bibtex(note: Note, key: str = "") -> str:
    """Return the note's work as a BibTeX entry, by default with the note's name as its key."""
    venue = describe_venue(note)
    entry_type = _choose_entry_type(note, venue)
    _, _, rest = note.published.partition("-")
    month, _, day = rest.partition("-")
    is_stated = entry_type == "misc" and note.kind != _guess_kind(note)
    fields = {
        "title": "{{" + replace_formulas(note.title, {}, _keep_formula, _escape) + "}}",
        "author": _brace(_format_authors(note)),
        "year": _brace(venue.year),
        "month": _MONTHS[int(month) - 1] if month else "",
        "day": _brace(day.lstrip("0")),
        _get_venue_field(entry_type): _brace(_escape(venue.name)),
        "volume": _brace(_escape(venue.place.volume)),
        "number": _brace(_escape(venue.place.number)),
        "pages": _brace(_escape(venue.place.pages).replace("-", "--")),
        "type": _brace(_escape(note.kind_record.label) if is_stated else ""),
        "eprint": _brace(note.arxiv),
        "archiveprefix": "{arXiv}" if note.arxiv else "",
        "doi": _brace(_encode_braces(note.doi)),
        "isbn": _brace(note.isbn),
        "url": _brace(_encode_braces(note.cited_url)),
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value not in ("", "{}")]
    return "\n".join((f"@{entry_type}{{{key or _make_key(note)},", *lines, "}\n"))


def _brace(value: str) -> str:
    return f"{{{value}}}"


def _encode_braces(address: str) -> str:
    """Return an address or DOI, which tools take as it is, without what would end its field."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _choose_entry_type(note: Note, venue: Venue) -> str:
    """Return the type of a work: an article needs a journal, or a DOI that leads to it."""
    entry_type = note.kind_record.bibtex_type
    if entry_type != "article":
        return entry_type
    if venue.name:
        return "inproceedings" if venue.is_conference else "article"
    return "article" if note.doi else "misc"


def _get_venue_field(entry_type: str) -> str:
    names = {"book": "publisher", "article": "journal", "inproceedings": "booktitle"}
    return names.get(entry_type, "howpublished")


def _guess_kind(note: Note) -> str:
    """Return the kind of work that an entry without a type of its own is read as."""
    is_paper = note.arxiv or note.doi
    return DEFAULT_KIND if is_paper else guess_kind(note.work_url) or "post"


def _format_authors(note: Note) -> str:
    others = ["others"] if ET_AL in note.texts("authors") else []
    return " and ".join([*map(_format_person, list_people(note)), *others])


def _format_person(person: PersonName) -> str:
    """Return a name such that BibTeX finds the same parts in it."""
    if person.whole:
        is_word = re.fullmatch(r"[^\s,{}]+", person.whole) and person.whole.lower() != "others"
        escaped = _escape(person.whole)
        return escaped if is_word else _brace(escaped)
    given, family = _escape(person.given), _escape(person.family)
    words = person.given.split()
    is_plain = words and all(word[0].isupper() for word in words) and " " not in person.family
    if is_plain and not person.prefix and not person.suffix and not person.family[0].islower():
        return f"{given} {family}"
    if " " in person.family or person.family[0].islower():
        family = _brace(family)
    last = " ".join(filter(None, (_escape(person.prefix), family)))
    return ", ".join(filter(None, (last, person.suffix, given)))


def _keep_formula(formula: Formula) -> str:
    """Return a formula as it is; one that is not whole would break the entry."""
    latex = f"${formula.source}$"
    return latex if formula.render_in_line() else _escape(latex)


def _escape(text: str) -> str:
    """Return plain text as LaTeX."""
    if not _NOT_PLAIN.search(text):  # as most is
        return text
    return "{}".join(map(_spell, _JOINED.split(text)))


def _spell(text: str) -> str:
    letters = []
    for at, c in enumerate(text):
        beside = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
        is_word = c in _GREEK and _GREEK_LETTER.search(beside)
        letters.append(c if is_word else _SPECIAL.get(c) or _MATH.get(c) or c)
    return "".join(letters)
