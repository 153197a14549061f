"""What tests of the dialogue say, and how they read what is answered."""

from collections.abc import Callable
from functools import partial
from itertools import count

from assistant.asking.dialogue import Dialogue
from assistant.asking.planning import plan_goal
from assistant.asking.showing import Conversation

GOAL = "We want more of our apprentices to work abroad for a while."
NEED = "The hotels on the coast cannot find staff who speak languages."
COUNTED = {
    "en": "60 apprentices can talk to guests in German.",
    "fi": "60 opiskelijaa osaa palvella asiakkaita saksaksi.",
    "da": "60 lærlinge kan tale med gæster på tysk.",
    "nl": "60 leerlingen kunnen met gasten Duits spreken.",
    "de": "60 Auszubildende können mit Gästen Englisch sprechen.",
    "hu": "60 tanuló tud németül beszélni a vendégekkel.",
    "fr": "60 apprentis savent parler allemand avec les clients.",
    "es": "60 alumnos saben hablar alemán con los clientes.",
    "it": "60 studenti sanno parlare tedesco con gli ospiti.",
}
# A reason for each of the goals above.
REASONS = {
    "en": "The hotels on the coast cannot find staff who speak German.",
    "fi": "Rannikon hotellit eivät löydä saksaa osaavaa väkeä.",
    "da": "Hotellerne kan ikke finde folk, der taler tysk.",
    "nl": "De hotels vinden geen mensen die Duits spreken.",
    "de": "Die Hotels finden niemanden, der Englisch kann.",
    "hu": "A szállodák nem találnak németül beszélő embert.",
    "fr": "La moitié de nos clients ne parlent que l'allemand.",
    "es": "Los hoteles no encuentran personal que hable alemán.",
    "it": "Gli alberghi non trovano personale che parli tedesco.",
}
names = count()  # for conversations that no other test has

Talker = Callable[..., Conversation]


def last(conversation: Conversation) -> str:
    """What was said last."""
    return conversation.turns[-1].text


def hold_talk(dialogue: Dialogue, name: str, *messages: str) -> Conversation:
    """What came of a conversation in which these messages were said."""
    talked = dialogue.start(name)
    for message in messages:
        talked = dialogue.say(name, message)
    return talked


def begin_planning(dialogue: Dialogue) -> str:
    """The id of a conversation with two goals that have two steps each."""
    name = f"tree {next(names)}"
    dialogue.start(name)
    dialogue.take_goals(name, [GOAL, "Our teachers speak better English."])
    for goal in ("g1", "g2"):
        dialogue.change(name, partial(plan_goal, goal_id=goal))
        for step in ("first", "second"):
            dialogue.say(name, f"{step} step of {goal}")
    return name


def begin(dialogue: Dialogue, language: str, *goals: str) -> str:
    """The id of a conversation in a language that these goals were taken to."""
    name = f"heard {next(names)}"
    dialogue.start(name, language)
    dialogue.take_goals(name, goals)
    return name


def answers(conversation: Conversation) -> int:
    """How many answers the first goal of a conversation has."""
    chain = conversation.goals[0].chain
    return len(chain.steps) if chain else 0
