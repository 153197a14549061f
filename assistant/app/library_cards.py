"""The library's documents and an answer with its quotations, on the screen."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.app.adding import Underway
from assistant.app.wiring import buttons_html

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation
    from knowledge.library.accounts import AddedDocument, ListedDocument

DIGEST = "digest"  # the library's id for Askwhy's own digest of the guide
STATUS_WORDS = {
    "added": "added",
    "unchanged": "already there",
    "replaced": "put in the place of the earlier one",
    "failed": "not added",
}


def documents_html(documents: Sequence["ListedDocument"], underway: Sequence[Underway] = ()) -> str:
    """The papers on their way with a button to cancel each, then the documents with a button to remove each."""
    coming = [one for one in underway if not one.document]
    if not documents and not coming:
        return (
            '<div class="aw-empty"><h3>Nothing but the guide so far</h3><p>Answers come from Askwhy’s digest of the '
            "guide. Add the guide itself to have it quoted word for word, and your school’s own papers: the school "
            "strategy, the region’s plan, staff surveys.</p></div>"
        )
    prepared = {one.document: one for one in underway if one.document}
    rows = "".join(
        f'<tr><td>{escape(one.name)}{_reading_html(one)}</td><td>–</td><td>–</td><td><button type="button" '
        f'class="aw-link" data-act="cancel" data-value="{escape(one.ticket)}" '
        f'aria-label="Cancel adding {escape(one.name)}">Cancel</button></td></tr>'
        for one in coming
    )
    rows += "".join(
        f"<tr><td>{escape(one.name)}{_state_html(one, prepared.get(one.id))}</td><td>{one.pages or '–'}</td>"
        f'<td>{one.passages}</td><td><button type="button" class="aw-link" data-act="remove" '
        f'data-value="{escape(one.id)}" data-confirm="{escape(_REMOVE.format(name=one.name))}" '
        f'aria-label="Remove {escape(one.name)}">Remove</button></td></tr>'
        for one in documents
    )
    return (
        '<table class="aw-table"><thead><tr><th>Document</th><th>Pages</th><th>Passages</th><th></th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


_REMOVE = "Remove {name} from Askwhy? Its text and everything made of it are deleted here. Your own file stays."


def _reading_html(paper: Underway) -> str:
    if not paper.total:
        return "<br><small>waiting for its turn</small>"
    return f"<br><small>reading: {paper.done} of {paper.total} pages</small>{_bar_html(paper)}"


def _state_html(document: "ListedDocument", paper: Underway | None) -> str:
    """How far a document is from being found by its meaning too; nothing once it is."""
    if document.complete:
        return ""
    told = "<br><small>You can ask about it already. Answers get better while Askwhy works through it"
    if paper is None or not paper.total:
        return f"{told}.</small>"
    return f"{told}: {paper.done} of {paper.total} passages.</small>{_bar_html(paper)}"


def _bar_html(paper: Underway) -> str:
    return f'<progress max="{paper.total}" value="{paper.done}" aria-label="{escape(paper.name)}"></progress>'


def added_html(added: Sequence["AddedDocument"]) -> str:
    """What became of each file."""
    return "".join(
        f'<p class="{"aw-fault" if one.status == "failed" else "aw-done"}" role="status">{_added_line(one)}</p>'
        for one in added
    )


def answer_html(answer: "Answer") -> str:
    """An answer, what is to be known of it, each passage it rests on, then what one might ask next."""
    told = "".join(f"<p>{escape(part)}</p>" for part in answer.lead.split("\n\n"))
    cited = "".join(citation_html(one) for one in answer.citations)
    sources = f"<h4>Where it stands</h4>{cited}" if cited else ""
    follow_ups = buttons_html("ask", answer.follow_ups)
    further = f"<h4>You could ask next</h4>{follow_ups}" if follow_ups else ""
    note = f'<p class="aw-note" role="status">{escape(answer.note)}</p>' if answer.note else ""
    kind = "aw-answer" if answer.answered else "aw-answer aw-declined"
    return f'<div class="{kind}"><h3>{escape(answer.question)}</h3>{note}{told}{sources}{further}</div>'


def citation_html(citation: "Citation") -> str:
    """A quotation with its document, section and page."""
    place = f"section {citation.section}, page {citation.page}" if citation.section else f"page {citation.page}"
    source = f"The guide, {place}, in our words: {citation.title}"
    if citation.document != DIGEST:
        source = f"{citation.title}, {place}, word for word"
    return (
        f'<figure class="aw-cite"><blockquote>{escape(citation.quote)}</blockquote>'
        f"<figcaption>{escape(source)}</figcaption></figure>"
    )


def question_empty_html() -> str:
    """What stands where the answer will be: questions to begin with."""
    questions = (
        "How many goals should we have?",
        "Who should write the strategy?",
        "How do we know that a stay abroad was worth it?",
    )
    return f'<div class="aw-empty"><p>You could ask:</p>{buttons_html("ask", questions)}</div>'


def _added_line(one: "AddedDocument") -> str:
    if one.status == "failed":
        return escape(one.message)
    return escape(f"{one.name}: {STATUS_WORDS[one.status]}. {one.message}".strip())
