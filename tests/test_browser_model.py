"""A language model's words in a real browser: a draft in the chat from the first word, ours only once checked."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import PATIENCE, QUIET, Server, find_port, say
from conftest import CHROMIUM
from modelserver import playing, saying, saying_slowly
from playwright.sync_api import Page, expect, sync_playwright
from talks import GOAL, NEED

from knowledge.lexicon import load_lexicon

pytestmark = pytest.mark.browser

VOICE = load_lexicon("en").voice
QUOTED = GOAL.rstrip(".")
THEIRS = f"What makes this matter to you: “{QUOTED}”?"
WRONG = "What makes this matter to you and to 47 more of your neighbours?"
WORDING = f"{QUOTED}, since hotels cannot find staff."
DRAFT = VOICE["drafted"].partition("{text}")[0].strip()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page whose model words a question well, then badly, then suggests wordings."""
    expect.set_options(timeout=PATIENCE)
    wordings = saying(json.dumps({"wordings": [WORDING, f"{QUOTED} in Paris."]}))
    with playing(saying_slowly(THEIRS, 0.15), saying_slowly(WRONG, 0.15), wordings) as model:
        for name, value in (("ASKWHY_MODEL", "openai:m"), ("ASKWHY_MODEL_URL", model.address)):
            monkeypatch.setenv(name, value)
        server = Server(tmp_path, find_port())
        server.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            opened = browser.new_page()
            opened.set_default_timeout(PATIENCE)
            opened.goto(server.address)
            expect(opened.locator("#aw-chat .bot").first).to_be_visible()
            yield opened
            browser.close()
        with contextlib.suppress(ProcessLookupError):
            server.stop()


def watch_last(page: Page, until: str) -> list[str]:
    """What the last bubble said, one after the other, until it says `until`."""
    seen: list[str] = []
    last = page.locator("#aw-chat .bot").last
    for _ in range(PATIENCE // 50):
        said = " ".join(last.inner_text().split())
        seen += [] if seen[-1:] == [said] else [said]
        if said == until:
            return seen
        page.wait_for_timeout(50)
    raise AssertionError(seen)


def test_words_come_as_a_draft_and_one_press_takes_a_wording_over(page: Page) -> None:
    say(page, GOAL)
    drafts = [said for said in watch_last(page, THEIRS) if said.startswith(DRAFT)]
    assert len(drafts) > 2
    assert all(THEIRS.startswith(said.removeprefix(DRAFT).strip(" …")) for said in drafts)

    say(page, "to become more independent")
    ours = VOICE["higher_goal_1"].format(words="to become more independent")
    shown = watch_last(page, ours)
    assert any(said.startswith(DRAFT) for said in shown)
    assert not [said for said in shown if "47" in said]

    say(page, NEED)
    replies = page.locator("#aw-replies")
    expect(replies).to_contain_text("Short questions left")
    for name in ("Stop asking", "Another wording"):
        replies.get_by_role("button", name=name, exact=True).click()
    offer = replies.locator(".aw-offer")
    expect(offer).to_have_count(1)
    expect(offer).to_contain_text("openai:m")
    offer.get_by_role("button").click()
    expect(page.locator("#aw-goals")).to_contain_text("Worded by the language model openai:m; you took it over.")
    expect(page.locator("#aw-goals")).to_contain_text(WORDING)
