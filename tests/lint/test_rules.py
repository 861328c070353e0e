"""Every rule against its page of cases."""

from __future__ import annotations

from pkgutil import iter_modules

import pytest

from readinglog.lint import rules
from readinglog.lint.linter import check_notebook, fix_notebook
from readinglog.lint.reporters import Report, full
from readinglog.lint.rules import RULES
from readinglog.lint.rules.rule import AloneRule, FileRule, NotebookRule, Rule
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.notebook.notebook import Notebook
from support.case_pages import CASES, Case, read_cases, verify
from support.worlds import notebook

RULE_CASES = list(read_cases("rules"))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_looks_at_one_note_or_at_all_notes_or_at_other_files_alone(rule: Rule) -> None:
    checks = [isinstance(rule, AloneRule), isinstance(rule, NotebookRule)]
    assert sum(checks) == 1 or (not any(checks) and isinstance(rule, FileRule))


@pytest.mark.parametrize("case", RULE_CASES, ids=lambda case: f"{case.page.stem}: {case.title}")
def test_case(case: Case, update: bool) -> None:
    rule = case.page.stem
    world = notebook(case.files)
    alone = dict.fromkeys(RULES.keys() - {rule}, Severity.IGNORE)

    def of_rule(book: Notebook) -> list[Diagnostic]:
        return [found for found in check_notebook(book) if found.rule == rule]

    def outcome(info: str) -> str:
        if not info:
            return full.render(Report(of_rule(world), 0)).rpartition("\n")[0]
        path = info.removesuffix(" fixed")

        text = fix_notebook(world, alone, path.__eq__).texts.get(path)
        assert text is not None, "nothing is fixed"
        assert fix_notebook(notebook(case.files | {path: text}), alone, path.__eq__).texts == {}, (
            "fixing again changes something"
        )
        return text

    verify(case, outcome, update=update)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_cases_with_and_without_diagnostics(rule: str) -> None:
    page = [case for case in RULE_CASES if case.page.stem == rule]
    assert any(case.outcomes[""].strip() for case in page), "no case with a diagnostic"
    assert any(not case.outcomes[""].strip() for case in page), "no case without a diagnostic"


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_manual_page(rule: str) -> None:
    text = RULES[rule].__doc__ or ""
    assert text.partition("\n")[0].endswith(".")
    assert "Bad" in text
    assert "Good" in text


def test_every_page_of_cases_is_of_a_rule() -> None:
    assert {page.stem for page in (CASES / "rules").glob("*.md")} == set(RULES)


def test_every_module_of_a_rule_is_listed_under_its_name() -> None:
    modules = {module.name for module in iter_modules(rules.__path__)} - {"rule"}
    assert {name.replace("-", "_"): rule for name, rule in RULES.items()} == {
        name: getattr(rules, name) for name in modules
    }


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ({}, [Severity.ERROR, Severity.INFO]),
        ({"unresolved-link": Severity.WARNING}, [Severity.WARNING, Severity.WARNING]),
        ({"unresolved-link": Severity.IGNORE}, []),
    ],
)
def test_a_case_may_weigh_less_than_its_rule_where_the_settings_do_not_set_it(
    severities: dict[str, Severity], expected: list[Severity]
) -> None:
    world = notebook({"a.md": "[[nothing]] and [[arxiv:2510.26788]]"})
    found = check_notebook(world, severities)
    assert [d.severity for d in found if d.rule == "unresolved-link"] == expected
