"""Taking back: each turn leaves a mark of where the talk stood before it, and the last mark can be gone back to."""

from dataclasses import replace

from assistant.asking.conversation import Point, Talk
from assistant.asking.talking import go_on, tell, voice_of

MOST_BACK = 20


def mark(before: Talk, after: Talk) -> Talk:
    """`after` with a mark of where the talk stood, unless the turn between changed nothing but the words said."""
    point = _point(before, after)
    if point == _point(after, after):
        return after
    return replace(after, past=(*after.past, point)[-MOST_BACK:])


def go_back(talk: Talk, _: str) -> Talk:
    """Take back the last turn that changed something; what was said stays on the page."""
    if not talk.past:
        return go_on(talk, voice_of(talk)["nothing_to_undo"])
    *past, point = talk.past
    kept = {goal.id: goal for goal in (*talk.goals, *point.changed)}
    back = replace(
        talk,
        language=point.language,
        goals=tuple(kept[goal_id] for goal_id in point.order),
        current=point.current,
        phase=point.phase,
        asked=point.asked,
        replies=point.replies,
        step=point.step,
        place=point.place,
        notes=talk.notes[: point.notes],
        settled=talk.settled[: point.settled],
        past=tuple(past),
    )
    voice = voice_of(back)
    return tell(back, f"{voice['undone']} {voice['back'].format(question=back.asked)}")


def _point(before: Talk, after: Talk) -> Point:
    there = set(after.goals)
    return Point(
        language=before.language,
        changed=tuple(goal for goal in before.goals if goal not in there),
        order=tuple(goal.id for goal in before.goals),
        current=before.current,
        phase=before.phase,
        asked=before.asked,
        replies=before.replies,
        step=before.step,
        place=before.place,
        notes=len(before.notes),
        settled=len(before.settled),
    )
