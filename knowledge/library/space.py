"""What all vectors of a model share is taken out of them, so that what is left tells texts apart.

Vectors of small models lie in a narrow cone: every question is rather like every text, and a few texts are near to
everything. Taking away the mean and the main directions of the cone ("all but the top", Mu and Viswanath 2018) undoes
much of it, most of all between languages. The cone is measured on the digest's own vectors, for any model alike.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
ITERATIONS = 100
SHARED_DIRECTIONS = 3  # of 0, 1, 2, 3, 4 and 8, those that found most in all languages together


@dataclass(frozen=True, slots=True)
class Space:
    """The cone of a model: the mean of its question vectors, the mean of its text vectors, their main directions."""

    question_mean: Numbers
    text_mean: Numbers
    directions: Numbers

    def of_questions(self, vectors: Numbers) -> Numbers:
        """Question vectors, one a row, without what they share; of length 1."""
        return self._without_shared(vectors - self.question_mean)

    def of_texts(self, vectors: Numbers) -> Numbers:
        """Text vectors, one a row, without what they share; of length 1."""
        return self._without_shared(vectors - self.text_mean)

    def moved(self, question: Numbers, text: Numbers) -> "Space":
        """The same cone elsewhere, as in another language: its means moved by these vectors."""
        return Space(self.question_mean + question, self.text_mean + text, self.directions)

    def probe(self, question: Numbers) -> Numbers:
        """The vector whose likeness with texts as they are stored is that of a question with texts in this space.

        It ranks texts as their cosine here would, but for their lengths.
        """
        probe: Numbers = self.of_questions(question[None, :])[0]
        return probe

    def _without_shared(self, centred: Numbers) -> Numbers:
        rest = centred - centred @ self.directions.T @ self.directions
        unit: Numbers = rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-9)
        return unit


def measure_space(questions: Numbers, texts: Numbers) -> Space:
    """The cone in which a model's vectors lie.

    Args:
        questions: vectors of questions, one a row.
        texts: vectors of texts.
    """
    question_mean, text_mean = questions.mean(axis=0), texts.mean(axis=0)
    centred = np.concatenate([questions - question_mean, texts - text_mean])
    return Space(question_mean, text_mean, _main_directions(centred.T @ centred))


def _main_directions(spread: Numbers) -> Numbers:
    """The subspace of the largest eigenvalues, by iteration: a whole decomposition takes a second on a busy machine."""
    basis = spread[:, :SHARED_DIRECTIONS]
    for _ in range(ITERATIONS):
        basis, _ = np.linalg.qr(spread @ basis)
    return basis.T
