"""Language models behind a server, through LangChain: one row a provider, its package loaded when it is first asked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from assistant.speaking.request import Ending, Hear, Piece, Request, Schema
from knowledge.faults import (
    ModelBusy,
    ModelFault,
    ModelMissing,
    ModelRefused,
    ModelSlow,
    ModelUnreachable,
    ModelUnusable,
)

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

ANSWER_TOKENS = 500  # the most that any task of ours needs; a request may ask for less
NO_KEY = "none"  # what a server of one's own is given where no key is set: the client insists on one
INSTALL = "Run: pip install 'askwhy[models]'."
_ENDINGS: Mapping[str, Ending] = {
    "stop": "said",
    "end_turn": "said",
    "stop_sequence": "said",
    "length": "limit",
    "model_length": "limit",
    "max_tokens": "limit",
    "content_filter": "refused",
    "refusal": "refused",
}
_ENDING_KEYS = ("finish_reason", "stop_reason", "done_reason")
_UNAUTHORISED, _NOT_FOUND, _TOO_SLOW, _TOO_MANY, _BROKEN = (401, 402, 403), 404, (408, 504), 429, 500


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider: its package and module, the variable with its key ("" for none), and its words for our options.

    `address` is its usual one, to be told; `options` gives the arguments of its LangChain class for the address (None
    for the usual one), the seconds and the tokens of context; `form` those that hold an answer to a JSON schema.
    """

    package: str
    key: str
    address: str
    options: Callable[[str | None, float, int], dict[str, Any]]
    form: Callable[[Schema], dict[str, Any]]

    @property
    def module(self) -> str:
        """The module of its package."""
        return self.package.replace("-", "_")


def _hosted(address: str | None, seconds: float, _: int) -> dict[str, Any]:
    return {
        "timeout": seconds,
        "max_retries": 0,
        "max_tokens": ANSWER_TOKENS,
        **({"base_url": address} if address else {}),
    }


def _ollama(address: str | None, seconds: float, context: int) -> dict[str, Any]:
    return {
        "base_url": address or PROVIDERS["ollama"].address,
        "client_kwargs": {"timeout": seconds},
        "num_ctx": context,
        "num_predict": ANSWER_TOKENS,
    }


def _json_schema(schema: Schema) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}


PROVIDERS: Mapping[str, Provider] = {
    "anthropic": Provider("langchain-anthropic", "ANTHROPIC_API_KEY", "api.anthropic.com", _hosted, lambda _: {}),
    "mistralai": Provider(
        "langchain-mistralai",
        "MISTRAL_API_KEY",
        "api.mistral.ai",
        _hosted,
        lambda schema: {"response_format": _json_schema(schema)},
    ),
    "ollama": Provider(
        "langchain-ollama", "", "http://127.0.0.1:11434", _ollama, lambda schema: {"format": dict(schema)}
    ),
    "openai": Provider(
        "langchain-openai",
        "OPENAI_API_KEY",
        "api.openai.com",
        _hosted,
        # In the body alone: given by name, the client reads the answer itself and raises errors of its own.
        lambda schema: {"extra_body": {"response_format": _json_schema(schema)}},
    ),
}


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model behind a server."""

    who: str
    provider: Provider
    chat: "BaseChatModel"

    def speak(self, request: Request, hear: Hear) -> None:
        """See `Model`."""
        form = self.provider.form(request.schema) if request.schema is not None else {}
        chunks: Iterator[AIMessageChunk] = self.chat.stream(
            [("system", request.filled.system), ("human", request.filled.task)], **form
        )
        while True:
            try:
                chunk = next(chunks, None)
            except Exception as error:  # noqa: BLE001 - every provider has its own, and what they say may hold the key
                raise explain(error, self.who) from None
            if chunk is None or hear(_piece(chunk)):
                return


def open_served(
    provider: str, name: str, address: str | None, seconds: float, context: int, environment: Mapping[str, str]
) -> ServedModel:
    """The model `name` of a provider of `PROVIDERS`; nothing is asked of it yet.

    Raises:
        ModelMissing: where its package or its key is not there.
    """
    row, who = PROVIDERS[provider], f"{provider}:{name}"
    if find_spec(row.module) is None:
        raise ModelMissing(who, f"the package {row.package} is not installed", INSTALL)
    options = row.options(address, seconds, context)
    if row.key:
        key = environment.get(row.key, "").strip() or (NO_KEY if address else "")
        if not key:
            raise ModelMissing(who, f"{row.key} is not set", "Set it to your key, or leave ASKWHY_MODEL out.")
        options["api_key"] = key
    from langchain.chat_models import init_chat_model

    return ServedModel(who, row, init_chat_model(name, model_provider=provider, **options))


def explain(error: Exception, who: str) -> ModelFault:
    """A provider's error in our words. Its own are left out: they may hold the key, or whatever the server sent."""
    status = next((code for one in _causes(error) if (code := _status(one)) is not None), None)
    if status is not None:
        return _explain_status(status, who)
    kinds = {kind.__name__.lower() for one in _causes(error) for kind in type(one).__mro__}
    if any("timeout" in kind for kind in kinds):
        return ModelSlow(who, "its server did not answer in time", "Set ASKWHY_MODEL_SECONDS higher.")
    if any("protocol" in kind or "incomplete" in kind or kind == "readerror" for kind in kinds):
        return ModelUnusable(who, "its answer broke off", "If it happens again, look at the model's server.")
    if any("connect" in kind for kind in kinds):
        remedy = "Start its server, or set ASKWHY_MODEL_URL to where it is."
        return ModelUnreachable(who, "nobody answers at its address", remedy)
    what = f"its answer could not be read ({type(error).__name__})"
    return ModelUnusable(who, what, "If it happens again, look at the model's server.")


def _explain_status(status: int, who: str) -> ModelFault:
    told = f"its server answered {status}"
    if status in _UNAUTHORISED:
        return ModelRefused(who, f"{told}: the key is not accepted", "Check the key of the provider.")
    if status == _NOT_FOUND:
        return ModelRefused(who, f"{told}: no such model or address", "Check ASKWHY_MODEL and ASKWHY_MODEL_URL.")
    if status in _TOO_SLOW:
        return ModelSlow(who, f"{told}: it took too long", "Try later, or choose a smaller model.")
    if status == _TOO_MANY:
        return ModelBusy(who, f"{told}: too many requests, or no credit left", "Wait a little.")
    if status >= _BROKEN:
        return ModelBusy(who, f"{told}: something is wrong there", "Try later, or look at the model's server.")
    return ModelRefused(who, f"{told}: it does not take the request", "Choose another model.")


def _piece(chunk: "AIMessageChunk") -> Piece:
    """A chunk as a piece: its text alone, without what the model thinks to itself."""
    told = chunk.response_metadata or {}
    reason = next((str(told[key]) for key in _ENDING_KEYS if told.get(key)), None)
    return Piece(str(chunk.text), _ENDINGS.get(reason, "said") if reason else None)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from, the last first."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _status(error: BaseException) -> int | None:
    """The HTTP status that an error tells of."""
    for holder in (error, getattr(error, "response", None)):
        code = getattr(holder, "status_code", None)
        if isinstance(code, int) and code > 0:
            return code
    return None
