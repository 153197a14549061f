"""What each subcommand does: fields in, an outcome out. Heavy modules are loaded in the command that needs them."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.schema import top_level
from assistant.settings import Settings
from assistant.terminal.jsonlines import Line, path_of, text_of, texts_of
from assistant.terminal.outcome import Answer, Outcome, open_library, read_document, read_whole, tell_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain import Critique
    from assistant.ranking import Embed
    from assistant.reviewing.talked import Talked
    from assistant.reviewing.versions import Comparison


def judging(options: Namespace, _: Settings) -> Answer:
    """Answers {"text", "context"?} with what the statement is and what it lacks."""
    from assistant.reviewing.critique import judge_goal
    from assistant.reviewing.record import goal_json
    from assistant.terminal.plain import goal_text

    def answer(line: Line) -> Outcome:
        context = text_of(line, "context") if line.get("context") is not None else ""
        goal = judge_goal(text_of(line, "text"), context=context, language=options.lang)
        return Outcome(goal_json(goal), lambda: goal_text(goal))

    return answer


def climbing(options: Namespace, settings: Settings) -> Answer:
    """Answers {"goal", "answers"} with the ladder of whys; a model, where one is set up, words the next question.

    In a batch it does not: a call a line would take hours.
    """
    from assistant.asking.why import climb
    from assistant.schema import why_json
    from assistant.terminal.plain import chain_text
    from assistant.terminal.wording import speaker_for, told, word_next

    speaker = speaker_for(options, settings)

    def answer(line: Line) -> Outcome:
        climbed = climb(text_of(line, "goal"), texts_of(line, "answers"), language=options.lang)
        chain, origin = word_next(speaker, climbed, options.lang)
        return Outcome(why_json(chain, origin), lambda: chain_text(chain), told(speaker))

    return answer


def proposing(options: Namespace, settings: Settings) -> Answer:
    """Answers {"goal"} with indicators for it, from the bank named with --bank if one is.

    A foreign bank's words are not ours, so there meaning helps (evals/indicators.py) and the embeddings are loaded.
    """
    from assistant.indicators import propose
    from assistant.schema import indicators_json
    from assistant.terminal.plain import indicators_text
    from knowledge.bank import read_bank

    bank = None if options.bank is None else read_bank(read_whole(options.bank))
    embed = None if bank is None else _embed(settings)

    def answer(line: Line) -> Outcome:
        goal = text_of(line, "goal")
        found = propose(goal, k=options.k, bank=bank, language=options.lang, embed=embed)
        return Outcome(indicators_json(goal, found), lambda: indicators_text(found))

    return answer


def _embed(settings: Settings) -> "Embed":
    """Texts to vectors by the embeddings of the settings."""
    import numpy as np

    from knowledge.library.embeddings import open_embeddings

    embeddings = open_embeddings(settings.embeddings)
    return lambda texts: np.array(embeddings.embed_documents(list(texts)), dtype=np.float32)


def answering(options: Namespace, settings: Settings) -> Answer:
    """Answers {"question"} from the guide and the library; a model words the lead where one is set up, in no batch."""
    from assistant.answer import answer_question
    from assistant.schema import answer_json
    from assistant.terminal.plain import answer_text
    from assistant.terminal.wording import lead_writer, speaker_for, told

    library = open_library(settings)
    speaker = speaker_for(options, settings)

    def answer(line: Line) -> Outcome:
        found = answer_question(
            text_of(line, "question"),
            library,
            k=options.k,
            workspace=options.workspace,
            language=options.lang,
            word_lead=lead_writer(speaker),
        )
        return Outcome(answer_json(found), lambda: answer_text(found), told(speaker))

    return answer


def open_critic(options: Namespace, settings: Settings) -> "Callable[[str], Critique]":
    """What criticises the file at a path, heeding what was decided of it; with --library also the school's papers."""
    from assistant.reviewing.critique import critique
    from assistant.reviewing.diary import Diary
    from assistant.reviewing.versions import snapshot

    diary = Diary(settings.data, options.workspace, database=settings.database)
    policies = open_library(settings).papers(options.workspace) if options.library else ()

    def criticise(file: str) -> "Critique":
        document = read_document(file, options, settings)
        others = [policy for policy in policies if policy.digest != document.digest]
        found = critique(document, policies=others, language=options.lang)
        decisions = diary.decisions(snapshot(found))
        if decisions:
            found = critique(document, policies=others, language=options.lang, decisions=decisions)
        return found

    return criticise


def criticising(options: Namespace, settings: Settings) -> Answer:
    """Answers {"file"} with the critique of that document."""
    from assistant.reviewing.critique import critique
    from assistant.reviewing.record import critique_json
    from assistant.reviewing.versions import compare, snapshot
    from assistant.speaking.judging import judge_with
    from assistant.terminal.wording import speaker_asked_for, told

    speaker = speaker_asked_for(options, settings)
    render = _rendering(options)
    against = read_document(options.against, options, settings) if options.against else None
    earlier = snapshot(critique(against, language=options.lang)) if against else None
    criticise = open_critic(options, settings)

    def answer(line: Line) -> Outcome:
        file = path_of(line, "file")
        found = criticise(file)
        comparison = compare(earlier, snapshot(found)) if earlier else None
        if speaker is not None:
            found = judge_with(speaker, found)
        talked = _gather_talked(found, options, settings) if options.talked else None
        record = critique_json(found, comparison, talked)
        warnings = (*found.strategy.document.warnings, *told(speaker))
        return Outcome(record, lambda: render(found, comparison, talked, file), warnings)

    return answer


def show_text(options: Namespace, settings: Settings) -> Outcome:
    """The document's text, exactly as every offset counts it."""
    return tell_text(read_document(options.file, options, settings))


def evaluate(options: Namespace, _: Settings) -> Outcome:
    """The project's own evaluation, all of it or the parts named."""
    from assistant.schema import figures_json
    from assistant.terminal.plain import figures_text
    from evals.runner import run_evals

    figures = run_evals(options.names, say=lambda name: print(f"{name} …", file=sys.stderr))
    return Outcome(figures_json(figures), lambda: figures_text(figures))


def criticise_folder(options: Namespace, settings: Settings) -> Outcome:
    """The critique of every file in a folder; progress goes to standard error."""
    from assistant.terminal.batch import default_workers, list_jobs, run_jobs
    from assistant.terminal.cluster import run_on_cluster

    jobs = list_jobs(Path(options.folder), Path(options.out_folder), options.lang, settings.limits)
    done = []
    workers = options.workers or default_workers()
    for one in run_on_cluster(jobs, options.scheduler) if options.scheduler else run_jobs(jobs, workers):
        done.append(one)
        print(f"{len(done)}/{len(jobs)} {one.status}: {one.message or one.job.file}", file=sys.stderr)
    done.sort(key=lambda one: one.job.file)
    counts = {status: sum(one.status == status for one in done) for status in ("written", "unchanged", "failed")}
    files = [
        {"file": str(one.job.file), "output": str(one.job.output), "status": one.status, "message": one.message}
        for one in done
    ]
    return Outcome(
        top_level({"files": len(jobs), **counts, "documents": files}),
        lambda: f"{len(jobs)} files: " + ", ".join(f"{count} {status}" for status, count in counts.items()) + ".\n",
        failed=counts["failed"] == len(jobs),
    )


def serve_app(options: Namespace, settings: Settings) -> None:
    """The web app, until it is stopped; it says its address itself."""
    from assistant.app import serve

    serve(settings, example=options.example, mcp=options.mcp, workspace=options.workspace)


def _gather_talked(found: "Critique", options: Namespace, settings: Settings) -> "Talked | None":
    """What the workspace's talks about the document's goals came to."""
    from assistant.asking.dialogue import open_dialogue
    from assistant.asking.harvest import gather

    goals = [goal.statement for goal in found.strategy.goals]
    with open_dialogue(settings.data, workspace=options.workspace, database=settings.database) as dialogue:
        return gather(dialogue, goals, found.language)


def _rendering(options: Namespace) -> "Callable[[Critique, Comparison | None, Talked | None, str], str | bytes]":
    """How a critique of the file at a path is written in the form asked for; for the terminal where none is."""
    from assistant.reviewing.annotation import Original, write_docx, write_pdf
    from assistant.reviewing.report import render_html, render_markdown
    from assistant.terminal.plain import critique_text

    annotate = {"docx": write_docx, "pdf": write_pdf}.get(options.format or "")
    if annotate is not None:
        return lambda found, _, talked, path: annotate(
            found, Original(Path(path).name, read_whole(path), options.password), talked
        )
    render = {"md": render_markdown, "html": render_html}.get(options.format or "", critique_text)
    return lambda found, comparison, talked, _: render(found, comparison, talked)
