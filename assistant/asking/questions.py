"""The questions of a talk: one function for each thing that can be open, which puts it and says what can be pressed."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.composition import state_aim
from assistant.asking.conversation import (
    KeptGoal,
    Talk,
    count_wordings,
    find_chain,
    find_missing,
    list_set,
    word_goal,
)
from assistant.asking.talking import choose_fresh, join, put, voice_of
from assistant.asking.why import shorten
from knowledge.lexicon import load_lexicon
from knowledge.rulebook import load_rules
from knowledge.steps import load_steps

MANY_GOALS, MOST_GOALS = 6, 8  # guide 4.4: five to six, certainly no more than eight
_FEWEST_ALIKE = 3
_ONLY_MOBILITY = "goals-only-mobility"
_MOBILITY = ("student_mobility", "staff_mobility")
_BEYOND_MOBILITY = ("curricula", "at_home", "projects", "staff_competences", "partnerships", "lifelong_skills")
_CLIMBING = ("unsure", "skip", "park", "stop")
_FILLING = ("unsure", "skip", "stop")


def ask_for_goal(talk: Talk, told: str) -> Talk:
    """Which goal is next; from nothing, the journey is on offer, and on the journey its next step."""
    question = choose_fresh(talk, "ask_goal_1", "ask_goal_2", "ask_goal_3")
    replies = ("step",) if talk.step else ("journey",) if not talk.goals else ()
    return put(replace(talk, current=None), told, "goal", question, replies)


def ask_for_sentence(talk: Talk) -> Talk:
    """What should be different, where a goal was expected and something else came."""
    replies = ("step",) if talk.step else ("journey",) if not talk.goals else ()
    return put(talk, "", "goal", choose_fresh(talk, "ask_sentence", "ask_goal_2", "ask_goal_3"), replies)


def ask_why(talk: Talk, goal: KeptGoal, told: str) -> Talk:
    """The ladder's next question, or a way out where it has asked five times."""
    question = find_chain(goal).next_question
    if question is None:
        stuck = voice_of(talk)["no_reason"].format(goal=shorten(goal.text))
        return put(talk, told, "stuck", stuck, ("park", "edit", "next"))
    return put(talk, told, "why", question, _CLIMBING)


def ask_part(talk: Talk, goal: KeptGoal, told: str) -> Talk:
    """The first of the parts that are missing; once more, with help, where the manager did not know."""
    part = find_missing(goal)[0]
    name = f"hint_{part}" if part in goal.hinted else f"ask_{part}"
    core = state_aim(find_chain(goal).true_goal or goal.original, goal.language)
    return put(talk, told, "fill", voice_of(talk)[name].format(goal=shorten(core)), _FILLING)


def offer(talk: Talk, goal: KeptGoal, told: str) -> Talk:
    """The goal as it is worded now: accept, edit, another wording, or the next goal."""
    voice = voice_of(talk)
    worded = find_chain(goal).done and not goal.edited
    name = ("offer_other" if goal.worded else "offer") if worded else "edited" if goal.edited else "stopped"
    question = voice[name].format(text=goal.text, goal=goal.text)
    other = ("other",) if has_other_wording(goal) else ()
    return put(talk, told, "offer", question, ("accept", "edit", *other, "next"))


def word_anew(goal: KeptGoal) -> str:
    """The goal's text in the wording that is on offer."""
    return word_goal(goal, goal.worded).text if find_chain(goal).done and not goal.edited else goal.text


def has_other_wording(goal: KeptGoal) -> bool:
    """Whether there is a wording that was not offered yet."""
    return find_chain(goal).done and not goal.edited and goal.worded + 1 < count_wordings(goal)


def ask_how(talk: Talk, goal: KeptGoal, told: str) -> Talk:
    """How the goal would be reached; after each step, what else."""
    voice = voice_of(talk)
    if goal.actions:
        name = "ask_how_more" if talk.phase == "how" else "ask_how_else"
        question = voice[name].format(words=shorten(goal.actions[-1].text))
    else:
        question = voice["ask_how"].format(goal=shorten(goal.original))
    return put(talk, told, "how", question, ("enough", "unsure", "skip"))


def ask_about_set(talk: Talk, told: str) -> Talk | None:
    """The one question that the accepted goals raise together (guide 4.4); None where they raise none that is new."""
    goals = list_set(talk)
    voice, count = voice_of(talk), len(goals)
    if count > MANY_GOALS and f"many {count}" not in talk.settled:
        name = "too_many" if count > MOST_GOALS else "many"
        question = join(number(goals), voice[name].format(count=count))
        replies = ("rank", "next")
        talk = replace(talk, settled=(*talk.settled, f"many {count}"), current=None)
        return put(talk, told, "set", question, replies)
    if count >= _FEWEST_ALIKE and "mobility" not in talk.settled and _speaks_of_mobility_alone(goals):
        rule = next(rule for rule in load_rules() if rule.id == _ONLY_MOBILITY)
        question = join(rule.wording.message(talk.language).format(count=count), rule.wording.question(talk.language))
        talk = replace(talk, settled=(*talk.settled, "mobility"), current=None)
        return put(talk, told, "goal", question, ("next",))
    return None


def ask_rank(talk: Talk, told: str) -> Talk:
    """Which goals would be kept, in order."""
    return put(talk, told, "rank", join(number(list_set(talk)), voice_of(talk)["ask_rank"]), ("next",))


def ask_step(talk: Talk, told: str) -> Talk:
    """The open question of the step of the journey; at a step's first question, what the step is for."""
    voice, steps = voice_of(talk), load_steps(talk.language)
    step = steps[talk.step - 1]
    opening = voice["step_opened"].format(
        number=step.number, count=len(steps), title=step.title, purpose=step.purpose, tool=step.tool
    )
    question = step.questions[talk.place]
    told = join(told and f"{told}\n", f"{opening}\n") if talk.place == 0 else told
    replies = ("skip", "step", *(("previous",) if step.number > 1 else ()), "where")
    return put(replace(talk, current=None), told, "step", question, replies)


def number(goals: Sequence[KeptGoal]) -> str:
    """The goals in a row, each with the number by which it can be named."""
    return " ".join(f"({place}) {shorten(goal.text)}." for place, goal in enumerate(goals, start=1))


def _speaks_of_mobility_alone(goals: Sequence[KeptGoal]) -> bool:
    """Whether every goal is about sending or receiving people."""
    return all(_touches(goal, _MOBILITY) and not _touches(goal, _BEYOND_MOBILITY) for goal in goals)


def _touches(goal: KeptGoal, topics: Sequence[str]) -> bool:
    patterns = load_lexicon(goal.language).topics
    return any(patterns[topic].search(goal.original) for topic in topics)
