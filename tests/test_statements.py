"""The data card of the labelled statements says what there is."""

from collections import Counter
from pathlib import Path

from knowledge.labelled import KINDS, load_labelled
from knowledge.lexicon import LANGUAGES

CARD = Path(__file__).parents[1] / "knowledge" / "statements" / "README.md"


def count_statements() -> str:
    """The card's table: how many statements of each kind there are, by language."""
    counts = Counter((one.language, one.kind) for one in load_labelled())
    rows = [
        (language, [sum(counts[each, kind] for each in languages) for kind in KINDS])
        for language, languages in [*((one, (one,)) for one in LANGUAGES), ("all", LANGUAGES)]
    ]
    return "\n".join(
        [
            f"| language | {' | '.join(KINDS)} | all |",
            f"|---|{'---:|' * (len(KINDS) + 1)}",
            *(f"| {name} | {' | '.join(map(str, row))} | {sum(row)} |" for name, row in rows),
        ]
    )


def test_the_data_card_counts_the_statements_that_ship() -> None:
    _, _, rest = CARD.read_text(encoding="utf-8").partition("<!-- counts -->\n")
    assert rest.partition("\n<!-- /counts -->")[0] == count_statements(), "the card is to say:\n" + count_statements()
