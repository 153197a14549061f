"""How well questions are answered from the guide: is the answer quoted, how high, and what is declined.

`python -m evals.retrieval` prints the figures; `--fit` fits the weights of `knowledge/coverage/weights.yaml` anew.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path

from assistant.answer import answer_question
from evals.figures import Figure, bootstrap_interval, wilson_interval
from evals.questions import (
    GUIDE,
    REPORTED,
    Question,
    find_rank,
    keep_policy,
    load_file_questions,
    load_questions,
    load_shared_questions,
    load_unread_guide_questions,
    load_unread_questions,
    read_policy,
)
from evals.runner import format_table
from evals.textbook import Find, build_bm25, build_textbook
from knowledge.identification import LANGUAGES
from knowledge.library.embeddings import NANO
from knowledge.library.holdings import Library
from knowledge.library.identity import DEFAULT_WORKSPACE

DEPTH = 5
MINILM_CHUNKS = "1,000-character chunks, MiniLM, Chroma"
E5_CHUNKS = "1,000-character chunks, multilingual e5, Chroma"
BM25_ALONE = "1,000-character chunks, BM25"
GUIDE_ALONE = "the guide alone"
UNREAD = "other hands, unread"
SAID = "the share that was said"
STEPS_OF_CONFIDENCE = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said to a question.

    `rank` is the place, from 1, of the first quotation that holds the answer, 0 for none or a refusal; `in_section` how
    many of the `cited` passages are of a section that answers; `confidence` the estimated chance that it is covered.
    """

    question: Question
    rank: int
    declined: bool
    in_section: int = 0
    cited: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our outcomes for some questions, and those of each baseline by its name, in the same order."""

    cases: str
    ours: tuple[Outcome, ...]
    baselines: Mapping[str, tuple[Outcome, ...]]

    def among(self, cases: str, holds: Callable[[Question], bool]) -> "Comparison":
        """The part of it on some of the questions."""
        kept = [place for place, one in enumerate(self.ours) if holds(one.question)]
        others = {name: tuple(theirs[place] for place in kept) for name, theirs in self.baselines.items()}
        return Comparison(cases, tuple(self.ours[place] for place in kept), others)


def measure() -> tuple[Figure, ...]:
    """Hit rates, mean reciprocal rank and refusals with the guide in the library; none where the guide is not here.

    Own figures are of the part of the questions that no weight was fitted to.
    """
    if not GUIDE.is_file():
        return ()
    own = [question for question in load_questions() if question.split == REPORTED]
    text = GUIDE.read_text(encoding="utf-8")
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "askwhy")
        library.add(GUIDE)
        finders: Mapping[str, Find] = {
            MINILM_CHUNKS: build_textbook(text, Path(folder) / "minilm"),
            E5_CHUNKS: build_textbook(text, Path(folder) / "e5", NANO),
            BM25_ALONE: build_bm25(text),
        }
        by_cases = (
            ("own", own),
            (UNREAD, load_unread_guide_questions()),
            ("shared sample", load_shared_questions()),
        )
        for cases, questions in by_cases:
            ours = tuple(_ask(question, library) for question in questions)
            others = {name: tuple(_find(one, find) for one in questions) for name, find in finders.items()}
            figures += _guide_figures(Comparison(cases, ours, others))
        asked = [one for one in load_file_questions() if one.split == REPORTED]
        figures += _file_figures(asked, "own", library, Path(folder))
        figures += _file_figures(load_unread_questions(), UNREAD, library, Path(folder))
        figures += _figures_beside_papers(own, sorted({one.file for one in asked}), Path(folder))
    return tuple(figures)


def _guide_figures(found: Comparison) -> list[Figure]:
    part = "guide questions"
    answerable = found.among(found.cases, lambda question: bool(question.answers))
    silent = found.among(found.cases, lambda question: not question.answers)
    figures = [_share(part, f"hit@{depth}", answerable, partial(_hits_within, depth)) for depth in (1, 3, DEPTH)]
    figures += [_mean_reciprocal_rank(part, answerable, name) for name in found.baselines]
    figures += [_share(part, f"hit@{DEPTH}", answerable, _hits, name) for name in (E5_CHUNKS, BM25_ALONE)]
    figures.append(_citation_precision(part, answerable))
    figures.append(_share(part, "answerable ones declined", answerable, _declined))
    figures.append(_share(part, "unanswerable ones declined", silent, _declined))
    if len({one.question.language for one in found.ours}) > 1:
        figures += _figures_by_language(part, answerable, silent)
        figures += _reliability(found)
    return figures


def _figures_by_language(part: str, answerable: Comparison, silent: Comparison) -> list[Figure]:
    figures: list[Figure] = []
    groups = [("the eight languages but English", LANGUAGES[1:]), *((language, (language,)) for language in LANGUAGES)]
    for name, languages in groups:
        inside = partial(_is_in, languages)
        named = f"{answerable.cases}, {name}"
        figures.append(_share(part, f"hit@{DEPTH}", answerable.among(named, inside), _hits, E5_CHUNKS))
        figures.append(_share(part, "answerable ones declined", answerable.among(named, inside), _declined))
        figures.append(_share(part, "unanswerable ones declined", silent.among(named, inside), _declined))
    return figures


def _reliability(found: Comparison) -> list[Figure]:
    """Of the questions said to be covered with some confidence, how many are: beside it, what was said on average."""
    figures: list[Figure] = []
    for low, high in STEPS_OF_CONFIDENCE:
        inside = [one for one in found.ours if low <= one.confidence and (one.confidence < high or high == 1)]
        if inside:
            hits = sum(bool(one.question.answers) for one in inside)
            said = sum(one.confidence for one in inside) / len(inside)
            measured = f"covered, of those said to be at {low:.1f}–{high:.1f}"
            interval = wilson_interval(hits, len(inside))
            value = hits / len(inside)
            figures.append(Figure("reliability", measured, found.cases, len(inside), value, *interval, SAID, said))
    return figures


def _file_figures(asked: Sequence[Question], cases: str, library: Library, folder: Path) -> list[Figure]:
    """Of questions about the school's papers, each asked of its own paper beside the digest."""
    part = "school files"
    names = sorted({one.file for one in asked})
    finders = {
        MINILM_CHUNKS: {name: build_textbook(read_policy(name), folder / Path(name).stem) for name in names},
        E5_CHUNKS: {name: build_textbook(read_policy(name), folder / f"e5-{Path(name).stem}", NANO) for name in names},
    }
    ours = tuple(_ask(one, library, keep_policy(one, library)) for one in asked)
    others = {name: tuple(_find(one, by_file[one.file]) for one in asked) for name, by_file in finders.items()}
    found = Comparison(cases, ours, others)
    answerable = found.among(cases, lambda question: bool(question.answers))
    silent = found.among(cases, lambda question: not question.answers)
    across = f"{cases}, in another language than the file"
    figures = [_share(part, f"hit@{depth}", answerable, partial(_hits_within, depth)) for depth in (1, DEPTH)]
    groups = [
        (answerable, silent),
        (answerable.among(across, _is_asked_across), silent.among(across, _is_asked_across)),
    ]
    for answered, unanswered in groups:
        figures.append(_share(part, f"hit@{DEPTH}", answered, _hits, E5_CHUNKS))
        figures.append(_share(part, "answerable ones declined", answered, _declined))
        figures.append(_share(part, "unanswerable ones declined", unanswered, _declined))
    return figures


def _figures_beside_papers(questions: Sequence[Question], names: Sequence[str], folder: Path) -> list[Figure]:
    """Of the guide's questions, where some school papers stand beside it; beside each figure that without them."""
    part, cases = "guide beside school papers", "own"
    alone, beside = Library(folder / "alone"), Library(folder / "beside")
    for library in (alone, beside):
        library.add(GUIDE)
    for name in names:
        beside.add(Path(str(files("evals") / "cases" / name)))
    ours = tuple(_ask(one, beside) for one in questions)
    found = Comparison(cases, ours, {GUIDE_ALONE: tuple(_ask(one, alone) for one in questions)})
    answerable = found.among(cases, lambda question: bool(question.answers))
    silent = found.among(cases, lambda question: not question.answers and not question.answered_by)
    answered_by = found.among("own, answered by a paper", lambda question: bool(question.answered_by))
    figures = [
        _share(part, f"hit@{depth}", answerable, partial(_hits_within, depth), GUIDE_ALONE) for depth in (1, DEPTH)
    ]
    figures += [
        _share(part, "answerable ones declined", group, _declined, GUIDE_ALONE) for group in (answerable, answered_by)
    ]
    return [*figures, _share(part, "unanswerable ones declined", silent, _declined, GUIDE_ALONE)]


def _ask(question: Question, library: Library, workspace: str = DEFAULT_WORKSPACE) -> Outcome:
    answer = answer_question(question.text, library, k=DEPTH, workspace=workspace)
    return Outcome(
        question,
        find_rank(question, [one.quote for one in answer.citations]),
        declined=not answer.answered,
        in_section=sum(one.section in question.sections for one in answer.citations),
        cited=len(answer.citations),
        confidence=library.search(question.text, DEPTH, workspace).confidence,
    )


def _find(question: Question, find: Find) -> Outcome:
    chunks = find(question.text, DEPTH)
    return Outcome(question, find_rank(question, chunks), declined=not chunks, cited=len(chunks))


def _is_in(languages: Sequence[str], question: Question) -> bool:
    return question.language in languages


def _is_asked_across(question: Question) -> bool:
    return f"_{question.language}." not in question.file


def _hits(outcome: Outcome) -> bool:
    return outcome.rank > 0


def _hits_within(depth: int, outcome: Outcome) -> bool:
    return 0 < outcome.rank <= depth


def _declined(outcome: Outcome) -> bool:
    return outcome.declined


def _share(
    part: str, measured: str, found: Comparison, holds: Callable[[Outcome], bool], baseline: str = MINILM_CHUNKS
) -> Figure:
    n = max(1, len(found.ours))
    hits, theirs = sum(map(holds, found.ours)), sum(map(holds, found.baselines[baseline]))
    interval = wilson_interval(hits, len(found.ours))
    return Figure(part, measured, found.cases, len(found.ours), hits / n, *interval, baseline, theirs / n)


def _mean_reciprocal_rank(part: str, found: Comparison, baseline: str) -> Figure:
    ours, theirs = [one.rank for one in found.ours], [one.rank for one in found.baselines[baseline]]
    interval = bootstrap_interval(ours, _reciprocal)
    return Figure(part, "MRR", found.cases, len(ours), _reciprocal(ours), *interval, baseline, _reciprocal(theirs))


def _citation_precision(part: str, found: Comparison) -> Figure:
    """The share of what is cited that stands in a section that answers, beside that of blind draws."""
    pairs = [(one.in_section, one.cited) for one in found.ours]
    share = _share_in_section(pairs)
    low, high = bootstrap_interval(pairs, _share_in_section)
    blind = (
        sum(len(one.question.sections) for one in found.ours) / max(1, len(found.ours)) / 17
    )  # sections of the guide
    return Figure(
        part, "citations in a section that answers", found.cases, len(pairs), share, low, high, "blind", blind
    )


def _share_in_section(pairs: Sequence[tuple[int, int]]) -> float:
    return sum(inside for inside, _ in pairs) / max(1, sum(cited for _, cited in pairs))


def _reciprocal(ranks: Sequence[int]) -> float:
    return sum(1 / rank for rank in ranks if rank) / max(1, len(ranks))


if __name__ == "__main__":
    if sys.argv[1:] == ["--fit"]:
        from evals.fit_retrieval import fit_weights

        fit_weights()
    else:
        print(format_table(measure()))
