"""The web app as a manager sees it, in a real browser: four tabs, good and bad files, a reload, a restart."""

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import PATIENCE, QUIET, Server, Watched, find_port, photograph, say, show_tab, upload, watch
from conftest import CHROMIUM, ROOT
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from knowledge.phrasebook import load_phrases

pytestmark = pytest.mark.browser

SHARED_STRATEGY = ROOT.parent / "shared" / "data" / "strategies" / "12-es-olmedo-eps.txt"
GOAL = "Our apprentice bakers speak Danish."
REASON = "Because the mills across the border cannot find anyone who talks with them."
HOSTILE = """# Strategy 2027-2031 <script>window.hurt = 1</script>

## Goals

- Our bakers <img src=x onerror="window.hurt=1"> speak Danish, so that <b>the mills</b> understand them.
- [Press here](javascript:window.hurt=1) to strengthen mobility ${window.hurt=1} {{window.hurt}}.
- Teachers of the college <svg onload="window.hurt=1"></svg> know how schools abroad teach baking.

## Vision

Our school is at home on both sides of the border.
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("data"), find_port())
    running.start()
    yield running
    with contextlib.suppress(ProcessLookupError):
        running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.fixture
def window(context: BrowserContext, server: Server) -> Iterator[Watched]:
    watched = watch(context, server)
    watched.page.goto(server.address)
    expect(watched.page.locator("#aw-chat .bot").first).to_be_visible()
    yield watched
    assert watched.errors == []
    assert watched.outside == []
    assert watched.page.evaluate("window.hurt") is None


def test_a_decision_is_recorded_from_the_window_that_shows_the_latest_critique_and_from_no_other(
    window: Watched, context: BrowserContext, server: Server, tmp_path: Path
) -> None:
    page = window.page
    show_tab(page, "Critique")
    page.get_by_role("button", name="Try the example").click()
    expect(page.locator("#aw-critique").get_by_role("heading", name="Goal by goal")).to_be_visible()
    other = watch(context, server).page
    other.goto(server.address)
    show_tab(other, "Critique")
    plan = tmp_path / "other-plan.md"
    plan.write_text(HOSTILE, encoding="utf-8")
    upload(other, "#aw-strategy-file", plan)
    # Not the name alone: it is said while the file is read, too.
    expect(other.locator("#aw-critique").get_by_role("heading", name="other-plan.md")).to_be_visible()
    page.locator("#aw-critique button[data-act=there]").first.click()
    expect(page.locator(".aw-fault")).to_contain_text("nothing was recorded here")
    other.locator("#aw-critique button[data-act=there]").first.click()
    expect(other.locator("#aw-critique")).to_contain_text("Decided by you")


def test_the_example_is_criticised_measured_and_refined(window: Watched) -> None:
    page = window.page
    show_tab(page, "Critique")
    photograph(page, "critique-empty")
    page.get_by_role("button", name="Try the example").click()
    results = page.locator("#aw-critique")
    expect(results.get_by_role("heading", name="Goal by goal")).to_be_visible()
    expect(results.locator(".aw-total")).to_contain_text("of 100")
    expect(results).to_contain_text("What would raise it most")
    expect(results.locator("article")).not_to_have_count(0)
    guide = results.locator(".aw-guide").first
    guide.locator("summary").click()
    expect(guide.locator("p").first).to_be_visible()
    photograph(page, "critique-example")
    for name, ending in (("Markdown", ".md"), ("Web page", ".html"), ("Data (JSON)", ".json")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        assert download.value.suggested_filename.endswith(ending)
        assert Path(download.value.path()).stat().st_size > 500

    results.get_by_role("button", name="Propose indicators for this goal").first.click()
    proposal = page.locator(".aw-indicator").first
    expect(proposal).to_be_visible()
    expect(proposal).to_contain_text("How often")
    baseline = page.get_by_label("Today (baseline)").first
    assert baseline.input_value() == ""
    baseline.fill("12 of 80")
    baseline.blur()
    page.wait_for_timeout(800)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as a table (CSV)").click()
    assert "12 of 80" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    photograph(page, "indicators")

    show_tab(page, "Critique")
    page.get_by_role("button", name="Refine these goals").click()
    expect(page.locator("#aw-goals article")).not_to_have_count(0)
    photograph(page, "refine-example")

    page.reload()
    show_tab(page, "Critique")
    expect(page.locator("#aw-critique").get_by_role("heading", name="Goal by goal")).to_be_visible()


def test_a_conversation_survives_a_reload_and_a_restart_of_the_server(
    context: BrowserContext, server: Server, window: Watched
) -> None:
    page = window.page
    photograph(page, "refine-empty")
    say(page, GOAL)
    expect(page.locator("#aw-goals")).to_contain_text(GOAL)
    expect(page.get_by_placeholder("Write here")).to_have_value("")
    say(page, REASON)
    ladder = page.locator(".aw-ladder")
    expect(ladder).to_contain_text(REASON)
    photograph(page, "refine")
    page.reload()
    expect(page.locator("#aw-chat")).to_contain_text(REASON)
    expect(page.locator(".aw-ladder")).to_contain_text(REASON)
    window.page.close()

    assert server.stop() == 0
    server.start()
    again = watch(context, server)
    again.page.goto(server.address)
    expect(again.page.locator("#aw-chat")).to_contain_text(REASON)
    again.page.get_by_role("button", name="Begin a new talk").click()
    expect(again.page.locator("#aw-chat")).not_to_contain_text(REASON)
    assert (again.errors, again.outside) == ([], [])
    window.page = again.page


def test_ten_thousand_words_give_one_line_and_stay_in_their_field(window: Watched) -> None:
    page, words = window.page, "word " * 10_000
    say(page, words)
    expect(page.get_by_role("alert").filter(has_text="10,000 words")).to_have_count(1)
    expect(page.get_by_placeholder("Write here")).to_have_value(words)
    say(page, GOAL)
    expect(page.locator("#aw-goals")).to_contain_text(GOAL)
    expect(page.get_by_role("alert").filter(has_text="10,000 words")).to_have_count(0)


def test_hostile_words_in_a_file_stay_words(window: Watched, tmp_path: Path) -> None:
    page, file = window.page, tmp_path / "plan <img src=x onerror=window.hurt=1>.md"
    file.write_text(HOSTILE, encoding="utf-8")
    show_tab(page, "Critique")
    upload(page, "#aw-strategy-file", file)
    results = page.locator("#aw-critique")
    expect(results).to_contain_text("at home on both sides")
    page.get_by_role("button", name="Refine these goals").click()
    expect(page.locator("#aw-goals article")).not_to_have_count(0)
    for place in ("#aw-critique", "#aw-goals", "#aw-chat"):
        assert page.locator(f"{place} :is(img, script, a[href^=javascript])").count() == 0
    assert page.evaluate("window.hurt") is None


def test_the_library_takes_a_file_answers_refuses_and_forgets(window: Watched, tmp_path: Path) -> None:
    page, bad, paper = window.page, tmp_path / "empty.pdf", tmp_path / "harbour-plan.md"
    bad.write_bytes(b"")
    paper.write_text(
        "# Harbour plan\n\nThe ferry company hires forty deck hands a year, and each of them must speak Danish.\n",
        encoding="utf-8",
    )
    show_tab(page, "Library")
    photograph(page, "library-empty")
    upload(page, "#aw-library-file", bad)
    expect(page.get_by_text("empty.pdf: there is nothing in it")).to_be_visible()
    expect(page.locator("#aw-documents")).to_contain_text("Nothing but the guide so far")
    upload(page, "#aw-library-file", paper)
    expect(page.get_by_role("button", name="Remove harbour-plan.md")).to_be_visible()
    page.get_by_placeholder("Your question").fill("How many deck hands does the ferry company hire?")
    page.get_by_role("button", name="Ask").click()
    answer = page.locator("#aw-answer")
    expect(answer.locator("figcaption").first).to_contain_text("harbour-plan.md")
    photograph(page, "library")
    answer.locator(".aw-chip").first.click()
    expect(answer.locator("h3")).not_to_contain_text("deck hands")
    page.get_by_placeholder("Your question").fill("Which gearbox oil suits a 1987 tractor?")
    page.get_by_role("button", name="Ask").click()
    expect(answer.locator(".aw-declined")).to_contain_text("gearbox oil")
    page.once("dialog", lambda asked: asked.dismiss())
    page.get_by_role("button", name="Remove harbour-plan.md").click()
    expect(page.get_by_role("button", name="Remove harbour-plan.md")).to_be_visible()
    page.once("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Remove harbour-plan.md").click()
    expect(page.locator("#aw-documents")).to_contain_text("Nothing but the guide so far")


def test_an_indicator_is_followed_in_the_language_of_its_goal(window: Watched) -> None:
    page, words = window.page, load_phrases("fi").groups["indicators"]
    show_tab(page, "Indicators")
    page.get_by_label("The goal").fill("Lähihoitajaopiskelijat uskaltavat puhua englantia potilaiden kanssa.")
    page.get_by_role("button", name="Propose indicators").click()
    first = page.locator(".aw-proposal").first
    first.get_by_label(words["baseline"]).fill("10 %")
    first.get_by_label(words["target"]).fill("30 %")
    first.get_by_role("button", name=words["follow"]).click()
    expect(first.get_by_role("button", name=f"✓ {words['followed']}")).to_be_visible()
    page.get_by_label("What you found").fill("15 %")
    page.get_by_role("button", name="Write it down").click()
    kept = page.locator("#aw-followed")
    expect(kept).to_contain_text(words["way"].format(share=25))
    expect(kept.locator("svg title")).to_have_text(re.compile("lukemia 1"))
    photograph(page, "followed")
    page.reload()
    show_tab(page, "Indicators")
    expect(kept).to_contain_text(words["way"].format(share=25))
    page.on("dialog", lambda asked: asked.accept())
    kept.get_by_role("button", name=words["drop"]).click()
    expect(kept).to_contain_text("Nothing yet")
    assert window.errors == []


def test_a_real_strategy_is_read_whole(window: Watched) -> None:
    if not SHARED_STRATEGY.exists():
        pytest.skip("the sample of real strategies, ../shared/data/strategies, is not here")
    page = window.page
    show_tab(page, "Critique")
    upload(page, "#aw-strategy-file", SHARED_STRATEGY)
    results = page.locator("#aw-critique")
    expect(results.get_by_role("heading", name=SHARED_STRATEGY.name)).to_be_visible()
    expect(results.get_by_role("heading", name="The parts of a strategy")).to_be_visible()
    photograph(page, "critique-real")


def test_all_of_it_fits_a_phone(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 800}, color_scheme="dark")
    watched = watch(context, server)
    page = watched.page
    page.goto(server.address)
    expect(page.locator("#aw-chat .bot").first).to_be_visible()
    show_tab(page, "Critique")
    page.get_by_role("button", name="Try the example").click()
    expect(page.get_by_role("heading", name="Goal by goal")).to_be_visible()
    for name in ("Refine", "Critique", "Indicators", "Library"):
        show_tab(page, name)
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400, name
        photograph(page, f"phone-{name.lower()}")
    assert (watched.errors, watched.outside) == ([], [])
    context.close()


def test_the_page_is_there_while_the_models_load(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    started = time.monotonic()
    page = context.new_page()
    page.goto(server.address)
    expect(page.get_by_role("tab", name="Library")).to_be_visible()
    assert time.monotonic() - started < 15
    context.close()
