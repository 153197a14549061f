"""A model's words on the command line, where one is set up: one answer at a time, with what became of it."""

import os
from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.speaking.speaker import Speaker, open_speaker
from assistant.speaking.telling import tell_refusals
from knowledge.faults import BadInput
from knowledge.identification import identify_language
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES

if TYPE_CHECKING:
    from assistant.answer import WordLead
    from assistant.chain import WhyChain
    from assistant.origin import Origin


def speaker_for(options: Namespace, settings: Settings) -> Speaker | None:
    """The model of the settings; None where there is none, and in a batch: a line a call would take hours."""
    return open_speaker(settings, os.environ) if options.batch is None else None


def speaker_asked_for(options: Namespace, settings: Settings) -> Speaker | None:
    """The model where --model asks for it; None where it does not.

    Raises:
        BadInput: where it does, and there is no model, or there is a batch.
    """
    if not options.model:
        return None
    if settings.model is None:
        raise BadInput("--model", "no language model is set up", "Set ASKWHY_MODEL, or leave --model out.")
    if options.batch is not None:
        raise BadInput("--model", "a batch asks no language model", "Leave --model out, or name one file.")
    return open_speaker(settings, os.environ)


def lead_writer(speaker: Speaker | None) -> "WordLead | None":
    """What words an answer's lead; None where there is no model."""
    if speaker is None:
        return None
    from assistant.speaking.cited import LeadWriter

    return LeadWriter(speaker)


def word_next(speaker: Speaker | None, chain: "WhyChain", language: str | None) -> "tuple[WhyChain, Origin | None]":
    """The ladder with its next question in the model's words and where they come from; as it is where they fail."""
    if speaker is None or chain.next_question is None:
        return chain, None
    from assistant.asking.voicing import Asked, hear_out
    from assistant.speaking.question import ModelVoice

    answers = tuple(step.answer for step in chain.steps)
    found = language or identify_language(" ".join([chain.goal, *answers]))
    asked = Asked(
        question=chain.next_question,
        language=found if found in LANGUAGES else DEFAULT_LANGUAGE,
        goal=chain.goal,
        answers=answers,
        earlier=tuple(step.question for step in chain.steps),
    )
    worded = hear_out(ModelVoice(speaker).word_question(asked))
    return (replace(chain, next_question=worded.text), worded.origin) if worded else (chain, None)


def told(speaker: Speaker | None) -> tuple[str, ...]:
    """The lines for standard error: the fault, or why the model's words were not shown."""
    return tell_refusals(speaker.standing()) if speaker else ()
