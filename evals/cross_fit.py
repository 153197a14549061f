"""Questions of one hand as the search sees them with directions learnt from all others: what the search is fitted to.

With directions learnt from a question itself that question is found too easily, and the fit would believe in them too
much.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evals.fit_directions import learn, read_examples
from knowledge.library.directions import Directions
from knowledge.library.embeddings import NANO, open_embeddings
from knowledge.library.holdings import Library
from knowledge.library.keys import DIGEST_LANGUAGE, HANDS
from knowledge.library.signals import Signals, read_signals

EVERY = 3  # each how manyth question of a hand is taken


@dataclass(frozen=True, slots=True)
class Taught:
    """What was measured of a question, and the places on the shelf that bear out its entry."""

    hand: str
    entry: int
    signals: Signals
    answering: tuple[int, ...]


def read_taught(library: Library, workspace: str, every: int = EVERY) -> Iterator[Taught]:
    """The hands' questions, asked of a workspace that holds the guide."""
    examples = read_examples(open_embeddings(NANO))
    for hand in HANDS:
        means, entries = learn(examples.without(hand))
        directions, own = Directions(means[DIGEST_LANGUAGE], entries), examples.of(hand)
        for one, states in list(zip(own.each, own.states, strict=True))[::every]:
            held, likeness, _ = library.compare(one.text, workspace, DIGEST_LANGUAGE)
            likeness = replace(likeness, learnt=directions.compare(states))
            signals = read_signals(one.text, DIGEST_LANGUAGE, held.shelf, held.papers, likeness)
            answering = [number for number, place in enumerate(held.shelf.places) if one.entry in place.entries]
            yield Taught(hand, one.entry, signals, tuple(answering))
