"""Settings come from the environment and the command line, and a bad one is told by its name."""

from pathlib import Path

import pytest

from assistant.settings import Settings, read_settings, say_limits, silence
from knowledge.faults import BadInput
from knowledge.reading.draft import Limits


def test_nothing_set_means_this_machine_alone_and_no_model() -> None:
    settings = read_settings({})
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)
    assert (settings.embeddings, settings.reranker, settings.chroma, settings.model) == (None, None, None, None)
    assert settings.data.is_absolute()
    assert settings.log == settings.data / "log" / "askwhy.log"


def test_every_variable_is_read() -> None:
    settings = read_settings(
        {
            "ASKWHY_DATA": "/srv/askwhy",
            "ASKWHY_HOST": "192.168.0.7",
            "ASKWHY_PORT": "8080",
            "ASKWHY_EMBEDDINGS": "all-minilm-l6-v2",
            "ASKWHY_RERANKER": "/models/cross-encoder",
            "ASKWHY_CHROMA": "http://localhost:8000",
            "ASKWHY_DATABASE": "postgresql://askwhy@db.example/askwhy",
            "ASKWHY_MODEL": "ollama:llama3.2",
            "ASKWHY_MODEL_URL": "http://localhost:11434",
            "ASKWHY_MODEL_SECONDS": "7",
            "ASKWHY_MODEL_CONTEXT": "8192",
            "ASKWHY_MAX_UPLOAD": "2",
            "ASKWHY_MAX_FILE": "1",
            "ASKWHY_MAX_PAGES": "40",
            "ASKWHY_MAX_UNPACKED": "5",
            "ASKWHY_READ_SECONDS": "9",
            "ASKWHY_READ_MEMORY": "600",
        }
    )
    assert settings == Settings(
        data=Path("/srv/askwhy"),
        host="192.168.0.7",
        port=8080,
        embeddings="all-minilm-l6-v2",
        reranker="/models/cross-encoder",
        chroma="http://localhost:8000",
        database="postgresql://askwhy@db.example/askwhy",
        model="ollama:llama3.2",
        model_url="http://localhost:11434",
        model_seconds=7,
        model_context=8192,
        max_upload=2 * 1024 * 1024,
        limits=Limits(bytes=1_000_000, pages=40, unpacked=5_000_000, seconds=9.0, memory=600_000_000),
    )
    assert say_limits(settings) == "up to 1 MB and 40 pages, 9 seconds of reading"


def test_the_page_speaks_the_language_that_is_set_or_the_computers_or_english() -> None:
    assert read_settings({}).language == "en"
    assert read_settings({"LANG": "C.UTF-8"}).language == "en"
    assert read_settings({"LANG": "sv_SE.UTF-8"}).language == "en"
    assert read_settings({"LANG": "fi_FI.UTF-8"}).language == "fi"
    assert read_settings({"LANG": "fi_FI.UTF-8", "LC_ALL": "de_DE"}).language == "de"
    assert read_settings({"LANG": "fi_FI.UTF-8", "ASKWHY_LANGUAGE": "it"}).language == "it"
    assert read_settings({"ASKWHY_LANGUAGE": "it"}, language="nl").language == "nl"
    with pytest.raises(BadInput, match="none of our languages"):
        read_settings({"ASKWHY_LANGUAGE": "klingon"})


def test_the_command_line_comes_before_the_environment() -> None:
    environment = {"ASKWHY_DATA": "/srv/one", "ASKWHY_HOST": "10.0.0.1", "ASKWHY_PORT": "1"}
    settings = read_settings(environment, data="/srv/two", host="::1", port=2)
    assert (settings.data, settings.host, settings.port) == (Path("/srv/two"), "::1", 2)


def test_an_empty_variable_counts_as_not_set() -> None:
    names = ("DATA", "HOST", "PORT", "EMBEDDINGS", "CHROMA", "DATABASE", "MODEL", "MAX_UPLOAD")
    names = ("DATA", "HOST", "PORT", "EMBEDDINGS", "CHROMA", "MODEL", "MODEL_URL", "MAX_UPLOAD")
    assert read_settings({f"ASKWHY_{name}": "" for name in names}) == read_settings({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASKWHY_PORT", "http"),
        ("ASKWHY_PORT", "65536"),
        ("ASKWHY_PORT", "-1"),
        ("ASKWHY_PORT", "٣"),
        ("ASKWHY_MAX_UPLOAD", "0"),
        ("ASKWHY_MAX_PAGES", "all"),
        ("ASKWHY_READ_MEMORY", "10"),
        ("ASKWHY_CHROMA", "localhost:8000"),
        ("ASKWHY_CHROMA", "http://[half"),
        ("ASKWHY_MODEL", "llama"),
        ("ASKWHY_MODEL", "ollama:"),
        ("ASKWHY_MODEL", "elsewhere:llama"),
        ("ASKWHY_MODEL_URL", "localhost:8080"),
        ("ASKWHY_MODEL_URL", "http://localhost/v1?key=x"),
        ("ASKWHY_MODEL_SECONDS", "0"),
        ("ASKWHY_MODEL_CONTEXT", "100"),
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_variable(name: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_settings({name: value})
    assert refused.value.where == name
    assert value in refused.value.what


def test_a_bad_database_is_refused_without_its_password() -> None:
    for address in ("mysql://askwhy:secret@db/askwhy", "postgresql://askwhy:secret@db", "secret"):
        with pytest.raises(BadInput, match="ASKWHY_DATABASE") as refused:
            read_settings({"ASKWHY_DATABASE": address})
        assert "secret" not in str(refused.value)


def test_a_password_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(BadInput, match="ASKWHY_MODEL_URL") as refused:
        read_settings({"ASKWHY_MODEL_URL": "https://me:hunter2@models.example/v1"})
    assert "hunter2" not in str(refused.value)


def test_a_bad_port_on_the_command_line_is_refused_as_such() -> None:
    with pytest.raises(BadInput, match="--port"):
        read_settings({"ASKWHY_PORT": "80"}, port=70000)


def test_a_file_cannot_be_the_data_folder(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("x")
    with pytest.raises(BadInput, match="folder"):
        read_settings({}, data=file)


def test_telemetry_is_forced_off_and_the_hub_stays_off_unless_its_owner_says_otherwise() -> None:
    environment = {"ANONYMIZED_TELEMETRY": "True", "LANGSMITH_TRACING": "true", "HF_HUB_OFFLINE": "0"}
    silence(environment)
    assert environment["ANONYMIZED_TELEMETRY"] == "False"
    assert environment["LANGSMITH_TRACING"] == "false"
    assert environment["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert environment["HF_HUB_OFFLINE"] == "0"
    assert environment["TRANSFORMERS_OFFLINE"] == "1"
