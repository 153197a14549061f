"""The same functions for other programs, over MCP: each takes text and gives the contract's JSON object."""

import json
from collections.abc import Callable
from html import escape

import gradio as gr
from gradio.events import api

from assistant.app.wiring import Recorded
from assistant.app.workplace import Workplace
from assistant.reviewing.record import critique_json, goal_json
from assistant.schema import JsonObject, answer_json, indicators_json, why_json
from knowledge.faults import AskwhyError


def offer_tools(workplace: Workplace) -> None:
    """Put the tools on the page that is being built; they are on no tab."""

    def judge_goal(text: str, context: str = "") -> str:
        """Say what one statement of a strategy is, which parts of a goal it has, and what it lacks.

        Args:
            text: the statement.
            context: the heading or lead-in line above it, "" for none.
        """
        from assistant.reviewing.critique import judge_goal as judge

        return _answer(workplace, lambda: goal_json(judge(text, context=context)))

    def ask_why(goal: str, answers: list[str]) -> str:
        """Climb from a goal through the answers to "why?" until one is a reason; else give the next question.

        Args:
            goal: the goal as it was first written.
            answers: the answers so far, the first first.
        """
        from assistant.asking.why import climb

        return _answer(workplace, lambda: why_json(climb(goal, answers)))

    def criticise_strategy(text: str, name: str = "strategy.md") -> str:
        """Read a whole strategy and remark on it, each remark with its quotation and the guide's section.

        Args:
            text: the whole strategy, plain or Markdown.
            name: what to call it.
        """
        from assistant.reviewing.critique import critique
        from knowledge.reading.files import read_bytes

        def criticise() -> JsonObject:
            data = text.encode("utf-8", "replace")
            return critique_json(critique(read_bytes(data, name, limits=workplace.settings.limits)))

        return _answer(workplace, criticise)

    def propose_indicators(goal: str, most: int = 5) -> str:
        """Propose indicators for a goal; baseline and target stay empty.

        Args:
            goal: the goal.
            most: how many at most.
        """
        from assistant.indicators import propose

        return _answer(workplace, lambda: indicators_json(goal, propose(goal, k=most)))

    def ask_guide(question: str) -> str:
        """Answer a question from the guide and the school's own papers, each citation word for word.

        Args:
            question: in any of Askwhy's languages.
        """
        return _answer(workplace, lambda: answer_json(workplace.answer(question)))

    for tool in (judge_goal, ask_why, criticise_strategy, propose_indicators, ask_guide):
        api(tool, api_name=tool.__name__)


def _answer(workplace: Workplace, work: Callable[[], JsonObject]) -> str:
    """What `work` gives, as JSON; a fault reaches the other program as its one line."""
    with Recorded(workplace.settings.log):
        try:
            return json.dumps(work(), ensure_ascii=False)
        except AskwhyError as fault:
            raise gr.Error(escape(str(fault)), print_exception=False) from fault
