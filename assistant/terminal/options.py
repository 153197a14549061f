"""What can be typed after `askwhy`: the subcommands with their options, and what is wrong usage."""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.following.followed import today
from assistant.settings import DEFAULT_HOST, DEFAULT_PORT
from assistant.terminal import commands, deciding, following, shelving
from knowledge.lexicon import LANGUAGES

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Subcommands = _SubParsersAction[ArgumentParser]

FORMATS = ("json", "md", "html", "docx", "pdf")
PROPOSED = 5


def parse(arguments: Sequence[str] | None = None) -> Namespace:
    """The options of one command.

    Besides what was typed, the namespace says what to do: `act`, a function of the options and the settings that
    gives an outcome; or `prepare`, which gives a function of a line, with `fields`, the line's fields among the
    options.

    Raises:
        SystemExit: with 2 for wrong usage, with 0 after --help.
    """
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.prepare is not None:
        _refuse_none_or_both(parser, options)
    if options.command == "critique":
        _refuse_two_outputs(parser, options)
    return options


def _refuse_none_or_both(parser: ArgumentParser, options: Namespace) -> None:
    """What is asked stands on the command line or in a file of lines."""
    first, *rest = options.fields
    if options.batch is None and getattr(options, first) is None:
        parser.error(f"{options.command}: give a {first.upper()}, or --batch FILE.jsonl")
    if options.batch is not None and any(getattr(options, field) for field in (first, *rest)):
        parser.error(f"{options.command}: give a {first.upper()} or --batch FILE.jsonl, not both")


def _refuse_two_outputs(parser: ArgumentParser, options: Namespace) -> None:
    """A critique goes to one place in one form."""
    if options.json and options.format not in {None, "json"}:
        parser.error("critique: --json and --format say different things")
    if options.batch is not None and (options.out is not None or options.format not in {None, "json"}):
        parser.error("critique: --batch writes JSON lines to standard output; leave out --format and -o")
    options.json = options.json or options.format == "json"


def build_parser() -> ArgumentParser:
    """The command line: every command, its options and their help."""
    parser = ArgumentParser(
        prog="askwhy",
        description="Asks why: a strategy assistant for the internationalisation of vocational schools.",
        allow_abbrev=False,
    )
    _add_shared(parser, None)
    parser.set_defaults(act=None, prepare=None, batch=None, out=None, host=None, port=None, password=None)
    commands_of = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_serve(commands_of)
    _add_text(commands_of)
    _add_library(commands_of)
    _add_workspaces(commands_of)
    _add_questions(commands_of)
    _add_following(commands_of)
    _add_critique(commands_of)
    _add_decisions(commands_of)
    _add_measuring(commands_of)
    return parser


def _add_serve(to: "Subcommands") -> None:
    serve = _add(to, "serve", "Open the web app.", act=commands.serve_app)
    serve.add_argument("--host", help=f"where it listens (default: {DEFAULT_HOST}, this machine alone)")
    serve.add_argument("--port", type=int, help=f"default: {DEFAULT_PORT}")
    serve.add_argument("--mcp", action="store_true", help="offer the same functions to other programs over MCP")
    serve.add_argument("--example", action="store_true", help="open with an example strategy")
    _add_workspace(serve)


def _add_text(to: "Subcommands") -> None:
    text = _add(to, "text", "Print a document's text, as every offset counts it.", act=commands.show_text)
    text.add_argument("file", metavar="FILE")
    _add_password(text)


def _add_library(to: "Subcommands") -> None:
    library = _add(to, "library", "Add, list, remove and read the documents that answers come from.")
    inside = library.add_subparsers(dest="library_command", required=True, metavar="add|list|remove|text")
    add = _add(inside, "add", "Add files, or folders of files.", act=shelving.add_to_library)
    add.add_argument("paths", metavar="PATH", nargs="+")
    _add_password(add)
    kept = _add(inside, "list", "List the documents.", act=shelving.list_library)
    remove = _add(inside, "remove", "Remove a document and all made of it.", act=shelving.remove_from_library)
    shown = _add(inside, "text", "Print a document's text.", act=shelving.show_library_text)
    for one in (remove, shown):
        one.add_argument("id", metavar="ID")
    for one in (add, kept, remove, shown):
        _add_workspace(one)


def _add_workspaces(to: "Subcommands") -> None:
    workspace = _add(to, "workspace", "Take along or delete all that is kept of a workspace.")
    inside = workspace.add_subparsers(dest="workspace_command", required=True, metavar="export|delete")
    export = _add(inside, "export", "Write its papers, talks and decisions to a ZIP file.", act=shelving.export_all)
    export.add_argument("-o", "--out", dest="archive", required=True, metavar="FILE", help="write to this file")
    delete = _add(inside, "delete", "Delete its papers, talks and decisions for good.", act=shelving.delete_all)
    delete.add_argument("--yes", action="store_true", required=True, help="you mean it: nothing brings them back")
    for one in (export, delete):
        _add_workspace(one)


def _add_questions(to: "Subcommands") -> None:
    """The commands that answer one thing typed, or a file of lines."""
    ask = _add(to, "ask", "Ask the guide and the library.", prepare=commands.answering, fields=("question",))
    ask.add_argument("question", metavar="QUESTION", nargs="?")
    _add_workspace(ask)

    judge = _add(to, "judge", "Say what a statement is and what it lacks.", prepare=commands.judging)
    judge.set_defaults(fields=("text", "context"))
    judge.add_argument("text", metavar="TEXT", nargs="?")
    judge.add_argument("--context", help="the heading or line above it")

    why = _add(to, "why", "Ask why until the answer is a reason.", prepare=commands.climbing)
    why.set_defaults(fields=("goal", "answers"))
    why.add_argument("goal", metavar="GOAL", nargs="?")
    why.add_argument("--answer", dest="answers", action="append", default=[], metavar="TEXT")

    indicators = _add(to, "indicators", "Propose indicators for a goal.", prepare=commands.proposing)
    indicators.set_defaults(fields=("goal",))
    indicators.add_argument("goal", metavar="GOAL", nargs="?")
    indicators.add_argument("--bank", metavar="FILE", help="propose from this list alone (JSON: id, name, definition)")

    for one in (ask, indicators):
        one.add_argument("-k", type=_count, default=PROPOSED, metavar="N", help=f"how many (default: {PROPOSED})")
    for one in (ask, judge, why, indicators):
        _add_batch(one)


def _add_following(to: "Subcommands") -> None:
    follow = _add(to, "follow", "Follow indicators from year to year.")
    inside = follow.add_subparsers(dest="follow_command", required=True, metavar="add|record|list|drop")
    add = _add(inside, "add", "Follow an indicator for a goal, or say anew where it stands.", act=following.follow)
    add.add_argument("goal", metavar="GOAL")
    add.add_argument("indicator", metavar="INDICATOR", help="its id, as `askwhy indicators GOAL --json` gives it")
    add.add_argument("--baseline", default="", metavar="TEXT", help="where it stands today")
    add.add_argument("--target", default="", metavar="TEXT", help="what you aim at")
    record = _add(inside, "record", "Write down what was read of it.", act=following.record)
    record.add_argument("number", type=_count, metavar="N", help="its number in the list")
    record.add_argument("figure", metavar="FIGURE")
    record.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="default: today")
    record.add_argument("--note", default="", metavar="TEXT")
    listed = _add(inside, "list", "What is followed, and how far it has come.", act=following.list_followed)
    drop = _add(inside, "drop", "No longer follow it; its figures are deleted.", act=following.drop)
    drop.add_argument("number", type=_count, metavar="N")
    for one in (add, record, listed, drop):
        _add_workspace(one)


def _add_critique(to: "Subcommands") -> None:
    critique = _add(to, "critique", "Criticise a strategy.", prepare=commands.criticising, fields=("file",))
    critique.add_argument("file", metavar="FILE", nargs="?")
    critique.add_argument("--library", action="store_true", help="compare it with the documents in the library")
    critique.add_argument(
        "--model", action="store_true", help="let the language model of ASKWHY_MODEL add remarks; they move no score"
    )
    critique.add_argument(
        "--talked", action="store_true", help="add what your talks about its goals came to: their reasons and tree"
    )
    critique.add_argument("--against", metavar="OLD", help="an earlier version: say what became of it")
    critique.add_argument(
        "--format", choices=FORMATS, help="default: text for reading here; docx, pdf: your file with comments"
    )
    critique.add_argument("-o", "--out", metavar="OUT", help="write to this file")
    _add_workspace(critique)
    _add_password(critique)
    _add_batch(critique)


def _add_decisions(to: "Subcommands") -> None:
    decisions = _add(to, "decisions", "Decide about a critique, list what was decided, take it back.")
    inside = decisions.add_subparsers(
        dest="decision_command", required=True, metavar="list|dismiss|overrule|affirm|take-back"
    )
    kept = _add(inside, "list", "List what was decided, with numbers.", act=deciding.list_decisions)
    dismiss = _add(inside, "dismiss", "Set a remark aside, in the next version too.", act=deciding.dismiss)
    overrule = _add(inside, "overrule", "Say what a goal or statement is.", act=deciding.overrule)
    affirm = _add(inside, "affirm", "Say that an element is there.", act=deciding.affirm)
    back = _add(inside, "take-back", "Take a decision back.", act=deciding.take_back)
    for one, *fields in ((dismiss, "remark"), (overrule, "statement", "kind"), (affirm, "element")):
        one.add_argument("file", metavar="FILE")
        for field in fields:
            one.add_argument(field, metavar=field.upper(), help="as `askwhy critique FILE --json` names it")
        one.add_argument("--reason", metavar="TEXT", help="for your diary")
        one.add_argument("--library", action="store_true", help="as in the critique whose ids are meant")
        _add_password(one)
    back.add_argument("number", type=_count, metavar="NUMBER")
    for one in (kept, dismiss, overrule, affirm, back):
        _add_workspace(one)


def _add_measuring(to: "Subcommands") -> None:
    evaluation = _add(to, "eval", "Run the project's own evaluation.", act=commands.evaluate)
    evaluation.add_argument("names", metavar="NAME", nargs="*")

    batch = _add(to, "batch", "Criticise every file in a folder.", act=commands.criticise_folder)
    batch.add_argument("folder", metavar="FOLDER")
    batch.add_argument("--out", dest="out_folder", required=True, metavar="FOLDER")
    where = batch.add_mutually_exclusive_group()
    where.add_argument("--workers", type=_count, metavar="N", help="how many at a time (default: one a processor)")
    where.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler whose workers do it, tcp://host:8786")


def _add(to: "Subcommands", name: str, said: str, **defaults: object) -> ArgumentParser:
    """A subcommand that takes the shared options too, with what it is to do."""
    made = to.add_parser(name, help=said, description=said, allow_abbrev=False)
    _add_shared(made, SUPPRESS)
    made.set_defaults(**defaults)
    return made


def _add_shared(parser: ArgumentParser, default: str | None) -> None:
    """The options that stand before or after the subcommand; there, what is not typed must not undo what was."""
    parser.add_argument("--json", action="store_true", default=default or False, help="print one JSON object")
    parser.add_argument("--data", metavar="DIR", default=default, help="the data folder (or ASKWHY_DATA)")
    parser.add_argument("--lang", choices=LANGUAGES, metavar="CODE", default=default, help="force a language")


def _add_password(parser: ArgumentParser) -> None:
    parser.add_argument("--password", help="opens a locked file (it is asked for where you are at a terminal)")


def _add_workspace(parser: ArgumentParser) -> None:
    parser.add_argument("--workspace", default="default", metavar="W", help="whose papers and talks (default: default)")


def _add_batch(parser: ArgumentParser) -> None:
    parser.add_argument("--batch", metavar="FILE", help="a JSON object a line in, one a line out (-: standard input)")


def _day(given: str) -> date:
    """A day that is not ahead."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise ArgumentTypeError(f"{given!r} is no day; write year-month-day") from None
    if day > today():
        raise ArgumentTypeError(f"{given} lies ahead")
    return day


def _count(given: str) -> int:
    """A whole number from 1 up."""
    if given.isascii() and given.isdigit() and int(given) > 0:
        return int(given)
    raise ArgumentTypeError(f"{given!r} is not a whole number from 1 up")
