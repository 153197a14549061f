"""The page around talks and critiques speaks the language that is set: labels, tabs, what stands where nothing is."""

import json
from pathlib import Path

import pytest

from assistant.app.guide_cards import guide_html
from assistant.app.page import build_page
from assistant.app.workplace import Workplace
from assistant.settings import Settings
from knowledge.lexicon import LANGUAGES
from knowledge.phrasebook import load_phrases


def words_of(language: str, folder: Path) -> str:
    workplace = Workplace(Settings(folder, language=language))
    try:
        return json.dumps(build_page(workplace).get_config_file(), ensure_ascii=False, default=str)
    finally:
        workplace.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_of_the_page_is_in_its_language(language: str, tmp_path: Path) -> None:
    shown = words_of(language, tmp_path)
    for name in ("critique_tab", "example", "propose", "followed_keep", "ask", "add_papers", "kept_prepare"):
        assert json.dumps(load_phrases(language).say("page", name), ensure_ascii=False)[1:-1] in shown, name
    for name in ("example", "propose", "followed_keep", "add_papers", "kept_prepare", "lead", "kept_what"):
        english = load_phrases("en").say("page", name)
        assert (json.dumps(english, ensure_ascii=False)[1:-1] in shown) is (language == "en"), name


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_the_guide_opens_in_the_language_of_the_critique(language: str) -> None:
    english, said = guide_html("4.4", 30, "", "en"), guide_html("4.4", 30, "", language)
    assert "<h5>" in english
    assert "<h5>" not in said
    first = said.partition("<b>")[2].partition("</b>")[0]
    assert first
    assert first not in english
