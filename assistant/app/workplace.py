"""What the pages work with: the settings, and the library and the dialogue, opened when first needed.

Opening them loads a language model and a database, which takes seconds; the page is on the screen before that.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from assistant.app.adding import Adding
from assistant.settings import Settings
from assistant.speaking.speaker import open_speaker
from knowledge.faults import AskwhyError
from knowledge.lexicon import DEFAULT_LANGUAGE
from knowledge.library.identity import DEFAULT_WORKSPACE
from knowledge.phrasebook import load_phrases
from knowledge.telling import tell_fault

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.asking.conversation import Source
    from assistant.asking.dialogue import Dialogue
    from assistant.domain import Critique
    from assistant.following.register import Register
    from assistant.reviewing.annotation import Original
    from assistant.reviewing.diary import Diary
    from assistant.reviewing.talked import Talked
    from knowledge.library.holdings import Library

Say = Callable[..., str]  # a phrase of the page by its name, with what fills its holes
CRITIQUES_KEPT = 50
LAST_WORDS = 10  # seconds that a turn under way is waited for at the end
ORIGINAL_KEPT = 5_000_000  # bytes


class Workplace:
    """One running app's library, dialogue and latest critiques; threads may share it.

    Args:
        settings: where the data folder is, and which model embeds.
        workspace: whose papers, talks and decisions; those of others are not seen.
    """

    def __init__(self, settings: Settings, workspace: str = DEFAULT_WORKSPACE) -> None:
        """Open nothing yet."""
        self.settings = settings
        self.workspace = workspace
        self._opening = threading.RLock()
        self._talking = threading.Condition()
        self._talks = 0
        self._exits = ExitStack()
        self._library: Library | None = None
        self._dialogue: Dialogue | None = None
        self._critiques: OrderedDict[str, Critique] = OrderedDict()
        self._originals: dict[str, Original] = {}
        self._talked: dict[str, Talked | None] = {}
        self._warming = threading.Event()
        self.speaker = open_speaker(settings, os.environ)
        self.adding = Adding(self.library, settings.log, workspace, settings.language)

    def say(self, name: str, /, **holes: object) -> str:
        """A phrase of the page around talks and critiques, in the page's language."""
        return load_phrases(self.settings.language).say("page", name, **holes)

    def tell(self, fault: AskwhyError) -> str:
        """The one line of a fault, in the page's language."""
        return tell_fault(fault, self.settings.language)

    def library(self) -> "Library":
        """The library of the data folder; what it raises on opening is raised again at the next call.

        Raises:
            NoSpace, ForeignData, BadInput: as `Library` does.
        """
        with self._opening:
            if self._library is None:
                from knowledge.library.holdings import Library
                from knowledge.library.reranking import open_reranker

                settings = self.settings
                self._library = Library(
                    settings.data,
                    settings.embeddings,
                    chroma=settings.chroma,
                    limits=settings.limits,
                    reranker=open_reranker(settings.reranker),
                )
            return self._library

    @contextmanager
    def dialogue(self) -> Iterator["Dialogue"]:
        """The dialogue of the data folder; it takes its turns one by one, and while a model words a question, others.

        Raises:
            NoSpace, ForeignData: as opening the data folder does.
        """
        with self._talking:
            if self._dialogue is None:
                self._dialogue = self._exits.enter_context(self._open_dialogue())
            dialogue = self._dialogue
            self._talks += 1
        try:
            yield dialogue
        finally:
            with self._talking:
                self._talks -= 1
                self._talking.notify_all()

    def _open_dialogue(self) -> "AbstractContextManager[Dialogue]":
        from assistant.asking.dialogue import open_dialogue

        settings, voice = self.settings, None
        if self.speaker is not None:
            from assistant.speaking.question import ModelVoice

            voice = ModelVoice(self.speaker)
        return open_dialogue(
            settings.data,
            self.answer,
            voice,
            look_up=self.look_up,
            workspace=self.workspace,
            database=settings.database,
        )

    def answer(self, question: str, language: str | None = None) -> "Answer":
        """The answer to a question from the guide and the workspace's papers."""
        from assistant.answer import answer_question

        word_lead = None
        if self.speaker is not None:
            from assistant.speaking.cited import LeadWriter

            word_lead = LeadWriter(self.speaker)
        return answer_question(
            question, self.library(), workspace=self.workspace, language=language, word_lead=word_lead
        )

    def look_up(self, text: str, language: str) -> "tuple[Source, ...]":
        """The sentences of the workspace's papers that have words of a text, for what it rests on."""
        from assistant.asking.passing import quote_sentences

        return quote_sentences(self.library().find_words(text, language, workspace=self.workspace))

    def warm_up(self) -> None:
        """Begin, once, to load behind the page what the first critique and the first question need."""
        if not self._warming.is_set():
            self._warming.set()
            threading.Thread(target=self._load, name="warm-up", daemon=True).start()

    def keep(self, visitor: str, critique: "Critique", original: "Original | None" = None) -> None:
        """Remember a visitor's latest critique in memory, so that a reload shows it again; a small file's bytes too."""
        with self._opening:
            self._critiques[visitor] = critique
            self._critiques.move_to_end(visitor)
            self._originals.pop(visitor, None)
            if original is not None and len(original.data) <= ORIGINAL_KEPT:
                self._originals[visitor] = original
            while len(self._critiques) > CRITIQUES_KEPT:
                gone, _ = self._critiques.popitem(last=False)
                self._originals.pop(gone, None)
                self._talked.pop(gone, None)

    def original(self, visitor: str) -> "Original | None":
        """The file of the visitor's latest critique, or None where it is not kept."""
        return self._originals.get(visitor)

    def diary(self) -> "Diary":
        """The workspace's decision diary."""
        from assistant.reviewing.diary import Diary

        return Diary(self.settings.data, self.workspace, database=self.settings.database)

    def register(self) -> "Register":
        """The workspace's register of what it follows."""
        from assistant.following.register import Register

        return Register(self.settings.data, self.workspace, database=self.settings.database)

    def latest(self, visitor: str) -> "Critique | None":
        """The visitor's latest critique, or None where there is none any more."""
        return self._critiques.get(visitor)

    def gather_talked(self, visitor: str, found: "Critique") -> "Talked | None":
        """What talks about the goals of a visitor's critique came to, remembered as what its files say."""
        talked = self._look_talked_up(found)
        self._talked[visitor] = talked
        return talked

    def has_talked_on(self, visitor: str) -> bool:
        """Whether a talk about the goals of the visitor's latest critique has come to something else since."""
        found = self.latest(visitor)
        return found is not None and self._look_talked_up(found) != self._talked.get(visitor)

    def _look_talked_up(self, found: "Critique") -> "Talked | None":
        from assistant.asking.harvest import gather

        with suppress(AskwhyError), self.dialogue() as dialogue:  # told on the page of the talks, where they fail
            return gather(dialogue, [goal.statement for goal in found.strategy.goals], found.language)
        return None

    def forget(self) -> None:
        """Forget every visitor's critique."""
        with self._opening:
            self._critiques.clear()
            self._originals.clear()
            self._talked.clear()

    def close(self) -> None:
        """End what is being added, and close the dialogue's database."""
        self.adding.close()
        with self._talking:
            self._talking.wait_for(lambda: not self._talks, timeout=LAST_WORDS)
            self._exits.close()
            self._dialogue = None

    def _load(self) -> None:
        from assistant.example import read_example
        from assistant.reviewing.critique import critique
        from knowledge.reading.isolation import prepare_to_read

        prepare_to_read()
        if self.speaker is not None:
            self.speaker.warm_up()
        with suppress(AskwhyError, OSError):  # raised again, and told, where the manager needs what did not load
            critique(read_example())
            self.library().warm_up()
            self.library().find_words("", DEFAULT_LANGUAGE, workspace=self.workspace)  # lays out what there is to quote
            self.library().complete(self.workspace)  # what an earlier run left undone
