"""The critique of thousands of files on the workers of a Dask cluster: a file's bytes go out, its critique comes back.

Nothing else is shared: the workers need Askwhy of the same version, not the folders. Their addresses are the only ones
that the files are sent to.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.terminal.batch import Done, Job, criticise_bytes, describe_source, describe_version, is_made, write_whole
from knowledge.faults import AskwhyError, BadInput
from knowledge.reading.draft import Limits
from knowledge.reading.files import load_file

if TYPE_CHECKING:
    from distributed import Client, Future, as_completed

PATIENCE = 10  # seconds for the scheduler to answer
_AHEAD = 4  # files sent out for each thread of the workers, so that none waits and the scheduler holds few


def run_on_cluster(jobs: tuple[Job, ...], address: str) -> Iterator[Done]:
    """What became of each of `jobs`, in the order they end; those done by an earlier run are left as they are.

    A file that brings workers down is given up after Dask's own number of tries, and told.

    Raises:
        BadInput: Dask is not installed, or no scheduler answers at `address`, or it has no workers.
    """
    try:
        from distributed import as_completed
    except ModuleNotFoundError as fault:
        raise BadInput("--scheduler", "Dask is not installed", "pip install 'askwhy[cluster]'.") from fault
    with _connect(address) as client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise BadInput(address, "this scheduler has no workers", f"Start some: dask worker {address}.")
        waiting = iter(jobs)
        sent: dict[Future[tuple[str, str]], Job] = {}
        underway = as_completed(loop=client.loop)
        for job in waiting:
            yield from _send(client, job, sent, underway)
            if len(sent) >= threads * _AHEAD:
                break
        for future in underway:
            yield _receive(sent.pop(future), future)
            for job in waiting:
                yield from _send(client, job, sent, underway)
                if len(sent) >= threads * _AHEAD:
                    break


def _connect(address: str) -> "Client":
    from distributed import Client

    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as fault:
        raise BadInput(address, "no Dask scheduler answers there", "Start one with `dask scheduler`.") from fault


def _send(
    client: "Client", job: Job, sent: "dict[Future[tuple[str, str]], Job]", underway: "as_completed"
) -> Iterator[Done]:
    """Send a file out, or give what became of it where there is nothing to send."""
    try:
        data = load_file(job.file, job.limits)
        if is_made(job.output, describe_source(data, job.language)):
            yield Done(job, "unchanged")
            return
    except AskwhyError as fault:
        yield Done(job, "failed", str(fault))
        return
    future = client.submit(criticise_there, data, job.file.name, job.language, job.limits, pure=False)
    sent[future] = job
    underway.add(future)


def criticise_there(data: bytes, name: str, language: str | None, limits: Limits) -> tuple[str, str]:
    """On a worker: the critique as JSON and "", or "" and the line of the fault; a fault of ours does not travel."""
    try:
        return criticise_bytes(data, name, language, limits), ""
    except AskwhyError as fault:
        return "", str(fault)


def _receive(job: Job, future: "Future[tuple[str, str]]") -> Done:
    """Write the critique that came back, or tell why none did."""
    error = future.exception()
    if error is not None:
        return Done(job, "failed", f"{job.file}: it could not be criticised ({error!r}). Please report this file.")
    critique, fault = future.result()
    if not critique:
        return Done(job, "failed", fault)
    theirs = json.loads(critique)["made_from"]["askwhy"]
    if theirs != describe_version():
        line = f"the worker has Askwhy {theirs}, not {describe_version()}. Install the same on all."
        return Done(job, "failed", f"{job.file}: {line}")
    try:
        write_whole(job.output, critique)
    except AskwhyError as failure:
        return Done(job, "failed", str(failure))
    return Done(job, "written")
