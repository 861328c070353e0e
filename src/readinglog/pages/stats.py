"""Statistics: how the log grew, when its works appeared, what they are, and which of them the others lead to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from markupsafe import Markup

from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.pages.charts import LEVELS, MONTHS, Series, bars, calendar, day_name, stacked, table
from readinglog.pages.lists import author_address, search_address, tag_link
from readinglog.pages.page import NOTHING, Emitted, Page, Place, Site, count, html, joined
from readinglog.query.tree import Filter
from readinglog.reading import reading_minutes
from readinglog.schema import STATUSES
from readinglog.vocabulary import Tag

_CALENDARS = 3  # years
_YEARS = 12  # that have a bar of their own
_LINKED = 10
_HERE = Place("stats/")
_OLDER, _OTHER = "older", "other topics"
Column = tuple[str, range]  # a bar's label and its years


def emit(notebook: Notebook, _: Site) -> Iterator[Emitted]:
    content = _content(notebook) if notebook.published else html("<p>Nothing is logged yet.</p>\n")
    yield Page(_HERE.address, "Statistics", html("<h1>Statistics</h1>\n{}", content))


def _content(notebook: Notebook) -> Markup:
    notes, linking = notebook.published, _linking(notebook)
    sections = (
        _section("Notes over time", "over-time", _calendars(notes)),
        _section("Topics over time", "topics", _topics(notebook)),
        _section("Kinds", "kinds", _kinds(notes)),
        _section("Most-linked works", "most-linked", _most_linked(linking)),
        _section("By status", "status", _status(notes)),
    )
    return joined((_facts(notebook, sum(linking.values())), *sections))


def _section(title: str, anchor: str, content: Markup) -> Markup:
    return html('<section>\n<h2 id="{}">{}</h2>\n{}</section>\n', anchor, title, content)


def _figure(plot: Markup, legend: Markup, words: Iterable[str], numbers: Markup = NOTHING) -> Markup:
    text = " ".join(filter(None, words))
    caption = joined((legend, html("<p>{}</p>", text) if text else NOTHING))
    return html('<figure class="rl-plot">\n{}<figcaption>{}</figcaption>\n</figure>\n{}', plot, caption, numbers)


def _facts(notebook: Notebook, links: int) -> Markup:
    notes = notebook.published
    hubs = sum(note.is_topic for note in notes)
    minutes = sum(map(reading_minutes, notes))
    authors = {author_address(name) for note in notes for name in note.authors}
    facts = [
        *(count(len(notes) - hubs, "work"), count(hubs, "hub"), count(len(notebook.tagged), "tag"), count(len(authors), "author")),
        *(f"{count(links, 'link')} between notes", f"{count(minutes, 'minute')} of reading"),
    ]
    return html('<p class="rl-facts">{}</p>\n', joined(facts, " · "))


def _calendars(notes: Sequence[Note]) -> Markup:
    """A calendar for each of the newest years with notes, and their months as a table."""
    days: dict[int, Counter[date]] = defaultdict(Counter)
    for note in notes:
        if note.date:
            days[note.date.year][note.date] += 1
    if not days:
        return html("<p>No note has a date yet.</p>\n")
    years = sorted(days, reverse=True)[:_CALENDARS]
    earlier = sum(days[year].total() for year in days if year not in years)
    undated = sum(not note.date for note in notes)
    keys = [_key("level", level, "", words) for level, words in enumerate(LEVELS)]
    words = (
        f"The {_CALENDARS} newest years are shown; {count(earlier, 'note')} stand before them." if earlier else "",
        f"{count(undated, 'note')} without a date." if undated else "",
    )
    blocks = [html("<h3>{}</h3>\n{}", year, calendar(year, days[year], _year_says(year, days[year]))) for year in years]
    return _figure(joined(blocks), _legend("Notes a day", keys), words, _months(days, years))


def _year_says(year: int, days: Counter[date]) -> str:
    busiest = min(days, key=lambda day: (-days[day], day))
    return f"{count(days.total(), 'note')} in {year} on {count(len(days), 'day')}, most on {day_name(busiest)}: {days[busiest]:,}"


def _key(of: str, value: int, letter: str, words: object) -> Markup:
    """One colour of a plot and what it means."""
    return html('<li><span class="rl-swatch" data-{}="{}">{}</span> {}</li>', of, value, letter, words)


def _legend(title: str, keys: Iterable[Markup]) -> Markup:
    return html('<span class="rl-keys-title">{}</span><ul class="rl-keys">{}</ul>', title, joined(keys))


def _months(days: dict[int, Counter[date]], years: Sequence[int]) -> Markup:
    found = Counter({(year, month): 0 for year in years for month in range(1, 13)})
    for year in years:
        for day, number in days[year].items():
            found[year, day.month] += number
    rows: list[Sequence[object]] = [(name, *(_month(year, at, found[year, at]) for year in years)) for at, name in enumerate(MONTHS, 1)]
    return table("Notes by month", ("Month", *years), [*rows, ("In all", *(f"{days[year].total():,}" for year in years))])


def _month(year: int, month: int, number: int) -> object:
    return html('<a href="{}">{}</a>', _HERE.to(f"log/{year:04}-{month:02}/"), f"{number:,}") if number else 0


def _topics(notebook: Notebook) -> Markup:
    """Bars of works by the year in which they appeared, of one part a topic, in the order of the vocabulary."""
    works = [note for note in notebook.published if not note.is_topic]
    found = Counter((int(note.published[:4]), hue) for note in works if note.published for hue in _hues(note, notebook))
    if not found:
        return html("<p>No work has both a topic and a year.</p>\n")
    years = [year for year, _ in found]
    columns = _columns(min(years), min(year for year in years if year > max(years) - _YEARS), max(years))
    series: list[Series] = []
    keys: list[Markup] = []
    for hue, tag in _coloured(notebook):
        counts = [sum(found[year, hue] for year in span) for _, span in columns]
        if any(counts):
            name = tag.name if tag else _OTHER
            series.append(Series(name, _letter(name, [one.letter for one in series]), hue, counts))
            link = tag_link(tag, notebook, _HERE) if tag else html('<a href="{}">{}</a>', _HERE.to("tags/"), name)
            keys.append(_key("hue", hue, series[-1].letter, link))
    left = sum(not (note.published and _hues(note, notebook)) for note in works)
    words = (
        "A work counts once in each of its topics.",
        f"Those from {columns[0][1][0]} to {columns[0][1][-1]} share the bar “{_OLDER}”." if columns[0][0] == _OLDER else "",
        f"{count(left, 'work')} without a year or a topic left out." if left else "",
    )
    plot = stacked([label for label, _ in columns], series, _says(columns, series))
    return _figure(plot, _legend("From the foot of a bar up", keys), words, _by_year(columns, series))


def _hues(note: Note, notebook: Notebook) -> set[int]:
    """The colours of a note's topics; 0 stands for all those that have none of their own."""
    return {notebook.vocabulary.hue(tag) for tag in notebook.tags_of(note)}


def _coloured(notebook: Notebook) -> list[tuple[int, Tag | None]]:
    roots = notebook.vocabulary.children(None)
    return [*((notebook.vocabulary.hue(tag), tag) for tag in roots if notebook.vocabulary.hue(tag)), (0, None)]


def _columns(oldest: int, first: int, newest: int) -> list[Column]:
    """The bars: a year each from `first` on, and one for all years before."""
    years = [(f"{year:04}", range(year, year + 1)) for year in range(first, newest + 1)]
    return [(_OLDER, range(oldest, first)), *years] if oldest < first else years


def _letter(name: str, taken: Sequence[str]) -> str:
    """The letter that marks a topic where colour does not: the first of its name that no other has."""
    return next((letter for letter in name.upper() if letter.isalnum() and letter not in taken), "?")


def _says(columns: Sequence[Column], series: Sequence[Series]) -> str:
    """The point of the plot in words."""
    totals = [sum(numbers) for numbers in zip(*(one.counts for one in series), strict=True)]
    most = totals.index(max(totals))
    span = f"{columns[0][1][0]} to {columns[-1][1][0]}"
    parts = ", ".join(f"{one.name} {sum(one.counts):,}" for one in series)
    return f"Works by year of appearance, {span}, most of them {columns[most][0]} ({totals[most]:,}). {parts}."


def _by_year(columns: Sequence[Column], series: Sequence[Series]) -> Markup:
    rows: list[Sequence[object]] = []
    for at, (label, span) in enumerate(columns):
        numbers = [one.counts[at] for one in series]
        query = Filter("year", label if label != _OLDER else f"..{span[-1]:04}")
        link = html('<a href="{}">{}</a>', search_address(query, _HERE), label)
        rows.append((link, *(f"{number:,}" for number in (*numbers, sum(numbers)))))
    return table("Works by topic and year", ("Appeared", *(one.name for one in series), "In all"), rows)


def _kinds(notes: Sequence[Note]) -> Markup:
    kinds = sorted(Counter(note.kind for note in notes).items(), key=lambda item: (-item[1], item[0]))
    rows = [(html('<a href="{}">{}</a>', search_address(Filter("kind", kind), _HERE), kind), number) for kind, number in kinds]
    return _figure(bars(("Kind", "Notes"), rows), NOTHING, [f"{count(notes, 'note')} of {count(kinds, 'kind')}."])


def _linking(notebook: Notebook) -> dict[Note, int]:
    """How many published notes lead to each published note; each counts once, however often it does."""
    found = notebook.backlinks
    return {to: len({back.note for back in found.get(to, ()) if notebook.is_published(back.note)}) for to in notebook.published}


def _most_linked(linking: dict[Note, int]) -> Markup:
    works = sorted((note for note, number in linking.items() if number and not note.is_topic), key=lambda note: (-linking[note], note.name))
    if not works:
        return html("<p>No note leads to another yet.</p>\n")
    rows = [(html('<a href="{}">{}</a>', _HERE.note(note), note.title), linking[note]) for note in works[:_LINKED]]
    words = "How many notes lead to each by links or relations; a note counts once."
    return _figure(bars(("Work", "Notes"), rows, below=True), NOTHING, [words])


def _status(notes: Sequence[Note]) -> Markup:
    found = Counter(note.status for note in notes)
    words = dict(zip(STATUSES, ("to read", "being read", "read"), strict=True))
    parts = [_in_status(found[status], status, words[status]) for status in STATUSES]
    return html("<p>Of {}: {}.</p>\n", count(notes, "note"), joined(parts, ", "))


def _in_status(number: int, status: str, words: str) -> Markup:
    text = f"{number:,} {words}"
    return html('<a href="{}">{}</a>', search_address(Filter("is", status), _HERE), text) if number else html("{}", text)
