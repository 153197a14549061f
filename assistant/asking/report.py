"""What a talk has come to, as one page to keep or to print: the goals, what they rest on, their tree, and the notes."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from assistant.asking.drawing import draw_tree
from assistant.asking.showing import Conversation, GoalCard
from knowledge.lexicon import load_lexicon
from knowledge.phrasebook import load_phrases
from knowledge.steps import load_steps

_LEFT_OUT = {"parked", "merged"}
_STYLE = (
    "body{font:17px/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c}"
    "blockquote{margin:.5rem 0;padding:.3rem 1rem;border-left:3px solid #0d5c63;background:#f5f1e8}"
    "svg{max-width:100%;height:auto;break-inside:avoid}section{break-inside:avoid}h1,h2,h3{font-family:sans-serif}"
)


def render_talk(conversation: Conversation) -> str:
    """The talk as one HTML page in its own language, without scripts and without anything from elsewhere.

    Goals that were put aside are left out; every word of the manager's and of a document's is escaped.
    """
    language = conversation.language
    voice = load_lexicon(language).voice
    title = load_phrases(language).say("elements", "goals")
    goals = [goal for goal in conversation.goals if goal.state not in _LEFT_OUT]
    tree = f"<h2>{escape(voice['tree_title'])}</h2>{draw_tree(conversation.tree, language)}" if goals else ""
    body = "".join([*(_goal_html(goal, language) for goal in goals), tree, *_notes_html(conversation)])
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>{body}</body></html>"
    )


def _goal_html(goal: GoalCard, language: str) -> str:
    """A goal with its reason, what that rests on, its parts and its steps, and what a model said of it, as its own."""
    voice = load_lexicon(language).voice
    lines = [voice[f"label_{name}"].format(words=text) for name, text in goal.parts]
    if goal.reason and goal.chain is not None:
        value = goal.chain.steps[-1].answer_class == "value_or_mission"
        lines.insert(0, f"{voice['node_value' if value else 'node_need']}: {goal.reason}")
    lines += [f"{voice['node_action']}: {action.text}" for action in goal.actions]
    lines += [f"{load_phrases(language).say('parts', 'beside')}: {words}" for words in goal.asides]
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    grounds = "".join(
        f"<p>{escape(voice['rests_on'].format(title=one.title))} ({one.page})</p>"
        f"<blockquote>{escape(one.quote)}</blockquote>"
        for one in goal.grounds
    )
    modelled = "".join(_model_html(goal, language))
    return f"<section><blockquote>{escape(goal.text)}</blockquote>{modelled}<ul>{listed}</ul>{grounds}</section>"


def _model_html(goal: GoalCard, language: str) -> Iterator[str]:
    """That a model worded the goal, and its summary with the answers that it numbers."""
    if goal.origin is not None:
        told = load_phrases(language).say("refine", "taken_over", model=f"{goal.origin.provider}:{goal.origin.model}")
        yield f"<p>{escape(told)}</p>"
    if goal.summary is not None:
        who, voice = goal.summary.origin, load_lexicon(language).voice
        told = voice["summed"].format(model=f"{who.provider}:{who.model}", text=goal.summary.text)
        answers = "".join(f"<li>{escape(step.answer)}</li>" for step in (goal.chain.steps if goal.chain else ()))
        yield f"<p>{escape(told)}</p><ol>{answers}</ol>"


def _notes_html(conversation: Conversation) -> Iterator[str]:
    steps = load_steps(conversation.language)
    ordered = sorted(conversation.notes, key=lambda note: (note.step, note.place))
    for number, notes in groupby(ordered, key=lambda note: note.step):
        step = steps[number - 1]
        said = "".join(f"<p>{escape(step.questions[one.place])} <b>{escape(one.text)}</b></p>" for one in notes)
        yield f"<section><h2>{number}. {escape(step.title)}</h2>{said}</section>"
