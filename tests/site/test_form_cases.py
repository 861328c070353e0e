"""The rules of the form: one table of cases, in which the check is the oracle, and the browser's
half gives the same texts and diagnostics.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from readinglog.citations.draft import BODY, clean_line, find_known_note, format_note, make_name
from readinglog.citations.work import Work
from readinglog.lint.linter import check_notebook
from readinglog.model.claim import parse_result
from readinglog.model.diagnostic import Severity
from readinglog.model.identifiers import make_work_key
from readinglog.model.messages import MESSAGES
from readinglog.model.slugs import to_kebab
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.surroundings import Surroundings
from readinglog.parsing.formula_marks import find_formula
from readinglog.parsing.note import parse_note
from readinglog.workspace.loading import load_notebook
from support.browsing import serve_folder, serve_modules
from support.paths import CASES
from support.site_builds import build_notes

NOTES = CASES / "contributing"
TABLE = NOTES.parent / "form.json"
CASES = json.loads(TABLE.read_text(encoding="utf-8"))
TODAY = date(2026, 11, 21)
PEOPLE = ["Ada Adams", "Bo Bell"]
RULES = {template.rule for template in MESSAGES.values()}
SIGNS = "πØł™aZ09 .:#-_/'\"\\[]{}&*!|>%@`,?~=()é\u0130ß李\u0301\u200b\u2028\u00a0\t\x07🚀–’"

# What texts are put together of in which it is hard to say what is a link.
PIECES = (
    *(
        "[[nope]]",
        "[[ddpm]]",
        "[[nope|x]]",
        "[[nope]][x]",
        "[x]",
        "\n\n[x]: https://a.example\n\n",
        "![[nope2]]",
        "[[a#h]]",
        "[[#h]]",
        "`[[c]]`",
        "``",
        "`",
        "$",
        "$$",
        " 5 ",
        "**",
        "*",
        "|",
    ),
    *(
        "\\",
        "\\|",
        "[",
        "]",
        "(u)",
        "<!-- ",
        "-->",
        "%%",
        "```\n",
        "~~~\n",
        "# ",
        "<div>",
        "</div>",
        "text ",
        "- ",
        "> ",
        "1. ",
    ),
    *("\n", "\n\n", "    ", "\t", "\\(", "\\)"),
)

# What texts are put together of in which it is hard to say what is a formula.
FORMULA_PIECES = (
    *(
        "$",
        "$",
        "$$",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "\\begin{align}",
        "\\end{align}",
        "\\begin{itemize}",
    ),
    *(
        "\\eqref{a}",
        "\\alpha",
        "x",
        "x^2",
        "_2",
        "\\text{if ",
        "}",
        "5",
        "100K and ",
        "words of it ",
        "信号",
    ),
    *(
        " ",
        " ",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "[",
        "]",
        "(",
        ")",
        "](https://a.example/",
        "`",
        "\\$",
        "\\",
        "{",
        "=",
    ),
)
# What texts are put together of in which it is hard to say what is a claim.
CLAIM_PIECES = (
    *("- ", "- It is so. ", "\n- ", "\n\n", "\n", "> ", "1. ", "# ", "  ", "text ", "`", "$", "\\"),
    *("[at:: §1] ", "[at:: ", "[at: 2] ", "(at:: 2) ", "at:: 2 ", "[checked:: full]", "[due:: 1]"),
    *("[result:: a on b = 1] ", "[result:: 3]", "[disputes:: [[ddpm]]] ", "[supports:: ddpm]"),
    *(
        " ^one\n",
        " ^two\n",
        " ^two words\n",
        "^glued\n",
        " ^a_b\n",
        "]",
        "[",
        "[[ddpm]]",
        "(x)",
        "::",
    ),
)
FIND_FORMULAS = """async (texts) => {
  const { FormulaMarks } = await import(new URL("../modules/contribute/formula_marks.js", location.href).href);
  const { fetchPacked } = await import(new URL("../modules/address.js", location.href).href);
  const terms = await fetchPacked(new URL("terms.bin", location.href));
  const marks = new FormulaMarks(terms.formula_environments);
  return texts.map((text) =>
    [...text].flatMap((sign, at) => (sign === "$" || sign === "\\\\" ? [marks.findEnd(text, at, text.length)] : [])),
  );
}"""

IN_BROWSER = """async ({ cases, texts, titles }) => {
  const at = (name) => new URL(`../modules/contribute/${name}.js`, location.href).href;
  const modules = ["note_checker", "note_writer", "works", "../address"].map((name) => import(at(name)));
  const [{ NoteChecker }, { NoteWriter, toKebabCase }, { WorkIndex }, { fetchPacked }] = await Promise.all(modules);
  const files = ["terms", "works"].map((name) => fetchPacked(new URL(`${name}.bin`, location.href)));
  const [terms, works] = await Promise.all(files);
  const index = new WorkIndex(works, terms.work_patterns);
  const writer = new NoteWriter(terms), checker = new NoteChecker(terms, index);
  const made = cases.map(({ name, fields, body }) => ({
    text: writer.writeNote(fields, body),
    diagnostics: checker.check(fields, name, body, "2026-11-21").map(({ rule, severity, message, help }) => [rule, severity, message, help]),
  }));
  return {
    made,
    scalars: texts.map((text) => writer.writeScalar(writer.cleanText(text))),
    names: texts.map((text) => toKebabCase(text, terms.file_names)),
    keys: texts.map((text) => index.keys.make(text)),
    noted: titles.map((title) => [writer.nameFromTitle(title), index.findByTitle(title) ?? null]),
    body: terms.body_template,
  };
}"""


FIND_RESULT_ERRORS = """async (texts) => {
  const { findResultError } = await import(new URL("../modules/contribute/claim_form.js", location.href).href);
  const { fetchPacked } = await import(new URL("../modules/address.js", location.href).href);
  const { result } = await fetchPacked(new URL("terms.bin", location.href));
  return texts.map((text) => findResultError(text, result));
}"""
RESULT_PIECES = (
    *("perplexity", " on ", " on ", "C4", " = ", "=", " against ", "; ", ";", "9.5", "-3 %", "≥ 2"),
    *("$4", " ", "  ", "\u00a0", "a", "1e-3", "{", "$&", ".5", "٣"),
)


def log() -> Notebook:
    read = load_notebook(NOTES)
    return Notebook(read.notes, read.vocabulary, Surroundings(read.files, people=PEOPLE), TODAY)


def filled_in(case: dict[str, Any]) -> dict[str, Any]:
    """The fields as the form has them: on one line each, the empty ones left out."""
    fields = {
        name: [clean_line(one) for one in value] if isinstance(value, list) else clean_line(value)
        for name, value in case["fields"].items()
    }
    return {
        "name": case["name"],
        "fields": {name: value for name, value in fields.items() if value},
        "body": case["body"],
    }


def checked(case: dict[str, Any]) -> tuple[str, list[list[str]]]:
    """The text of the note, and what the check finds of it, as far as the form has words for it:
    remarks ask for nothing, but for those on what was meant as a claim.
    """
    before = log()
    text = format_note(case["fields"], case["body"])
    path = f"{case['name']}.md" if "/" not in case["name"] else "zz-new.md"
    note = parse_note(Source(path, text.encode()))
    after = before.with_notes([*before.notes, note])
    found = [
        d
        for d in check_notebook(after)
        if d.source is note.source
        and d.rule in RULES
        and (d.severity is not Severity.INFO or d.rule == "invalid-claim")
    ]
    return text, sorted([d.rule, str(d.severity), d.message, d.help] for d in found)


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("form")
    (folder / "readinglog.toml").write_text(f"people = {PEOPLE}\n", encoding="utf-8")
    with serve_folder(build_notes(NOTES, folder)) as root:
        page = browser.new_page()
        serve_modules(page)
        page.goto(f"{root}contribute/")
        yield page
        page.close()


def texts() -> list[str]:
    chance = random.Random(7)  # noqa: S311 - not for secrets
    made = ["".join(chance.choices(SIGNS, k=chance.randint(0, 12))) for _ in range(800)]
    fronts = [
        "https://example.org",
        "http://www.example.org:80/",
        "https://example.org/index.html?utm_source=x",
    ]
    return [
        *made,
        *(f"https://www.Example.org/{text}?ref=x&b={text}" for text in made[:200]),
        *fronts,
    ]


TITLES = (
    "Switch Transformers: Scaling to Trillion Parameter Models with Simple and Efficient Sparsity",
    "Switch transformers - scaling to trillion-parameter models with simple & efficient sparsity",
    "Denoising Diffusion Probabilistic Model",
    "Diffusion",
    "Switch Transformers",
    "Switch Transformers: another thing altogether",
    "ddpm",
    "DDPM",
    "β-VAE: learning™",
    "CO₂ — “in” the air",
    "ℝ and ℵ₀: ½ of a x⃝",
    "Attention 注意力",
    "注意力 机制 训练 is all",
    "Hawaiʻi, µm and ŋ",
    "Note",
    "Outrageously Large Neural Networks: The Sparsely-Gated Mixture-of-Experts Layer",
    "A" * 90,
    "a-very-long-title-without-a-colon that goes on and on and on until it is cut",
    "训练",
    "源" * 50,
    "《红楼梦》：ＡＩ 研究（上）",
    "Война и мир: роман ёлки",
    "Сказание о том, как жили и воевали в старину наши деды и прадеды",
    "Ο μύθος του Σίσυφου",
    "महाभारत की कथा",
    "می\u200cخواهم",
    "ภาษาไทย น้ำ",
    "각 한국어",
    "naïve注意力 résumé",
    "🔥",
    "GPT-4.1 & C++",
    "https://openreview.net/forum?noteId=4&id=rJl-b3RcF7",
    "openreview: rJl-b3RcF7",
    "https://huggingface.co/Ada/Engine-1/",
    "hf:datasets/ada/letters",
    "https://hf.co/papers/2401.10020",
    "git@github.com:Ada/Engine.git",
    "//www.github.com/ada/engine?tab=readme",
    "https://github.com/ada/engine/tree/main/gears",
    "https://openlibrary.org/isbn/0262035618",
    "urn:isbn:978-0-262-03561-4",
    "",
)


def test_the_table_says_what_the_check_says(update: bool) -> None:
    for case in CASES:
        text, diagnostics = checked(filled_in(case))
        if update:
            case |= {"text": text, "diagnostics": diagnostics}
        else:
            assert (case["text"], case["diagnostics"]) == (text, diagnostics), case["title"]
    if update:
        TABLE.write_text(json.dumps(CASES, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def test_every_rule_that_the_form_has_words_for_stands_in_the_table() -> None:
    reported = {diagnostic[0] for case in CASES for diagnostic in case["diagnostics"]}
    assert reported == RULES


def test_the_browser_says_the_same_and_writes_the_same(page: Page) -> None:
    cases = [filled_in(case) for case in CASES]
    answer = page.evaluate(IN_BROWSER, {"cases": cases, "texts": texts(), "titles": TITLES})
    for case, made in zip(CASES, answer["made"], strict=True):
        assert (made["text"], sorted(made["diagnostics"])) == (case["text"], case["diagnostics"]), (
            case["title"]
        )
    for text, scalar, name, key in zip(
        texts(), answer["scalars"], answer["names"], answer["keys"], strict=True
    ):
        assert scalar == format_note({"title": clean_line(text)}, "").splitlines()[1].removeprefix(
            "title: "
        ), repr(text)
        assert (name, key) == (to_kebab(text), make_work_key(text)), repr(text)
    before = log()
    for title, (name, note) in zip(TITLES, answer["noted"], strict=True):
        found = find_known_note(Work(title=title), before)
        assert note == (found.name if found else None), title
        assert name == make_name(title), title
    assert answer["body"] == BODY


def find_blame(page: Page, bodies: list[str], rules: set[str]) -> tuple[list[str], int]:
    """Return the texts in which the browser blames what the check lets pass, and in how many it
    blames something.
    """
    cases = [
        {"name": "zz-new", "fields": CASES[0]["fields"], "body": f"Text.\n\n{body}\n"}
        for body in bodies
    ]
    answer = page.evaluate(IN_BROWSER, {"cases": cases, "texts": [], "titles": []})
    blamed = [
        {(rule, message) for rule, _, message, _ in made["diagnostics"] if rule in rules}
        for made in answer["made"]
    ]
    wrong = [
        case["body"]
        for case, found in zip(cases, blamed, strict=True)
        if found - {(rule, message) for rule, _, message, _ in checked(case)[1]}
    ]
    return wrong, sum(map(bool, blamed))


def test_in_odd_texts_the_browser_blames_hardly_a_link_that_the_check_lets_pass(page: Page) -> None:
    chance = random.Random(7)  # noqa: S311
    bodies = ["".join(chance.choices(PIECES, k=chance.randint(2, 12))) for _ in range(300)]
    wrong, blamed = find_blame(page, bodies, {"unresolved-link"})
    assert len(wrong) <= 3, wrong
    assert blamed > len(bodies) / 4


def test_in_odd_texts_the_browser_blames_hardly_a_claim_that_the_check_lets_pass(
    page: Page,
) -> None:
    chance = random.Random(7)  # noqa: S311
    bodies = ["".join(chance.choices(CLAIM_PIECES, k=chance.randint(2, 12))) for _ in range(300)]
    rules = {"invalid-claim", "invalid-result", "unplaced-claim", "duplicate-block"}
    wrong, blamed = find_blame(page, bodies, rules)
    assert len(wrong) <= 3, wrong
    assert blamed > len(bodies) / 4


def find_result_error(text: str) -> str:
    try:
        parse_result(text)
    except ValueError as error:
        return str(error)
    return ""


def test_the_browser_reads_the_results_of_claims_that_the_check_reads(page: Page) -> None:
    chance = random.Random(7)  # noqa: S311
    made = ["".join(chance.choices(RESULT_PIECES, k=chance.randint(0, 9))) for _ in range(3000)]
    texts = ["perplexity on C4 = 9.50 against 9.56; 1B, 100B tokens", *made]
    errors = page.evaluate(FIND_RESULT_ERRORS, texts)
    assert errors[0] == ""
    assert len(set(errors)) > 5
    for text, error in zip(texts, errors, strict=True):
        assert error == find_result_error(text), repr(text)


def test_the_browser_finds_the_formulas_that_the_check_finds(page: Page) -> None:
    chance = random.Random(7)  # noqa: S311
    made = ["".join(chance.choices(FORMULA_PIECES, k=chance.randint(1, 12))) for _ in range(3000)]
    for text, ends in zip(made, page.evaluate(FIND_FORMULAS, made), strict=True):
        marks = [at for at, sign in enumerate(text) if sign in "$\\"]
        found = [find_formula(text, at, len(text)) for at in marks]
        assert ends == [region.end if region else -1 for region in found], repr(text)
