"""`tags.yml`, the vocabulary: one entry a tag, read as written, with what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.formats import Scalar
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.schema import BROKEN, Compound, Field
from readinglog.model.slugs import fold
from readinglog.model.text import Source, Span
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.parsing.front_matter import fields_by_entry

_KEYS = ("name", "summary", "aliases", "parent")
_SUMMARY_LIMIT = 200


def parse_vocabulary(source: Source) -> Vocabulary:
    """The closed vocabulary in `source`. Never raises; an entry that is broken costs no other."""
    if source.unreadable or source.undecodable is not None:
        why = source.unreadable or "it is not UTF-8"
        return Vocabulary(
            (),
            source,
            _attribute(
                (
                    Diagnostic(
                        Span(0, 0), f"the vocabulary cannot be read: {why}", "save it as UTF-8"
                    ),
                ),
                source,
            ),
        )
    fields, problems = fields_by_entry(source.text, 0)
    tags: dict[str, Tag] = {}
    places: dict[str, Field] = {}
    for field in fields:
        if field.value is BROKEN and source.text[: field.name_span.start][-1:] not in ("", "\n"):
            continue  # it belongs to an entry that is broken, which has been told
        if field.name in tags:
            problems.append(
                Diagnostic(
                    field.name_span, f"the tag `{field.name}` is written twice", "keep one of them"
                )
            )
        else:
            tag, more = (
                _tag(field) if field.value is not BROKEN else (Tag(field.name, field.name), [])
            )
            tags[field.name], places[field.name] = tag, field
            problems += more
    problems += _clashes(tags.values(), places)
    problems += _wrong_parents(tags, places)
    return Vocabulary(tags.values(), source, _attribute(problems, source))


def _attribute(problems: Iterable[Diagnostic], source: Source) -> list[Diagnostic]:
    """Return the diagnostics in order, with the rule and the file that they are of."""
    attributed = (replace(found, rule="invalid-vocabulary", source=source) for found in problems)
    return sorted(attributed, key=lambda found: found.span)


def _tag(field: Field) -> tuple[Tag, list[Diagnostic]]:
    value, problems = field.value, []
    if isinstance(value, Scalar):
        if not value.null:
            problems.append(
                Diagnostic(
                    value.span,
                    f"the tag `{field.name}` has a text, not fields",
                    "write `summary: …` below it",
                )
            )
        return Tag(field.name, field.name), problems
    if value.kind != "mapping":
        problems.append(
            Diagnostic(
                value.span,
                f"the tag `{field.name}` has a list, not fields",
                "write `summary: …` below it",
            )
        )
        return Tag(field.name, field.name), problems
    known: dict[str, Scalar] = {}
    aliases: tuple[Scalar, ...] = ()
    for key, part in zip(value.items[::2], value.items[1::2], strict=True):
        name = key.text if isinstance(key, Scalar) else "?"
        if name not in _KEYS:
            near = find_nearest(name, _KEYS)
            help_ = f"write `{near}`" if near else f"a tag has {', '.join(_KEYS)}"
            problems.append(Diagnostic(key.span, f"a tag has no field `{name}`", help_))
        elif name == "aliases":
            items = part.items if isinstance(part, Compound) and part.kind == "list" else (part,)
            odd = [item.span for item in items if not isinstance(item, Scalar)]
            problems += [
                Diagnostic(span, "an alias is one text", "put it in double quotes") for span in odd
            ]
            aliases = tuple(
                item for item in items if isinstance(item, Scalar) and item.text.strip()
            )
        elif not isinstance(part, Scalar):
            problems.append(
                Diagnostic(part.span, f"`{name}` is one text", "put it in double quotes")
            )
        elif not part.null:
            known[name] = part
    texts = {name: " ".join(scalar.text.split()) for name, scalar in known.items()}
    if len(texts.get("summary", "")) > _SUMMARY_LIMIT:
        problems.append(
            Diagnostic(
                known["summary"].span,
                f"the summary is longer than {_SUMMARY_LIMIT} characters",
                "shorten it",
            )
        )
    return Tag(
        field.name,
        texts.get("name") or field.name,
        texts.get("summary", ""),
        aliases,
        texts.get("parent"),
    ), problems


def _clashes(tags: Iterable[Tag], places: dict[str, Field]) -> Iterator[Diagnostic]:
    """Words that name two tags."""
    owner: dict[str, Tag] = {}
    for tag in tags:
        for word in {fold(tag.key), fold(tag.name)}:
            if (other := owner.setdefault(word, tag)) is not tag:
                message = f"the tag `{tag.key}` is named like the tag `{other.key}`"
                yield Diagnostic(places[tag.key].name_span, message, "use one word for one tag")
    for tag in tags:
        for alias in tag.aliases:
            other = owner.setdefault(fold(alias.text), tag)
            if other is not tag:
                yield Diagnostic(
                    alias.span,
                    f"the alias `{alias.text}` also names the tag `{other.key}`",
                    "keep it at one of the two",
                )


def _wrong_parents(tags: dict[str, Tag], places: dict[str, Field]) -> Iterator[Diagnostic]:
    for tag in tags.values():
        if tag.parent is None:
            continue
        value = places[tag.key].value
        keyed = (
            zip(value.items[::2], value.items[1::2], strict=True)
            if isinstance(value, Compound)
            else ()
        )
        span = next(
            part.span for key, part in keyed if isinstance(key, Scalar) and key.text == "parent"
        )
        if tag.parent not in tags:
            near = find_nearest(tag.parent, tags)
            yield Diagnostic(
                span,
                f"no tag is named `{tag.parent}`",
                f"did you mean `{near}`?" if near else "write a tag of this file",
            )
            continue
        above, seen = tag.parent, {tag.key}
        while above in tags and above not in seen:
            seen.add(above)
            above = tags[above].parent or ""
        if above == tag.key:
            yield Diagnostic(
                span,
                f"`{tag.key}` stands under itself",
                "give one of these tags another parent, or none",
            )
