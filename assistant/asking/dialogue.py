"""The dialogue: a graph of moves, its state kept in SQLite after every turn, so that it goes on where it was left.

A message is heard (hearing.py), which chooses the one move that answers it (moves.py). LangGraph keeps
the state; it is loaded when a dialogue is opened, and nowhere else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from assistant.asking import climbing
from assistant.asking.checkpoints import Checkpoints, open_checkpoints
from assistant.asking.conversation import Source, Stated, Talk, Turn
from assistant.asking.hearing import hear
from assistant.asking.keeping import foreign, from_plain, to_plain
from assistant.asking.moves import MOVES, Move, begin
from assistant.asking.passing import Ask, LookUp, answer_in_passing, rest_reasons
from assistant.asking.showing import Conversation, has_moved_on, show
from assistant.asking.undoing import go_back, mark
from assistant.asking.voicing import Voice, consult, has_work, say_so_far
from assistant.asking.why import shorten
from assistant.chain import AnswerClass
from assistant.judging.judge import MOST_WORDS
from knowledge.identification import identify_language
from knowledge.lexicon import DEFAULT_LANGUAGE, load_lexicon
from knowledge.library.identity import DEFAULT_WORKSPACE

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig
    from langgraph.checkpoint.base import BaseCheckpointSaver
    from langgraph.graph.state import CompiledStateGraph

_BETWEEN = "\x1f"  # parts a workspace from a conversation's id, and stands in neither
_QUESTION = "question"
_DAMAGE = (ValueError, TypeError, KeyError, IndexError, NotImplementedError)


class State(TypedDict):
    """What the graph keeps: the talk as plain values, and the message being answered."""

    talk: dict[str, Any]
    message: str


class Listed(NamedTuple):
    """A conversation in the list: its first goal as the title ("" before there is one), and when it last moved on."""

    id: str
    title: str
    last_activity: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The conversations of one workspace; made by `open_dialogue`. Several threads may use it."""

    kept: Checkpoints
    graph: "CompiledStateGraph[State]"
    voice: Voice | None = None
    workspace: str = DEFAULT_WORKSPACE
    look_up: LookUp | None = None

    def start(self, conversation_id: str, language: str = DEFAULT_LANGUAGE) -> Conversation:
        """Begin a conversation in `language`, or go on with the one of that id as it stands."""
        with self.kept.turn(self._thread(conversation_id)):
            talk = self._read(conversation_id) or self._write(conversation_id, begin(language))
            return self._show(talk, conversation_id)

    def say(self, conversation_id: str, text: str, *, seen: int | None = None) -> Conversation:
        """Hear a manager's message and answer it; a conversation not yet begun begins in English.

        `seen` is how many turns the manager had on the screen, or None: a message to a talk that has moved on
        meanwhile changes nothing.
        """
        *_, last = self.saying(conversation_id, text, seen=seen)
        return last

    def saying(self, conversation_id: str, text: str, *, seen: int | None = None) -> Iterator[Conversation]:
        """As `say`; where a voice is asked, the conversation each time it has said more, marked as a draft."""
        with self.kept.turn(self._thread(conversation_id)):
            talk = self._read(conversation_id) or begin(DEFAULT_LANGUAGE)
            moved_on = has_moved_on(talk, seen)
            if not moved_on:
                heard = shorten(text) if len(text.split()) > MOST_WORDS else text.strip()
                talk = replace(talk, turns=(*talk.turns, Turn("manager", heard)), wish="")
                state: State = {"talk": to_plain(talk), "message": text}
                left = self.graph.invoke(state, self._config(conversation_id), durability="exit")
                self.kept.prune(self._thread(conversation_id))
                talk = from_plain(left["talk"])
        yield from self._voicing(conversation_id, talk, moved_on=moved_on)

    def load(self, conversation_id: str) -> Conversation | None:
        """The conversation as it stands; None where there is none of that id."""
        talk = self.recall(conversation_id)
        return self._show(talk, conversation_id) if talk else None

    def recall(self, conversation_id: str) -> Talk | None:
        """What is kept of a conversation; None where there is none of that id."""
        with self.kept.turn(self._thread(conversation_id)):
            return self._read(conversation_id)

    def conversations(self) -> tuple[Listed, ...]:
        """Every conversation of the workspace, the one that moved on last first."""
        with self.kept.turn(self._thread("")):
            found = (self._own(thread) for thread in self.kept.threads())
            listed = [self._describe(one) for one in found if one is not None]
            return tuple(sorted(listed, key=lambda one: one.last_activity, reverse=True))

    def take_goals(
        self,
        conversation_id: str,
        texts: Sequence[str],
        elements: Sequence[Source] = (),
        stated: Mapping[str, Stated] = climbing.NOTHING_STATED,
    ) -> Conversation:
        """Put the goals of an uploaded strategy into the list; those already there are left out.

        `elements` are passages of that strategy that a reason may rest on, `stated` is what it says beside a goal, by
        the goal's text.
        """
        return self.change(conversation_id, partial(climbing.take_goals, texts=texts, elements=elements, stated=stated))

    def take_up(self, conversation_id: str, goal_id: str) -> Conversation:
        """Go on with a goal of the list.

        Raises:
            KeyError: where the conversation has no goal of that id.
        """
        return self.change(conversation_id, lambda talk: climbing.choose_goal(_holding(talk, goal_id), goal_id))

    def overrule(self, conversation_id: str, goal_id: str, place: int, answer_class: AnswerClass) -> Conversation:
        """Read the answer at `place` (from 0) of a goal's ladder as the manager reads it.

        Raises:
            KeyError: where the conversation has no goal of that id.
        """
        return self.change(
            conversation_id, lambda talk: climbing.overrule(_holding(talk, goal_id), goal_id, place, answer_class)
        )

    def change(self, conversation_id: str, change: Callable[[Talk], Talk], *, seen: int | None = None) -> Conversation:
        """Change a conversation otherwise than by a message: a press beside a goal, or in the tree.

        `seen` is how many turns were on the screen, or None: a press on what has moved on meanwhile changes nothing.

        Raises:
            KeyError: where `change` names a goal or a step that is not there.
        """
        *_, last = self.changing(conversation_id, change, seen=seen)
        return last

    def changing(
        self, conversation_id: str, change: Callable[[Talk], Talk], *, seen: int | None = None
    ) -> Iterator[Conversation]:
        """As `change`, given as by `saying`."""
        with self.kept.turn(self._thread(conversation_id)):
            talk = self._read(conversation_id) or begin(DEFAULT_LANGUAGE)
            moved_on = has_moved_on(talk, seen)
            if not moved_on:
                before = replace(talk, wish="")
                talk = self._write(conversation_id, _settle(before, change(before), self.look_up))
        yield from self._voicing(conversation_id, talk, moved_on=moved_on)

    def undo(self, conversation_id: str, *, seen: int | None = None) -> Conversation:
        """Take back the last turn or press that changed something; `seen` as in `change`."""
        with self.kept.turn(self._thread(conversation_id)):
            talk = self._read(conversation_id) or begin(DEFAULT_LANGUAGE)
            moved_on = has_moved_on(talk, seen)
            left = talk if moved_on else self._write(conversation_id, go_back(talk, ""))
            return self._show(left, conversation_id, moved_on=moved_on)

    def remove(self, conversation_id: str) -> None:
        """Forget a conversation and all that was said in it."""
        with self.kept.turn(self._thread(conversation_id)):
            self.kept.forget(self._thread(conversation_id))

    def _voicing(self, conversation_id: str, talk: Talk, *, moved_on: bool) -> Iterator[Conversation]:
        """The talk, kept already, as a voice is asked about it and at last; nobody waits for that but the asker."""
        if self.voice is None or moved_on or not has_work(talk):
            yield self._show(talk, conversation_id, moved_on=moved_on)
            return
        words, consulting = "", consult(self.voice, talk)
        try:
            while True:
                yield self._show(say_so_far(talk, words), conversation_id)
                words = next(consulting)
        except StopIteration as end:
            change: Callable[[Talk], Talk] = end.value
        with self.kept.turn(self._thread(conversation_id)):
            now = self._read(conversation_id)
            left = change(now or talk)
            if now is not None and left != now:
                self._write(conversation_id, left)
        yield self._show(left, conversation_id)

    def _show(self, talk: Talk, conversation_id: str, *, moved_on: bool = False) -> Conversation:
        return show(talk, conversation_id, voiced=self.voice is not None, moved_on=moved_on)

    def _read(self, conversation_id: str) -> Talk | None:
        try:
            kept = self.kept.saver.get_tuple(self._config(conversation_id))
            plain = kept.checkpoint["channel_values"]["talk"] if kept else None
        except _DAMAGE as error:
            raise foreign(f"{self.kept.name} is damaged") from error
        return from_plain(plain) if plain is not None else None

    def _write(self, conversation_id: str, talk: Talk) -> Talk:
        self.graph.update_state(self._config(conversation_id), {"talk": to_plain(talk), "message": ""}, as_node="hear")
        self.kept.prune(self._thread(conversation_id))
        return talk

    def _describe(self, conversation_id: str) -> Listed:
        kept = self.kept.saver.get_tuple(self._config(conversation_id))
        talk = self._read(conversation_id)
        title = shorten(talk.goals[0].original) if talk and talk.goals else ""
        return Listed(conversation_id, title, kept.checkpoint["ts"] if kept else "")

    def _thread(self, conversation_id: str) -> str:
        """What the checkpoints call a conversation: those of the usual workspace go by their ids alone."""
        inside = "" if self.workspace == DEFAULT_WORKSPACE else f"{self.workspace}{_BETWEEN}"
        return f"{inside}{conversation_id}"

    def _own(self, thread: str) -> str | None:
        """The id of a conversation of this workspace; None for one of another."""
        workspace, between, conversation_id = thread.partition(_BETWEEN)
        if not between:
            return thread if self.workspace == DEFAULT_WORKSPACE else None
        return conversation_id if workspace == self.workspace else None

    def _config(self, conversation_id: str) -> "RunnableConfig":
        return {"configurable": {"thread_id": self._thread(conversation_id), "checkpoint_ns": ""}}


@contextmanager
def open_dialogue(
    folder: Path,
    ask: Ask | None = None,
    voice: Voice | None = None,
    *,
    look_up: LookUp | None = None,
    workspace: str = DEFAULT_WORKSPACE,
    database: str | None = None,
) -> Iterator[Dialogue]:
    """Open the conversations kept in `folder`, which is made where it is not there.

    Args:
        folder: the data folder.
        ask: answers a question about the guide or the library in passing, given the question and the language.
        voice: words the open question anew (assistant/asking/voicing.py); None for ours alone.
        look_up: gives passages that a reason may rest on; None for none.
        workspace: whose conversations; those of others are not seen.
        database: the URL of a PostgreSQL database that keeps them instead of the folder.

    Raises:
        ForeignData: where the file is damaged, or was written by a later version.
        NoSpace: where the folder cannot be written to, or the disk is full.
        LibraryFault: where the database server does not answer.
    """
    with open_checkpoints(folder, database) as kept:
        # What tells languages apart takes seconds to load: here, so that the first goal need not wait for it.
        identify_language(load_lexicon(DEFAULT_LANGUAGE).voice["greeting"])
        yield Dialogue(kept, _build(kept.saver, ask, look_up), voice, workspace, look_up)


def _build(saver: "BaseCheckpointSaver[Any]", ask: Ask | None, look_up: LookUp | None) -> "CompiledStateGraph[State]":
    """The graph: hearing chooses the move, the move ends the turn."""
    from langgraph.graph import END, START, StateGraph

    moves: Mapping[str, Move] = {**dict(MOVES.items()), _QUESTION: partial(answer_in_passing, ask=ask)}
    graph = StateGraph(State)
    graph.add_node("hear", lambda state: {"message": state["message"]})
    graph.add_edge(START, "hear")
    graph.add_conditional_edges("hear", lambda state: hear(from_plain(state["talk"]), state["message"]), list(moves))
    for name, move in moves.items():
        graph.add_node(name, partial(_move, move, look_up))
        graph.add_edge(name, END)
    return graph.compile(checkpointer=saver)


def _move(move: Move, look_up: LookUp | None, state: State) -> Mapping[str, Any]:
    before = from_plain(state["talk"])
    after = move(before, state["message"])
    return {"talk": to_plain(after if move is go_back else _settle(before, after, look_up)), "message": ""}


def _settle(before: Talk, after: Talk, look_up: LookUp | None) -> Talk:
    """`after` with a mark to go back to, with what its reasons rest on, and without wordings of an earlier question."""
    if (after.asked, after.current) != (before.asked, before.current):
        after = replace(after, suggested=())
    return rest_reasons(before, mark(before, after), look_up)


def _holding(talk: Talk, goal_id: str) -> Talk:
    if all(goal.id != goal_id for goal in talk.goals):
        raise KeyError(goal_id)
    return talk
