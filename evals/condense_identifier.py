"""Condenses py3langid's model to what tells Latin scripts apart: `python -m evals.condense_identifier`.

It writes knowledge/trained/languages.npz. py3langid walks an automaton over a text's bytes, whose states are the byte
strings of up to six that it knows; here each state is its string, packed into one number, so that the automaton's 39 MB
are not needed: the state at a place is the longest such string that ends there. States and languages of other scripts
than Latin are left out, and what a string says for a language is kept in eight bits, a twentieth of a nat each.
"""

from collections import deque
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TARGET = Path(__file__).parents[1] / "knowledge" / "trained" / "languages.npz"
STEPS = 255  # that eight bits can tell apart
# Bytes that begin or make up letters of other scripts in UTF-8: Greek to the last of two bytes, then all of three but
# U+1000–U+2FFF, where Vietnamese letters and punctuation are, then all of four.
OTHER_SCRIPTS = frozenset({*range(0xCE, 0xE1), *range(0xE3, 0x100)})


def main() -> None:
    """Write the condensed model."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    rows = np.asarray(whole.tk_nextmove).reshape(-1, 256)[np.asarray(whole.tk_row)]
    told = np.asarray(whole.nb_ptc, np.float32)
    strings = _strings(rows)
    latin = {state: string for state, string in strings.items() if OTHER_SCRIPTS.isdisjoint(string)}
    features = np.asarray(whole.tk_output)
    inside = sorted({int(features[state]) for state in latin if features[state] >= 0})
    outside = sorted({int(features[state]) for state in strings if features[state] >= 0} - set(inside))
    # A language of another script finds more of itself in the strings that were left out.
    ours = np.flatnonzero(np.exp(told[inside]).sum(0) > np.exp(told[outside]).sum(0))
    place = {feature: number for number, feature in enumerate(inside)}
    pairs = sorted((_packed(string), place.get(int(features[state]), -1)) for state, string in latin.items())
    kept = told[inside][:, ours]
    least, step = float(kept.min()), float(np.ptp(kept)) / STEPS
    np.savez_compressed(
        TARGET,
        source=np.array(f"py3langid=={version('py3langid')}"),
        languages=np.array([whole.nb_classes[one] for one in ours]),
        strings=np.array([string for string, _ in pairs], np.uint64),
        features=np.array([feature for _, feature in pairs], np.int32),
        weights=np.rint((kept - least) / step).astype(np.uint8),
        scale=np.array([least, step], np.float32),
        prior=np.asarray(whole.nb_pc, np.float32)[ours],
    )
    print(f"{len(pairs)} strings, {len(ours)} languages, {TARGET.stat().st_size / 1e6:.1f} MB")


def _strings(rows: NDArray[np.uint32]) -> dict[int, bytes]:
    """The shortest string that leads to each state but the first."""
    found = {0: b""}
    queue = deque([0])
    while queue:
        state = queue.popleft()
        for byte in np.flatnonzero(rows[state]):
            after = int(rows[state, byte])
            if after not in found:
                found[after] = found[state] + bytes([byte])
                queue.append(after)
    del found[0]
    return found


def _packed(string: bytes) -> int:
    """A string of up to seven bytes as one number, a 1 before it: so no two strings of any lengths share one."""
    return int.from_bytes(b"\x01" + string, "big")


if __name__ == "__main__":
    main()
