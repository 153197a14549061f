"""A voice may change the words of the open question, and nothing else of the dialogue."""

import dataclasses
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.asking.climbing import take_goals
from assistant.asking.dialogue import open_dialogue
from assistant.asking.keeping import from_plain, to_plain
from assistant.asking.moves import begin
from assistant.asking.voicing import Asked, Show, find_asked, reword
from assistant.origin import Origin, Worded

ORIGIN = Origin("scripted", "none", "why", hashlib.sha256(b"why").hexdigest())
GOAL = "We want more of our apprentices to work abroad for a while."
NEED = "The hotels on the coast cannot find staff who speak languages."


@dataclass
class Scripted:
    """A voice that says what it is told to, and remembers what it was asked."""

    words: list[str | None]
    asked: list[Asked] = field(default_factory=list)
    before: Callable[[], object] = lambda: None

    def word_question(self, asked: Asked, show: Show) -> Worded | None:
        self.asked.append(asked)
        self.before()
        said = self.words[min(len(self.asked), len(self.words)) - 1]
        if said is None:
            return None
        for end in range(1, len(said) + 1):
            show(said[:end])
        return Worded(said, ORIGIN)


def test_the_open_question_is_put_in_the_voices_words_and_kept_with_their_origin(tmp_path: Path) -> None:
    voice, shown = Scripted(["And what is that for?"]), list[str]()
    with open_dialogue(tmp_path, voice=voice) as dialogue:
        dialogue.start("one")
        said = dialogue.say("one", GOAL, shown.append)
    assert said.turns[-1].text.endswith("And what is that for?")
    assert said.turns[-1].origin == ORIGIN
    assert shown[-1] == "And what is that for?"
    assert voice.asked[0].question not in said.turns[-1].text
    with open_dialogue(tmp_path) as again:
        assert again.load("one") == said


def test_the_ladder_is_the_same_with_any_voice(tmp_path: Path) -> None:
    messages = (GOAL, "to become more independent", "What is a vision?", NEED, "Accept")
    with open_dialogue(tmp_path / "a") as plain, open_dialogue(tmp_path / "b", voice=Scripted(["Why?"])) as voiced:
        for message in messages:
            ours, theirs = plain.say("one", message), voiced.say("one", message)
            assert theirs.goals == ours.goals
            assert theirs.quick_replies == ours.quick_replies
            assert len(theirs.turns) == len(ours.turns)


def test_a_voice_is_asked_for_why_alone_and_told_what_was_said(tmp_path: Path) -> None:
    voice = Scripted([None])
    with open_dialogue(tmp_path, voice=voice) as dialogue:
        for message in (GOAL, "to become more independent", NEED, "Accept"):
            dialogue.say("one", message)
    assert [asked.answers for asked in voice.asked] == [(), ("to become more independent",)]
    assert voice.asked[0].goal == GOAL
    assert any(voice.asked[0].question in earlier for earlier in voice.asked[1].earlier)


def test_a_voice_without_words_leaves_ours(tmp_path: Path) -> None:
    with open_dialogue(tmp_path / "a") as plain, open_dialogue(tmp_path / "b", voice=Scripted([None])) as voiced:
        assert voiced.say("one", GOAL) == plain.say("one", GOAL)


def test_words_that_come_when_the_talk_has_gone_on_are_dropped(tmp_path: Path) -> None:
    voice = Scripted(["Too late?", None])
    with open_dialogue(tmp_path, voice=voice) as dialogue:
        dialogue.start("one")
        voice.before = lambda: voice.before is None or _answer_once(voice, lambda: dialogue.say("one", NEED))
        said = dialogue.say("one", GOAL)
    assert said.goals[0].state == "reformulated"
    assert not any("Too late?" in turn.text for turn in said.turns)


def _answer_once(voice: Scripted, answer: Callable[[], object]) -> None:
    voice.before = lambda: None
    answer()


def test_a_conversation_removed_while_the_voice_speaks_stays_removed(tmp_path: Path) -> None:
    voice = Scripted(["Why?"])
    with open_dialogue(tmp_path, voice=voice) as dialogue:
        voice.before = lambda: dialogue.remove("one")
        dialogue.say("one", GOAL)
        assert dialogue.load("one") is None


def test_a_question_is_worded_once(tmp_path: Path) -> None:
    voice = Scripted(["Why?"])
    with open_dialogue(tmp_path, voice=voice) as dialogue:
        dialogue.say("one", GOAL)
        dialogue.start("one")
        dialogue.load("one")
    assert len(voice.asked) == 1


@given(st.text(min_size=1).filter(str.strip))
@settings(deadline=None)
def test_rewording_changes_the_last_turn_alone(words: str) -> None:
    talk = take_goals(begin("en"), [GOAL])
    asked = find_asked(talk)
    assert asked is not None
    reworded = reword(talk, asked, Worded(words, ORIGIN))
    assert reworded.turns[:-1] == talk.turns[:-1]
    assert dataclasses.replace(reworded, turns=talk.turns, asked=talk.asked) == talk
    assert from_plain(to_plain(reworded)) == reworded


PARTS = ("provider", "model", "prompt", "digest")


@given(st.sampled_from(PARTS), st.sampled_from(["", " ", "\n"]))
@settings(deadline=None)
def test_no_words_of_a_model_without_their_origin(part: str, empty: str) -> None:
    with pytest.raises(ValueError, match=part):
        dataclasses.replace(ORIGIN, **{part: empty})


@given(st.text().filter(lambda text: len(text) != 64 and text.strip()))
@settings(deadline=None)
def test_a_digest_is_one(digest: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        dataclasses.replace(ORIGIN, digest=digest)
