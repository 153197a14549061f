"""A voice may change the words of the open question, and nothing else of the dialogue."""

import dataclasses
import hashlib
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.asking.climbing import take_goals
from assistant.asking.dialogue import open_dialogue
from assistant.asking.keeping import from_plain, to_plain
from assistant.asking.moves import begin
from assistant.asking.report import render_talk
from assistant.asking.voicing import Asked, find_asked, reword
from assistant.origin import Origin, Worded
from knowledge.lexicon import load_lexicon

ORIGIN = Origin("scripted", "none", "why", hashlib.sha256(b"why").hexdigest())
GOAL = "We want more of our apprentices to work abroad for a while."
VOICE = load_lexicon("en").voice
NEED = "The hotels on the coast cannot find staff who speak languages."


@dataclass
class Scripted:
    """A voice that says what it is told to, and remembers what it was asked."""

    words: list[str | None]
    asked: list[Asked] = field(default_factory=list)
    before: Callable[[], object] = lambda: None

    who: str = "scripted:none"
    wordings: tuple[str, ...] = ()
    summary: str = ""
    wished: list[tuple[object, ...]] = field(default_factory=list)

    def word_question(self, asked: Asked) -> Generator[str, None, Worded | None]:
        self.asked.append(asked)
        self.before()
        said = self.words[min(len(self.asked), len(self.words)) - 1]
        if said is None:
            return None
        for end in range(1, len(said) + 1):
            yield said[:end]
        return Worded(said, ORIGIN)

    def word_goal(self, wording: str, answers: tuple[str, ...], language: str) -> tuple[Worded, ...]:
        self.wished.append((wording, answers, language))
        return tuple(Worded(one, ORIGIN) for one in self.wordings)

    def sum_up(self, goal: str, answers: tuple[str, ...], language: str) -> Worded | None:
        self.wished.append((goal, answers, language))
        return Worded(self.summary, ORIGIN) if self.summary else None


def test_the_open_question_is_put_in_the_voices_words_and_kept_with_their_origin(tmp_path: Path) -> None:
    voice = Scripted(["And what is that for?"])
    with open_dialogue(tmp_path, voice=voice) as dialogue:
        dialogue.start("one")
        *drafts, said = dialogue.saying("one", GOAL)
    assert said.turns[-1].text.endswith("And what is that for?")
    assert said.turns[-1].origin == ORIGIN
    assert drafts[0].turns[-1].text == VOICE["drafting"]
    assert [one.turns[-1].text for one in drafts[-2:]] == [
        VOICE["drafted"].format(text=words) for words in ("And what is that for", "And what is that for?")
    ]
    assert not any(voice.asked[0].question in turn.text for one in drafts for turn in one.turns)
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


MORE = ("Hotels find our apprentices able to speak with guests.", "Our apprentices work abroad, as hotels need it.")


def test_a_models_wordings_are_on_offer_where_they_are_asked_for_and_one_press_takes_one(tmp_path: Path) -> None:
    voice = Scripted([None], wordings=MORE)
    with open_dialogue(tmp_path, voice=voice) as dialogue:
        dialogue.say("one", GOAL)
        offered = dialogue.say("one", "The hotels cannot find staff who speak languages.")
        while offered.progress.parts_left:
            offered = dialogue.say("one", "Skip")
        assert voice.wished == []
        assert VOICE["reply_other"] in offered.quick_replies
        asked = dialogue.say("one", VOICE["reply_other"])
        assert [one.text for one in asked.suggested] == list(MORE)
        assert "scripted:none" in asked.turns[-1].text
        assert asked.turns[-1].origin == ORIGIN
        assert GOAL in voice.wished[0][1]
        with open_dialogue(tmp_path / "other") as plain:
            assert plain.load("one") is None
        taken = dialogue.say("one", MORE[1])
        assert (taken.goals[0].text, taken.goals[0].state, taken.goals[0].origin) == (MORE[1], "accepted", ORIGIN)
        assert taken.suggested == ()
        dialogue.undo("one")
        assert dialogue.say("one", "anything").goals[0].text != MORE[1]


def test_a_wording_can_be_taken_by_its_number_and_editing_it_makes_it_the_managers(tmp_path: Path) -> None:
    voice = Scripted([None], wordings=MORE)
    with open_dialogue(tmp_path, voice=voice) as dialogue:
        for message in (GOAL, NEED, "Stop asking", VOICE["reply_other"], "2"):
            said = dialogue.say("one", message)
        assert said.goals[0].origin == ORIGIN
        dialogue.take_up("one", said.goals[0].id)
        dialogue.say("one", "Edit")
        assert dialogue.say("one", "Our own words about hotels abroad").goals[0].origin is None


def test_a_voice_without_other_wordings_leaves_those_made_of_the_managers_words(tmp_path: Path) -> None:
    with open_dialogue(tmp_path / "a") as plain, open_dialogue(tmp_path / "b", voice=Scripted([None])) as voiced:
        for message in (GOAL, NEED, "Stop asking", VOICE["reply_other"]):
            ours, theirs = plain.say("one", message), voiced.say("one", message)
        assert ours.turns == theirs.turns
        assert ours.goals == theirs.goals


def test_a_summary_is_told_where_it_is_asked_for_and_kept_with_the_goal(tmp_path: Path) -> None:
    summary = "Hotels find no staff with languages. [2]"
    voice = Scripted([None], summary=summary)
    with open_dialogue(tmp_path, voice=voice) as dialogue:
        for message in (GOAL, "to become more independent", NEED, "Stop asking", VOICE["reply_sum"]):
            said = dialogue.say("one", message)
        assert voice.wished == [(GOAL, ("to become more independent", NEED), "en")]
        listed, told, back = (turn.text for turn in said.turns[-3:])
        assert "(1) to become more independent. (2) The hotels" in listed
        assert summary in told
        assert "?" in back
        assert said.goals[0].summary == Worded(summary, ORIGIN)
        assert VOICE["reply_sum"] not in said.quick_replies
        page = render_talk(said)
        assert f"{summary}</p><ol><li>to become more independent</li>" in page
        assert "scripted:none" in page
        again = dialogue.load("one")
    assert again == said


def test_without_a_voice_a_summary_is_the_answers_in_order(tmp_path: Path) -> None:
    with open_dialogue(tmp_path) as dialogue:
        dialogue.say("one", GOAL)
        assert VOICE["nothing_to_sum"] in dialogue.say("one", "Sum up").turns[-1].text
        for message in ("to become more independent", NEED):
            assert VOICE["reply_sum"] not in dialogue.say("one", message).quick_replies
        assert "(1) to become more independent. (2) The hotels" in dialogue.say("one", "sum up").turns[-2].text


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
