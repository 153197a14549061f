"""Other wordings of a goal, where the manager asks for them: from the manager's words alone, checked like all else."""

from collections.abc import Sequence

from assistant.origin import Worded
from assistant.speaking.checks import Ground, Objection, find_objections, find_strange_words
from assistant.speaking.speaker import Speaker, Task
from assistant.speaking.structured import MOST_WORDINGS, read_wordings, wordings_schema
from knowledge.faults import ModelFault
from knowledge.lexicon import load_lexicon

PROMPT = "alternatives"
MOST_TOKENS = 400
MORE_WORDS = 15  # than the wording has


def suggest(speaker: Speaker, wording: str, answers: Sequence[str], language: str) -> tuple[Worded, ...]:
    """Up to three other wordings of a goal; none where the model fails, or says nothing that the checks let pass.

    To be called only where the manager asks for suggestions: feedback comes before them.

    Args:
        speaker: the model.
        wording: the goal as it is worded now.
        answers: what the manager said about it, the first goal among it.
        language: the code of the goal's language.
    """
    if speaker.is_resting():
        return ()
    task = Task(
        prompt=PROMPT,
        words={"language": load_lexicon(language).name, "most": str(MOST_WORDINGS)},
        data={"wording": wording, "answers": tuple(answers) or (wording,)},
        most_tokens=MOST_TOKENS,
        schema=wordings_schema(),
    )
    try:
        wordings = speaker.read(task, lambda answer: read_wordings(answer, speaker.who))
    except ModelFault:
        return ()  # counted and kept for the page by the speaker
    ground = Ground(language, (wording, *answers), len(wording.split()) + MORE_WORDS)
    kept = []
    for one in dict.fromkeys(wordings):
        objections = _find_objections(one, wording, ground)
        if objections:
            speaker.tally.note_cut(objections)
        else:
            kept.append(Worded(one, speaker.origin(PROMPT)))
    if kept:
        speaker.tally.note_shown()
    else:
        speaker.tally.note_refused(("empty",))
    return tuple(kept)


def _find_objections(text: str, wording: str, ground: Ground) -> tuple[Objection, ...]:
    """What there is against `text` in place of `wording`; here no word may come from nowhere, whatever it says."""
    if text.casefold() == wording.casefold():
        return ("repeated",)
    return find_objections(text, ground) or (("word",) if find_strange_words(text, ground) else ())
