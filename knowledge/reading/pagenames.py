"""Page numbers as a person says them."""

from collections.abc import Sequence
from itertools import groupby


def name_pages(numbers: Sequence[int], one: str = "was", several: str = "were") -> str:
    """Pages and a verb for them, `one` for a single page: "Page 3 was", "Pages 1–3 and 7 were"."""
    ranges: list[str] = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        ranges.append(f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}")
    if len(numbers) == 1:
        return f"Page {ranges[0]} {one}"
    said = ranges[0] if len(ranges) == 1 else f"{', '.join(ranges[:-1])} and {ranges[-1]}"
    return f"Pages {said} {several}"
