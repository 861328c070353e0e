"""The form in a real browser: what is typed is checked, kept, and reaches the forge as a note that
the check has nothing against.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from readinglog.lint.linter import check_notebook
from readinglog.model.field import FormPlace
from readinglog.model.schema import BUILT_IN
from readinglog.workspace.forge import make_new_pattern
from readinglog.workspace.loading import load_notebook
from support.axe import find_violations
from support.browsing import collect_problems, find_sideways_scrolling, serve_folder
from support.packed_files import answer_packed, unpack
from support.paths import CASES
from support.site_builds import build_notes

NOTES = CASES / "contributing"
FORGES = {  # each with the path of its page for a new file, and what it calls the name and the text
    "https://github.com/ada/log": ("/ada/log/new/main/notes", "filename", "value"),
    "https://gitlab.com/ada/log": ("/ada/log/-/new/main/notes", "file_name", "content"),
    "https://codeberg.org/ada/log": ("/ada/log/_new/main/notes", "filename", "value"),
}
HOSTILE = "<img src=x onerror=\"document.title='gone'\">"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve_folder(
        build_notes(
            NOTES, tmp_path_factory.mktemp("contribute"), f"repo_url: {next(iter(FORGES))}\n"
        )
    ) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.route(re.compile("^https://"), lambda route: route.fulfill(body="the forge"))
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, root: str) -> Page:
    return opened(context, root)


def opened(context: BrowserContext, root: str) -> Page:
    page = context.new_page()
    page.goto(f"{root}contribute/")
    page.locator(".rl-form-status[data-errors]").wait_for()
    return page


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#rl-form [name={name}]")


def find_messages(page: Page, name: str) -> Locator:
    """What the form says of a field."""
    return page.locator(f"[data-field={name}] .rl-field-messages li")


def add(page: Page, name: str, *entries: str) -> None:
    """Type entries of a list, each ended by Enter."""
    for entry in entries:
        field(page, name).fill(entry)
        field(page, name).press("Enter")


def fill_in(page: Page, body: str = "It goes beyond [[ddpm]]: $x^2$.") -> None:
    """A whole note, as one would fill it in."""
    field(page, "url").fill("https://arxiv.org/abs/2401.04088v1")
    field(page, "title").fill("Mixtral: experts & “more”")
    add(page, "authors", "Albert Q. Jiang", "et al.")
    field(page, "published").fill("2024-01")
    add(page, "tags", "routing")
    field(page, "summary").fill("Eight experts, of which two are asked.")
    page.locator("details.rl-fold summary", has_text="More fields").click()
    field(page, "rating").select_option("4")
    add(page, "builds_on", "switch-transformers")
    field(page, "body").fill(body)
    expect(page.locator(".rl-form-status")).to_contain_text("No problems")


def sent(page: Page) -> str:
    """The address of the page that opens when the note is sent."""
    with page.context.expect_page() as opens:
        page.locator("[data-action=open]").click()
    return opens.value.url


def found_in(text: str, name: str, folder: Path) -> list[str]:
    """What the check says of the log with the note in it: messages."""
    shutil.copytree(NOTES, folder / "notes")
    (folder / "notes" / f"{name}.md").write_bytes(text.encode())
    return [diagnostic.message for diagnostic in check_notebook(load_notebook(folder / "notes"))]


@pytest.mark.parametrize("repository", FORGES)
def test_what_reaches_the_forge_is_a_note_that_passes_the_check(
    repository: str, context: BrowserContext, root: str, tmp_path: Path
) -> None:
    path, name, text = FORGES[repository]

    def of_that_forge(route: Route) -> None:
        pattern = make_new_pattern(NOTES.parent / "notes", repository, env={})
        answer_packed(route, unpack(route.fetch().body()) | {"new_file_url": pattern})

    context.route("**/terms.bin", of_that_forge)
    page = opened(context, root)
    wrong = collect_problems(page)
    fill_in(page)
    address = urlsplit(sent(page))
    asked = parse_qs(address.query)
    assert (address.path, asked[name]) == (path, ["mixtral.md"])
    [note] = asked[text]
    expect(page.locator(".rl-form-status")).to_contain_text("It is on your clipboard too")
    assert note == page.evaluate("navigator.clipboard.readText()")
    assert note == page.locator(".rl-note-source").text_content()
    assert found_in(note, "mixtral", tmp_path) == []
    assert 'arxiv: "2401.04088v1"\n' in note
    assert "authors: [Albert Q. Jiang, et al.]\n" in note
    assert not wrong


def test_a_note_that_an_address_cannot_carry_is_copied(page: Page) -> None:
    fill_in(page, "A long word.\n" * 900)
    address = sent(page)
    assert address == "https://github.com/ada/log/new/main/notes?filename=mixtral.md"
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == page.locator(".rl-note-source").text_content()
    )
    expect(page.locator(".rl-form-status")).to_have_text(
        "Note copied. Paste it into the page that opened."
    )


def fill_in_claim(page: Page, **values: str) -> None:
    for name, value in values.items():
        control = page.locator(f"[data-claim={name}]").locator("input, textarea, select")
        if name in ("checked", "relation"):
            control.select_option(value)
        else:
            control.fill(value)
    page.locator("[data-action=claim]").click()


def find_claim_messages(page: Page, name: str) -> Locator:
    return page.locator(f"[data-claim={name}] .rl-field-messages li")


def test_claims_are_added_to_the_text_one_by_one(page: Page, tmp_path: Path) -> None:
    fill_in(page, "## What it claims\n\nMuch.\n\n## What to doubt\n\nLittle.\n")
    page.locator("summary", has_text="Add a claim").click()
    fill_in_claim(page)
    expect(find_claim_messages(page, "text")).to_have_text("Write what the work claims.")
    expect(page.locator("[data-claim=text] textarea")).to_be_focused()
    fill_in_claim(page, text="Two experts are enough.", result="accuracy 70 %")
    expect(find_claim_messages(page, "result")).to_contain_text("it has no = VALUE")
    fill_in_claim(page, result="accuracy on MMLU = 70.6 % against 69.9 %; 5-shot")
    expect(find_claim_messages(page, "at")).to_contain_text("has no place in the work")
    fill_in_claim(page, at="Table 2 [left", checked="full")
    expect(page.locator(".rl-claim-status")).to_have_text("Added to the text.")
    fill_in_claim(page, text="Two experts are plenty.", relation="disputes")
    expect(find_claim_messages(page, "other")).to_contain_text("Choose a relation")
    fill_in_claim(page, other="ddpm", at=HOSTILE)
    assert field(page, "body").input_value() == (
        "## What it claims\n\nMuch.\n\n"
        "- Two experts are enough. [at:: Table 2 \\[left] "
        "[result:: accuracy on MMLU = 70.6 % against 69.9 %; 5-shot] [checked:: full] "
        "^two-experts-are-enough\n"
        f"- Two experts are plenty. [at:: {HOSTILE}] [disputes:: [[ddpm]]] ^two-experts-are-plenty"
        "\n\n## What to doubt\n\nLittle.\n"
    )
    expect(page.locator(".rl-note-source")).to_contain_text("^two-experts-are-plenty")
    expect(page.locator(".rl-form-status")).to_contain_text("No problems")
    note = page.locator(".rl-note-source").text_content() or ""
    assert not [each for each in found_in(note, "mixtral", tmp_path) if "claim" in each]
    notes = {each.name: each for each in load_notebook(tmp_path / "notes").notes}
    assert [claim.get("at") for claim in notes["mixtral"].claims] == ["Table 2 \\[left", HOSTILE]
    assert page.title() != "gone"


def test_a_claim_that_is_typed_by_hand_is_told_with_its_place(page: Page) -> None:
    fill_in(page, "- One. [at:: 1] ^one\n- So. [at: 1] [checked:: Full] ^so\n")
    field(page, "body").blur()
    one_colon = "[at: 1]: The field at of a claim has one colon: write [at:: …]"
    other_case = "[checked:: Full]: The field checked has Full, which is not one of full, part"
    expect(find_messages(page, "body")).to_contain_text([one_colon, other_case])
    find_messages(page, "body").locator("button", has_text="write").click()
    find_messages(page, "body").locator("button", has_text="did you mean").click()
    expect(find_messages(page, "body")).to_have_count(0)
    expected = "- One. [at:: 1] ^one\n- So. [at:: 1] [checked:: full] ^so\n"
    expect(field(page, "body")).to_have_value(expected)
    field(page, "body").fill(f"- So. [at:: 1] [suports:: {HOSTILE}] ^so")
    expect(find_messages(page, "body")).to_contain_text([HOSTILE[:20]])
    assert page.title() != "gone"


def test_a_note_can_be_copied_and_downloaded_whole(page: Page, tmp_path: Path) -> None:
    fill_in(page)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".rl-form-status")).to_contain_text("Paste it into mixtral.md")
    copied = page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    download.value.save_as(tmp_path / "mixtral.md")
    assert download.value.suggested_filename == "mixtral.md"
    assert (
        (tmp_path / "mixtral.md").read_text(encoding="utf-8")
        == copied
        == page.locator(".rl-note-source").text_content()
    )


def test_sending_an_incomplete_note_lists_what_is_missing_and_focuses_the_first_of_it(
    page: Page,
) -> None:
    expect(page.locator(".rl-field-messages li")).to_have_count(0)
    page.locator("[data-action=open]").click()
    expect(field(page, "url")).to_be_focused()
    expect(find_messages(page, "url")).to_have_text(
        "No field says where the work can be found: write url, arxiv, doi, isbn, "
        "openreview, hf or github"
    )
    expect(find_messages(page, "title")).to_have_text("The field title is missing")
    expect(page.locator(".rl-form-status")).to_have_text(
        "To fix: Address, Title, Authors, Tags, Summary, File name."
    )
    assert field(page, "title").get_attribute("aria-invalid") == "true"
    page.locator(".rl-form-status a", has_text="Summary").click()
    expect(field(page, "summary")).to_be_focused()


def test_tags_are_offered_and_a_near_miss_is_corrected_by_a_click(page: Page) -> None:
    offered = page.locator(f"datalist[id='{field(page, 'tags').get_attribute('list')}'] option")
    assert offered.evaluate_all("options => options.map((option) => option.value)") == [
        "moe",
        "routing",
        "1.58-bit",
        "C++",
    ]
    add(page, "tags", "gating", "rooting")
    field(page, "tags").blur()
    expect(find_messages(page, "tags")).to_have_text(
        [
            "gating is another name for the tag routing: write routing",
            "No tag is named rooting: did you mean routing?",
        ]
    )
    find_messages(page, "tags").get_by_role("button", name="did you mean").click()
    find_messages(page, "tags").get_by_role("button", name="write routing").click()
    expect(find_messages(page, "tags")).to_have_text(["The tag routing is repeated: remove it"])
    field(page, "tags").press("Backspace")
    field(page, "tags").fill("")
    field(page, "tags").blur()
    expect(page.locator("[data-field=tags] .rl-entries li")).to_have_text(["routing ×"])
    expect(find_messages(page, "tags")).to_have_count(0)


def test_authors_can_be_pasted_as_a_page_lists_them_and_taken_out_again(page: Page) -> None:
    page.evaluate("navigator.clipboard.writeText('Ada Adams, Bo Berg and Cy Chan')")
    field(page, "authors").focus()
    page.keyboard.press("Control+V")
    entries = page.locator("[data-field=authors] .rl-entries li")
    expect(entries).to_have_text(["Ada Adams ×", "Bo Berg ×", "Cy Chan ×"])
    page.get_by_role("button", name="Remove from Authors: Bo Berg").click()
    expect(entries).to_have_text(["Ada Adams ×", "Cy Chan ×"])
    expect(field(page, "authors")).to_be_focused()
    add(page, "authors", "Turing, Alan and Hopper, Grace")
    expect(entries).to_have_text(["Ada Adams ×", "Cy Chan ×", "Alan Turing ×", "Grace Hopper ×"])


def test_an_address_gives_its_id_once_it_is_whole_and_another_address_another(page: Page) -> None:
    field(page, "url").press_sequentially("https://doi.org/10.5555/12345", delay=5)
    field(page, "url").blur()
    expect(field(page, "doi")).to_have_value("10.5555/12345")
    field(page, "url").fill("https://arxiv.org/abs/2305.18290v2")
    field(page, "url").blur()
    expect(field(page, "arxiv")).to_have_value("2305.18290v2")
    expect(field(page, "doi")).to_have_value("")
    field(page, "arxiv").fill("2401.04088")
    field(page, "url").fill("https://arxiv.org/abs/2006.11239")
    field(page, "url").blur()
    expect(field(page, "arxiv")).to_have_value("2401.04088")


def test_nobody_is_corrected_while_typing(page: Page) -> None:
    for name, text in {
        "url": "h",
        "arxiv": "2",
        "published": "20",
        "tags": "ro",
        "name": "N",
    }.items():
        field(page, name).press_sequentially(text)
        page.wait_for_timeout(250)
        expect(find_messages(page, name)).to_have_count(0)
    field(page, "summary").focus()
    expect(find_messages(page, "url")).to_have_text(
        "h is not an address: write it as https://…, without spaces"
    )
    expect(find_messages(page, "tags")).to_have_count(1)


def test_going_back_from_a_list_by_keys_keeps_the_focus(page: Page) -> None:
    add(page, "tags", "routing")
    field(page, "tags").press_sequentially("moe")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("[data-field=tags] .rl-entries li")).to_have_text(["routing ×", "moe ×"])
    assert page.evaluate("document.activeElement.closest('.rl-entries') !== null")


def test_a_link_that_nearly_names_a_note_is_corrected_in_the_text(page: Page) -> None:
    field(page, "body").fill("As [[ddpn|this]] says.")
    field(page, "body").blur()
    find_messages(page, "body").get_by_role("button", name="did you mean").click()
    expect(field(page, "body")).to_have_value("As [[ddpm|this]] says.")


def test_a_work_that_is_in_the_log_is_found_by_its_id_and_by_its_title(page: Page) -> None:
    field(page, "arxiv").fill("2006.11239v2")
    expect(find_messages(page, "arxiv")).to_contain_text("The note ddpm is already about this work")
    assert (
        find_messages(page, "arxiv")
        .get_by_role("link")
        .get_attribute("href")
        .endswith("/notes/ddpm/")
    )
    field(page, "arxiv").fill("")
    field(page, "title").fill("Denoising diffusion probabilistic model")
    expect(find_messages(page, "title")).to_have_text(
        "A note with a similar title: Denoising Diffusion Probabilistic Models"
    )


def test_the_name_follows_the_title_until_one_is_typed(page: Page) -> None:
    field(page, "title").fill("GPT-4.1: a report")
    expect(field(page, "name")).to_have_value("gpt-4.1")
    field(page, "name").fill("The Report.md")
    field(page, "name").blur()
    expect(find_messages(page, "name")).to_contain_text("name it the-report.md")
    find_messages(page, "name").get_by_role("button").click()
    field(page, "title").fill("Another")
    expect(field(page, "name")).to_have_value("the-report")


def test_a_draft_is_stored_until_it_is_sent_and_can_be_restored_then(
    page: Page, context: BrowserContext, root: str
) -> None:
    fill_in(page)
    page.wait_for_function("() => Object.values(localStorage).join()?.includes('It goes beyond')")
    again = opened(context, root)
    expect(again.locator(".rl-draft-notice")).to_contain_text("restored from this browser")
    expect(field(again, "title")).to_have_value("Mixtral: experts & “more”")
    expect(again.locator("[data-field=authors] .rl-entries li")).to_have_text(
        ["Albert Q. Jiang ×", "et al. ×"]
    )
    file = again.locator(".rl-note-source").text_content()
    sent(again)
    after = opened(context, root)
    expect(field(after, "title")).to_have_value("")
    after.get_by_role("button", name="Restore it").click()
    assert after.locator(".rl-note-source").text_content() == file
    after.locator("[data-action=clear]").click()
    expect(field(after, "title")).to_have_value("")
    after.get_by_role("button", name="Restore it").click()
    expect(field(after, "title")).to_have_value("Mixtral: experts & “more”")
    after.locator("[data-action=clear]").click()
    later = opened(context, root)
    expect(field(later, "title")).to_have_value("")
    later.get_by_role("button", name="Restore it").click()
    assert later.locator(".rl-note-source").text_content() == file


def test_hostile_text_stays_text_in_the_preview_and_in_the_file(page: Page, tmp_path: Path) -> None:
    fill_in(page)
    for name in ("title", "summary"):
        field(page, name).fill(HOSTILE)
    add(page, "authors", HOSTILE)
    field(page, "body").fill(
        f"{HOSTILE}\n\n[x](javascript:alert(1)) [[ddpm|{HOSTILE}]] [y](https://example.org/)\n"
    )
    expect(page.locator(".rl-note-preview h2")).to_have_text(HOSTILE)
    assert page.locator(".rl-note-preview img, .rl-note-preview [href^=javascript]").count() == 0
    assert page.locator(".rl-note-preview a").evaluate_all(
        "links => links.map((link) => link.protocol)"
    ) == ["http:", "https:"]
    assert page.title().startswith("Add a note")
    messages = found_in(page.locator(".rl-note-source").text_content() or "", "mixtral", tmp_path)
    assert messages, "the check of the pull request stops what runs"


def test_the_note_is_shown_as_it_will_read_and_as_a_file(page: Page) -> None:
    fill_in(page)
    field(page, "body").fill(
        "## What\n\n- one\n- two *three*\n\n> quoted\n\n```py\nx\n```\n\n1. first\n\n[[nobody]] and [[ddpm]]\n\n<!-- unseen -->"
    )
    draft = page.locator(".rl-note-preview")
    expect(draft.locator("h3")).to_have_text(["What"])
    expect(draft.locator("ul li")).to_have_text(["one", "two three"])
    expect(draft.locator("blockquote")).to_have_text("quoted")
    expect(draft.locator("pre")).to_have_text("x")
    expect(draft.locator("ol li")).to_have_text("first")
    expect(draft.locator(".rl-wanted")).to_have_text("nobody")
    expect(draft.get_by_role("link")).to_have_text("Denoising Diffusion Probabilistic Models")
    expect(draft).not_to_contain_text("unseen")
    page.get_by_role("button", name="File", exact=True).click()
    expect(draft).to_be_hidden()
    expect(page.locator(".rl-note-source")).to_be_visible()


def test_a_claim_is_shown_with_quiet_marks_and_without_its_name(page: Page) -> None:
    fill_in(page)
    field(page, "body").fill(
        "- It *is* so. [at:: Table 2] [disputes:: [[ddpm]]] ^so\n- Not. [at:: <b>x</b>] ^not"
    )
    draft = page.locator(".rl-note-preview")
    expect(draft.locator("li")).to_have_text(
        ["It is so. Table 2 disputes Denoising Diffusion Probabilistic Models", "Not. <b>x</b>"]
    )
    expect(draft.locator(".rl-evidence")).to_have_count(3)


def test_the_form_has_a_part_for_every_field_but_those_for_machines(page: Page) -> None:
    terms = unpack(page.request.get(urljoin(page.url, "terms.bin")).body())
    parts = set(
        page.locator("[data-field]").evaluate_all(
            "parts => parts.map((part) => part.dataset.field)"
        )
    )
    left_out = {field.name for field in BUILT_IN.fields.values() if field.form is FormPlace.NONE}
    assert left_out == {"redirect_from", "citation_key"}
    assert parts == set(terms["fields"]) - left_out | {"name", "body"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_a_form_with_errors(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    add(page, "tags", "gating", "zzz")
    field(page, "published").fill("soon")
    field(page, "body").fill("[[nobody]]")
    page.locator("[data-action=open]").click()
    assert find_violations(page, scheme, (390, 1300)) == []
    assert find_sideways_scrolling(page, (390, 1300)) == []


def test_the_whole_form_is_filled_in_by_keys_alone(page: Page) -> None:
    field(page, "url").focus()
    for keys in (
        "https://example.org/x",
        "",
        "",
        "A title",
        "",
        "Ada Adams",
        "2024",
        "C++",
        "A summary.",
    ):
        page.keyboard.type(keys)
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.closest('.rl-entries, .rl-field-messages')"):
            page.keyboard.press("Tab")
    expect(page.locator("summary", has_text="More fields")).to_be_focused()
    field(page, "body").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Some words.")
    expect(page.locator(".rl-form-status")).to_contain_text("No problems")
    expect(page.locator("[data-field=tags] .rl-entries li")).to_have_text("C++ ×")


def test_without_scripts_the_page_names_the_other_ways(browser: Browser, root: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{root}contribute/")
    expect(page.locator("#rl-form")).to_be_hidden()
    expect(page.get_by_text("readinglog new 10.5555/switch")).to_be_visible()
    expect(page.locator("#rl\\:fields ~ .rl-scroll th").first).to_have_text("title")
    page.close()


def test_a_form_that_cannot_be_loaded_says_so(context: BrowserContext, root: str) -> None:
    page = context.new_page()
    page.route("**/terms.bin", lambda route: route.abort())
    page.goto(f"{root}contribute/")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")


# A page that is shared --------------------------------------------------------------------------


def opened_with(context: BrowserContext, root: str, **shared: str) -> Page:
    page = context.new_page()
    page.goto(f"{root}contribute/?{urlencode(shared)}")
    page.locator(".rl-form-status[data-errors]").wait_for()
    return page


SHARED = {  # what is shared, and the address, the title and the quote that the form has of it
    "by the bookmarklet": (
        {"url": "https://arxiv.org/abs/2401.04088", "title": "[2401.04088] Mixtral of Experts"},
        ("https://arxiv.org/abs/2401.04088", "Mixtral of Experts", ""),
    ),
    "with what is selected": (
        {"url": "https://a.example/", "title": "A  page", "text": "Two\n\nlines"},
        ("https://a.example/", "A page", "> Two\n>\n> lines\n\n"),
    ),
    "by a phone, all in the text": (
        {"title": "", "text": "A page\nhttps://a.example/x?y=1&z#part", "url": ""},
        ("https://a.example/x?y=1&z#part", "A page", ""),
    ),
    "by a phone, with the title apart": (
        {"title": "A page", "text": "https://a.example/x"},
        ("https://a.example/x", "A page", ""),
    ),
    "by a stranger": (
        {"url": "javascript:alert(1)", "title": HOSTILE, "text": "</textarea><script>"},
        ("", HOSTILE, "> </textarea><script>\n\n"),
    ),
}


@pytest.mark.parametrize(("shared", "expected"), SHARED.values(), ids=SHARED)
def test_a_page_that_is_shared_fills_the_form(
    context: BrowserContext, root: str, shared: dict[str, str], expected: tuple[str, str, str]
) -> None:
    page = opened_with(context, root, **shared)
    wrong = collect_problems(page)
    url, title, quote = expected
    expect(field(page, "url")).to_have_value(url)
    expect(field(page, "title")).to_have_value(title)
    assert field(page, "body").input_value().startswith(f"{quote}## ")
    expect(page.locator(".rl-draft-notice")).to_contain_text("the page that you shared")
    assert urlsplit(page.url).query == ""
    page.reload()
    page.locator(".rl-form-status[data-errors]").wait_for()
    expect(field(page, "title")).to_have_value(title)
    assert page.title() != "gone"
    assert not wrong


def test_a_work_that_is_in_the_log_is_told_when_it_is_shared(
    context: BrowserContext, root: str
) -> None:
    page = opened_with(context, root, url="https://arxiv.org/abs/2006.11239v2", title="DDPM")
    expect(field(page, "arxiv")).to_have_value("2006.11239v2")
    expect(find_messages(page, "arxiv")).to_contain_text("The note ddpm is already about this work")


def test_a_page_that_is_shared_sets_an_unfinished_draft_aside(
    page: Page, context: BrowserContext, root: str
) -> None:
    fill_in(page)
    page.wait_for_function("() => Object.values(localStorage).join()?.includes('It goes beyond')")
    file = page.locator(".rl-note-source").text_content()
    shared = opened_with(context, root, url="https://a.example/", title="A page")
    expect(field(shared, "title")).to_have_value("A page")
    later = opened(context, root)
    expect(field(later, "title")).to_have_value("A page")
    later.locator("[data-action=clear]").click()
    again = opened_with(context, root, url="https://b.example/", title="Another page")
    again.get_by_role("button", name="Restore it").click()
    assert again.locator(".rl-note-source").text_content() == file
    last = opened(context, root)
    assert last.locator(".rl-note-source").text_content() == file


def test_the_bookmarklet_opens_the_form_with_the_page_it_is_clicked_on(
    page: Page, context: BrowserContext
) -> None:
    link = page.get_by_role("link", name="Add to A log")
    expect(link).to_be_visible()
    href = link.get_attribute("href") or ""
    other = context.new_page()
    other.goto("https://a.example/a?b=%20c")
    other.set_content("<title>A & “b” + c</title><p>Words to quote</p>")
    other.get_by_text("Words to quote").select_text()
    with other.expect_popup() as popup:
        other.evaluate("(code) => eval(decodeURIComponent(code))", href.removeprefix("javascript:"))
    filled = popup.value
    expect(field(filled, "url")).to_have_value("https://a.example/a?b=%20c")
    expect(field(filled, "title")).to_have_value("A & “b” + c")
    assert field(filled, "body").input_value().startswith("> Words to quote\n\n")


def test_a_browser_can_install_the_site_and_share_to_it(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["share_target"]["action"] == "contribute/"
    icons = json.loads(manifest["data"])["icons"]
    for icon in icons:
        answer = page.request.get(f"{manifest['url'].rpartition('/')[0]}/{icon['src']}")
        assert answer.body().startswith(b"\x89PNG")
    found = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in found] in ([], ["in-incognito"])


@pytest.fixture
def phone(browser: Browser, playwright_phone: dict[str, Any]) -> Iterator[BrowserContext]:
    context = browser.new_context(**playwright_phone)
    context.route(re.compile("^https://"), lambda route: route.fulfill(body="the forge"))
    yield context
    context.close()


@pytest.fixture
def playwright_phone() -> dict[str, Any]:
    return {
        "viewport": {"width": 390, "height": 844},
        "is_mobile": True,
        "has_touch": True,
    }


def test_a_phone_copies_what_an_address_cannot_carry(phone: BrowserContext, root: str) -> None:
    """Without a permission for the clipboard, as on a site without https."""
    page = phone.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{root}contribute/")
    page.locator(".rl-form-status[data-errors]").wait_for()
    fill_in(page, "A long word. " * 600)
    file = page.locator(".rl-note-source").text_content()
    assert sent(page) == "https://github.com/ada/log/new/main/notes?filename=mixtral.md"
    expect(page.locator(".rl-form-status")).to_have_text(
        "Note copied. Paste it into the page that opened."
    )
    page.evaluate("document.body.replaceChildren(document.createElement('textarea'))")
    page.locator("textarea").press("Control+V")
    assert page.locator("textarea").input_value() == file


def test_where_nothing_can_be_copied_the_text_is_selected(phone: BrowserContext, root: str) -> None:
    page = phone.new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "Document.prototype.execCommand = () => false"
    )
    page.goto(f"{root}contribute/")
    page.locator(".rl-form-status[data-errors]").wait_for()
    fill_in(page, "A long word. " * 600)
    sent(page)
    expect(page.locator(".rl-form-status")).to_have_text(
        "Copy the selected text into the page that opened."
    )
    file = page.locator(".rl-note-source")
    expect(file).to_be_visible()
    assert page.evaluate("String(getSelection())").strip() == (file.text_content() or "").strip()
