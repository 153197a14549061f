"""What the tests of the command line share: a goal, a plan, and what is one line."""

GOAL = "Our apprentice cooks handle complaints in Swedish, so that the ferry kitchens find staff close to home."
PLAN = """# Strategy for international work 2026-2030

## Operating environment

The ferry lines around our town look for cooks who can talk with guests from Sweden.

## Vision

By the end of the period our kitchens are known on both shores.

## Goals

- Our apprentice cooks handle complaints in Swedish, so that the ferry kitchens find staff close to home.
- Teachers bring dishes and habits of partner schools into their lessons, because guests ask for them.

## Action plan

The head of the kitchen department books two study visits a year and reports in June.
"""


def one_line(text: str) -> bool:
    return text.endswith("\n") and text.count("\n") == 1
