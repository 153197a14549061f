"""Which model the settings name, whether all it needs is there, and whether anything leaves this computer."""

from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.speaking.providers import INSTALL, PROVIDERS, open_served
from assistant.speaking.speaker import Speaker, open_speaker, stays_here
from knowledge.faults import ModelMissing


def test_no_model_means_no_speaker() -> None:
    assert open_speaker(Settings(Path("unused")), {}) is None
    with pytest.raises(ValueError, match="no language model"):
        Speaker(Settings(Path("unused")), {})


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_missing_package_is_one_line_that_says_what_to_install(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.speaking.providers.find_spec", lambda _: None)
    with pytest.raises(ModelMissing) as missing:
        open_served(provider, "m", None, 1.0, 4096, {})
    assert f"the package langchain-{provider} is not installed" in str(missing.value)
    assert INSTALL in str(missing.value)


@pytest.mark.parametrize("provider", [name for name, row in PROVIDERS.items() if row.key])
def test_a_missing_key_is_one_line_that_names_its_variable(provider: str) -> None:
    pytest.importorskip(PROVIDERS[provider].module)
    with pytest.raises(ModelMissing, match=PROVIDERS[provider].key):
        open_served(provider, "m", None, 1.0, 4096, {PROVIDERS[provider].key: " "})


@pytest.mark.parametrize(
    ("model", "address", "here"),
    [
        (None, None, True),
        ("gguf:/m.gguf", None, True),
        ("ollama:m", None, True),
        ("ollama:m", "http://10.0.0.2:11434", False),
        ("openai:m", None, False),
        ("openai:m", "http://localhost:8080/v1", True),
        ("openai:m", "http://[::1]:8080/v1", True),
        ("mistralai:m", None, False),
        ("anthropic:m", None, False),
    ],
)
def test_it_is_known_whether_anything_leaves_this_computer(model: str | None, address: str | None, here: bool) -> None:
    assert stays_here(Settings(Path("unused"), model=model, model_url=address)) == here
