"""What the owner of the machine can choose, read once where a program starts and handed on from there."""

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from knowledge.faults import BadInput
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES
from knowledge.phrasebook import load_phrases
from knowledge.reading.draft import Limits

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 7860
DEFAULT_MAX_UPLOAD_MB = 50
USUAL_LIMITS = Limits()
MEGABYTE = 1_000_000
LEAST_MEMORY = 300  # megabytes: below this not even a short file is read
LAST_PORT = 65535
DATABASE = re.compile(r"postgres(ql)?://[^\s/?#]*/[^\s/?#]+(\?\S*)?")
MODEL_PROVIDERS = ("anthropic", "gguf", "mistralai", "ollama", "openai")
DEFAULT_MODEL_SECONDS = 20
DEFAULT_MODEL_CONTEXT = 4096
LEAST_MODEL_CONTEXT = 512  # tokens: below this no prompt fits
MODEL_SERVER = re.compile(r"https?://([\w.-]+|\[[\da-fA-F:.]+\])(:\d+)?(/[\w.~/-]*)?")
SERVER = re.compile(r"https?://([\w.-]+|\[[\da-fA-F:.]+\])(:\d+)?/?")

TELEMETRY_OFF = {
    "ANONYMIZED_TELEMETRY": "False",  # Chroma
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "OTEL_SDK_DISABLED": "true",
    "OTEL_TRACES_EXPORTER": "none",
}
HUB_OFF = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next.

    `data` is the folder that holds the library, the conversations and the log; `host` and `port` are where the web
    app listens; `embeddings` names the embedding model (None: the one that comes with Askwhy) and `reranker` a
    cross-encoder (None: no second look); `chroma` is the URL of a Chroma server (None: the index lives in `data`);
    `database` is the URL of a PostgreSQL database that keeps conversations and the diary (None: files in `data` do);
    `model` is a language model as "provider:name" (None: no model, no connection to anywhere), `model_url` where its
    server is (None: the provider's usual address), `model_seconds` how long one answer of it may take and
    `model_context` how many tokens it takes in and gives back together; `max_upload` is the largest file taken from a
    browser, in bytes; `language` is that of the page around talks and critiques; `limits` is how much of a file is
    read, for how long and in how much memory.
    """

    data: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    embeddings: str | None = None
    reranker: str | None = None
    chroma: str | None = None
    database: str | None = None
    model: str | None = None
    model_url: str | None = None
    model_seconds: int = DEFAULT_MODEL_SECONDS
    model_context: int = DEFAULT_MODEL_CONTEXT
    max_upload: int = DEFAULT_MAX_UPLOAD_MB * 1024 * 1024
    language: str = DEFAULT_LANGUAGE
    limits: Limits = USUAL_LIMITS

    @property
    def log(self) -> Path:
        """The file that keeps what went wrong inside."""
        return self.data / "log" / "askwhy.log"


def read_settings(
    environment: Mapping[str, str],
    *,
    data: str | Path | None = None,
    host: str | None = None,
    port: int | None = None,
    language: str | None = None,
) -> Settings:
    """The settings of `environment` (the ASKWHY_ variables); what the command line gives comes before it.

    An empty variable counts as one that is not set.

    Raises:
        BadInput: a value that cannot be used, naming the variable or option.
    """

    def number(name: str, usual: int, low: int, high: int) -> int:
        return _whole_number(name, environment.get(name) or str(usual), low, high)

    given_data = str(data) if data is not None else environment.get("ASKWHY_DATA", "")
    port_source = "ASKWHY_PORT" if port is None else "--port"
    given_port = environment.get("ASKWHY_PORT") or str(DEFAULT_PORT) if port is None else str(port)
    megabytes = environment.get("ASKWHY_MAX_UPLOAD") or str(DEFAULT_MAX_UPLOAD_MB)
    return Settings(
        data=_data_folder(given_data),
        host=host or environment.get("ASKWHY_HOST") or DEFAULT_HOST,
        port=_whole_number(port_source, given_port, 0, LAST_PORT),
        embeddings=environment.get("ASKWHY_EMBEDDINGS") or None,
        reranker=environment.get("ASKWHY_RERANKER") or None,
        chroma=_server(environment.get("ASKWHY_CHROMA", "")),
        database=_database(environment.get("ASKWHY_DATABASE", "")),
        model=_model(environment.get("ASKWHY_MODEL", "")),
        model_url=_model_server(environment.get("ASKWHY_MODEL_URL", "")),
        model_seconds=number("ASKWHY_MODEL_SECONDS", DEFAULT_MODEL_SECONDS, 1, 3600),
        model_context=number("ASKWHY_MODEL_CONTEXT", DEFAULT_MODEL_CONTEXT, LEAST_MODEL_CONTEXT, 10_000_000),
        max_upload=_whole_number("ASKWHY_MAX_UPLOAD", megabytes, 1, 4096) * 1024 * 1024,
        language=language or _language(environment),
        limits=_limits(environment),
    )


def say_limits(settings: Settings) -> str:
    """What a file may have, in words for the place where it is given: "up to 30 MB and 600 pages, 5 minutes …"."""
    limits, say = settings.limits, partial(load_phrases(settings.language).say, "page")
    megabytes = min(limits.bytes, settings.max_upload) // MEGABYTE
    minutes = limits.seconds / 60
    time = say("minutes", count=f"{minutes:g}") if minutes > 1 else say("seconds", count=f"{limits.seconds:g}")
    return say("limits", megabytes=megabytes, pages=limits.pages, time=time)


def _language(environment: Mapping[str, str]) -> str:
    """The language of the page: as set, else that of the computer where it is one of ours, else English."""
    given = environment.get("ASKWHY_LANGUAGE")
    if given:
        if given not in LANGUAGES:
            remedy = f"Write one of {', '.join(LANGUAGES)}."
            raise BadInput("ASKWHY_LANGUAGE", f"{given!r} is none of our languages", remedy)
        return given
    spoken = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    code = spoken.partition("_")[0]
    return code if code in LANGUAGES else DEFAULT_LANGUAGE


def silence(environment: MutableMapping[str, str]) -> None:
    """Switch off, in `environment`, the telemetry of every library, and look-ups at the model hub.

    To be called with `os.environ` before those libraries load. Telemetry is forced off. A hub look-up stays possible
    for an owner who has set HF_HUB_OFFLINE=0 to fetch an embedding model of their own choice.
    """
    environment.update(TELEMETRY_OFF)
    for name, value in HUB_OFF.items():
        environment.setdefault(name, value)


def _data_folder(given: str) -> Path:
    """The folder named, made absolute, or the platform's own place for a user's data."""
    if not given:
        import platformdirs

        return platformdirs.user_data_path("askwhy", appauthor=False)
    folder = Path(given).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise BadInput(given, "this is a file, and the data folder must be a folder", "Name another place for it.")
    return folder


def _whole_number(source: str, given: str, low: int, high: int) -> int:
    """The number written in `given`, which must lie between `low` and `high`."""
    if given.isascii() and given.isdigit() and low <= int(given) <= high:
        return int(given)
    raise BadInput(source, f'"{given}" is not a whole number from {low} to {high}', "Give it such a number.")


def _limits(environment: Mapping[str, str]) -> Limits:
    """How much of a file is read; what is not set stays as usual."""

    def number(name: str, usual: float, low: int, high: int) -> int:
        return _whole_number(name, environment.get(name) or str(int(usual)), low, high)

    usual = USUAL_LIMITS
    return replace(
        usual,
        bytes=number("ASKWHY_MAX_FILE", usual.bytes / MEGABYTE, 1, 4096) * MEGABYTE,
        unpacked=number("ASKWHY_MAX_UNPACKED", usual.unpacked / MEGABYTE, 1, 65536) * MEGABYTE,
        pages=number("ASKWHY_MAX_PAGES", usual.pages, 1, 100_000),
        seconds=float(number("ASKWHY_READ_SECONDS", usual.seconds, 1, 86_400)),
        memory=number("ASKWHY_READ_MEMORY", usual.memory / MEGABYTE, LEAST_MEMORY, 1_000_000) * MEGABYTE,
    )


def _server(given: str) -> str | None:
    """The address of a Chroma server, or None where none is given."""
    if not given or SERVER.fullmatch(given):
        return given or None
    raise BadInput("ASKWHY_CHROMA", f'"{given}" is not an address', "Write it like http://localhost:8000.")


def _database(given: str) -> str | None:
    """The URL of a PostgreSQL database, or None where none is given; what is wrong is told without its password."""
    if not given or DATABASE.fullmatch(given):
        return given or None
    raise BadInput(
        "ASKWHY_DATABASE", "this is no address of a database", "Write it like postgresql://user@host/askwhy."
    )


def _model(given: str) -> str | None:
    """A language model as provider:name, or None where none is given."""
    provider, _, name = given.partition(":")
    if not given or (provider in MODEL_PROVIDERS and name.strip()):
        return given or None
    remedy = f"Write it like ollama:llama3.2; the providers are {', '.join(MODEL_PROVIDERS)}."
    raise BadInput("ASKWHY_MODEL", f'"{given}" names no provider and model that Askwhy knows', remedy)


def _model_server(given: str) -> str | None:
    """The address of a model's server, or None where none is given; it may hold no name or password."""
    if not given or MODEL_SERVER.fullmatch(given):
        return given or None
    if "@" in given:  # a password may stand before it, so the address is not shown
        raise BadInput("ASKWHY_MODEL_URL", "it holds a password", "Leave it out, and set the provider's key instead.")
    raise BadInput("ASKWHY_MODEL_URL", f'"{given}" is not an address', "Write it like http://localhost:8080/v1.")
