"""The critique of every file in a folder, several at a time; a run that was stopped goes on where it was."""

import json
import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from knowledge.faults import AskwhyError, BadInput, NoSpace
from knowledge.reading.draft import Limits
from knowledge.reading.files import load_file

Status = Literal["written", "unchanged", "failed"]
USUAL_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Job:
    """One file to criticise, where its critique goes, and the language to read it in (None: the one it is in)."""

    file: Path
    output: Path
    language: str | None
    limits: Limits = USUAL_LIMITS


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file; `message` says why where it failed."""

    job: Job
    status: Status
    message: str = ""


def list_jobs(folder: Path, out: Path, language: str | None = None, limits: Limits = USUAL_LIMITS) -> tuple[Job, ...]:
    """A job for every file in `folder` and the folders below it, in alphabetical order.

    `out` is left out where it lies in `folder`. The critique of `a/b.pdf` goes to `a/b.pdf.json`.

    Raises:
        BadInput: `folder` is no folder or has no files but those in `out`, or `out` is a file.
    """
    if not folder.is_dir():
        raise BadInput(str(folder), "there is no such folder", "Give the folder that holds the strategies.")
    if out.exists() and not out.is_dir():
        raise BadInput(str(out), "this is a file", "Give a folder for the critiques.")
    files = [file for file in files_in(folder) if not file.absolute().is_relative_to(out.absolute())]
    if not files:
        raise BadInput(str(folder), "all its files lie in the folder for the critiques", "Name another with --out.")
    return tuple(Job(file, out / f"{file.relative_to(folder)}.json", language, limits) for file in files)


def files_in(folder: Path) -> tuple[Path, ...]:
    """The files in `folder` and in the folders below it, in alphabetical order, hidden ones left out.

    Raises:
        BadInput: there are none.
    """
    found = (path for path in folder.rglob("*") if path.is_file())
    files = sorted(path for path in found if not any(part[0] == "." for part in path.relative_to(folder).parts))
    if not files:
        raise BadInput(str(folder), "there are no files in this folder", "Name a folder that has some.")
    return tuple(files)


def run_jobs(jobs: tuple[Job, ...], workers: int) -> Iterator[Done]:
    """What became of each of `jobs`, in the order they end, `workers` at a time.

    A file whose critique is already there, made from the same bytes by the same version, is left as it is. A file
    that brings a worker down is tried once more by itself, so that it takes no other with it.
    """
    stranded: list[Job] = []
    with ProcessPoolExecutor(workers) as pool:
        futures = {pool.submit(criticise_file, job): job for job in jobs}
        try:
            for future in as_completed(futures):
                if isinstance(future.exception(), BrokenProcessPool):
                    stranded.append(futures[future])
                else:
                    yield _done(futures[future], future)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    for job in stranded:
        with ProcessPoolExecutor(1) as pool:
            yield _done(job, pool.submit(criticise_file, job))


def criticise_file(job: Job) -> Done:
    """Read, criticise and write one file; a fault of the file is told, not raised."""
    try:
        data = load_file(job.file, job.limits)
        made_from = describe_source(data, job.language)
        if is_made(job.output, made_from):
            return Done(job, "unchanged")
        write_whole(job.output, criticise_bytes(data, job.file.name, job.language, job.limits))
    except AskwhyError as fault:
        return Done(job, "failed", str(fault))
    return Done(job, "written")


def criticise_bytes(data: bytes, name: str, language: str | None, limits: Limits) -> str:
    """The critique of a file's bytes as JSON, with what it was made from; the file itself need not be here.

    Raises:
        UnreadableFile: as `read_bytes_apart` does.
    """
    from assistant.reviewing.critique import critique
    from assistant.reviewing.record import critique_json
    from knowledge.reading.isolation import read_bytes_apart

    found = critique(read_bytes_apart(data, name, limits=limits), language=language)
    return json.dumps({**critique_json(found), "made_from": describe_source(data, language)})


def write_whole(path: Path, content: str | bytes) -> None:
    """Write `content` (text as UTF-8) so that a reader finds the old file or the new one, never half of one.

    Raises:
        NoSpace: the disk is full, or the place cannot be written.
    """
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    part = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        what = f"it cannot be written ({error.strerror or error})"
        raise NoSpace(str(path), what, "Free some space or choose another place.") from error


def _done(job: Job, future: Future[Done]) -> Done:
    """The worker's own report, or what stopped it."""
    error = future.exception()
    if error is None:
        return future.result()
    kind = "the process that read it was stopped" if isinstance(error, BrokenProcessPool) else f"{error!r}"
    return Done(job, "failed", f"{job.file}: it could not be criticised ({kind}). Please report this file.")


def describe_source(data: bytes, language: str | None) -> dict[str, str | None]:
    """What a critique depends on: the file's bytes, the version, and the language asked for."""
    return {"digest": sha256(data).hexdigest(), "askwhy": describe_version(), "language": language}


def describe_version() -> str:
    """The version installed, or that this is a checkout run as it lies."""
    try:
        return version("askwhy")
    except PackageNotFoundError:
        return "a checkout"


def is_made(output: Path, made_from: dict[str, str | None]) -> bool:
    """Whether a whole critique, made from the same things, is already at `output`."""
    try:
        written = json.loads(output.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(written, dict) and written.get("made_from") == made_from


def default_workers() -> int:
    """One worker for each processor."""
    return os.cpu_count() or 1
