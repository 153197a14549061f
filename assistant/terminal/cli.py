"""The command line: runs what was asked, prints answers, and tells faults and defects. Begins with `main`."""

import io
import json
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import IO

from assistant.defects import tell_defect
from assistant.settings import read_settings, silence
from assistant.terminal.jsonlines import answer_lines
from assistant.terminal.options import parse
from assistant.terminal.outcome import Answer, Outcome
from knowledge.faults import AskwhyError, BadInput

DONE, FAULT, INTERRUPTED, READER_GONE = 0, 1, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after `askwhy`; those of the process where None.

    Returns:
        The exit code: 0 done, 1 the input or a component failed, 130 interrupted, 141 the reader of the output left.

    Raises:
        SystemExit: with 2 for wrong usage, with 0 after --help.
    """
    silence(os.environ)
    logging.getLogger().addHandler(logging.NullHandler())  # the asides of libraries stay off the screen
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    options = parse(arguments)
    try:
        settings = read_settings(
            os.environ, data=options.data, host=options.host, port=options.port, language=options.lang
        )
        sys.excepthook = partial(tell_defect, settings.log)
        if options.prepare is None:
            return tell(options.act(options, settings), options)
        answer = options.prepare(options, settings)
        if options.batch is None:
            return tell(answer({name: getattr(options, name) for name in options.fields}), options)
        return tell_lines(options.batch, answer)
    except AskwhyError as fault:
        print(fault, file=sys.stderr)
        return FAULT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered has no reader
        return READER_GONE


def tell(outcome: Outcome | None, options: Namespace) -> int:
    """Print an outcome as JSON or for reading, to the file named with -o where one is; give the exit code."""
    if outcome is None:
        return DONE
    for warning in outcome.warnings:
        print(warning, file=sys.stderr)
    answer = json.dumps(outcome.record) + "\n" if options.json else outcome.text()
    if options.out is None and isinstance(answer, bytes):
        sys.stdout.buffer.write(answer)
        sys.stdout.flush()
    elif options.out is None:
        sys.stdout.write(str(answer))
        sys.stdout.flush()
    else:
        from assistant.terminal.batch import write_whole

        write_whole(Path(options.out), answer)
    return FAULT if outcome.failed else DONE


def tell_lines(source: str, answer: Answer) -> int:
    """Print the answer to each line of a JSONL file ("-": standard input) as soon as it is there."""
    with _opened(source) as lines:
        for record in answer_lines(lines, lambda line: answer(line).record):
            print(json.dumps(record), flush=True)
    return DONE


def _opened(source: str) -> "IO[bytes] | nullcontext[IO[bytes]]":
    if source == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise BadInput(source, f"it cannot be opened ({error.strerror})", "Check its name and place.") from error


if __name__ == "__main__":
    sys.exit(main())
