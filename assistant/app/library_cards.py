"""The library's documents and an answer with its quotations, on the screen."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from assistant.app.adding import Underway
from assistant.app.wiring import buttons_html
from assistant.app.workplace import Say
from knowledge.phrasebook import load_phrases
from knowledge.typesetting import keep_html_together

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation
    from knowledge.library.accounts import AddedDocument, ListedDocument

DIGEST = "digest"  # the library's id for Askwhy's own digest of the guide


def documents_html(documents: Sequence["ListedDocument"], underway: Sequence[Underway] = (), *, say: Say) -> str:
    """The papers on their way with a button to cancel each, then the documents with a button to remove each."""
    coming = [one for one in underway if not one.document]
    if not documents and not coming:
        return (
            f'<div class="aw-empty"><h3>{escape(say("papers_empty"))}</h3>'
            f"<p>{escape(say('papers_empty_lead'))}</p></div>"
        )
    prepared = {one.document: one for one in underway if one.document}
    rows = "".join(
        f'<tr><td>{escape(one.name)}{_reading_html(one, say)}</td><td>–</td><td>–</td><td><button type="button" '
        f'class="aw-link" data-act="cancel" data-value="{escape(one.ticket)}" '
        f'aria-label="{escape(say("cancel_one", name=one.name))}">{escape(say("cancel"))}</button></td></tr>'
        for one in coming
    )
    rows += "".join(
        f"<tr><td>{escape(one.name)}{_state_html(one, prepared.get(one.id), say)}</td><td>{one.pages or '–'}</td>"
        f'<td>{one.passages}</td><td><button type="button" class="aw-link" data-act="remove" '
        f'data-value="{escape(one.id)}" data-confirm="{escape(say("remove_sure", name=one.name))}" '
        f'aria-label="{escape(say("remove_one", name=one.name))}">{escape(say("remove"))}</button></td></tr>'
        for one in documents
    )
    heads = "".join(f"<th>{escape(say(name))}</th>" for name in ("document", "pages", "passages"))
    return f'<table class="aw-table"><thead><tr>{heads}<th></th></tr></thead><tbody>{rows}</tbody></table>'


def _reading_html(paper: Underway, say: Say) -> str:
    if not paper.total:
        return f"<br><small>{escape(say('waiting'))}</small>"
    return f"<br><small>{escape(say('reading', done=paper.done, total=paper.total))}</small>{_bar_html(paper)}"


def _state_html(document: "ListedDocument", paper: Underway | None, say: Say) -> str:
    """How far a document is from being found by its meaning too; nothing once it is."""
    if document.complete:
        return ""
    if paper is None or not paper.total:
        return f"<br><small>{escape(say('already'))}</small>"
    told = say("already_so_far", done=paper.done, total=paper.total)
    return f"<br><small>{escape(told)}</small>{_bar_html(paper)}"


def _bar_html(paper: Underway) -> str:
    return f'<progress max="{paper.total}" value="{paper.done}" aria-label="{escape(paper.name)}"></progress>'


def added_html(added: Sequence["AddedDocument"], say: Say) -> str:
    """What became of each file."""
    return "".join(
        f'<p class="{"aw-fault" if one.status == "failed" else "aw-done"}" role="status">{_added_line(one, say)}</p>'
        for one in added
    )


def answer_html(answer: "Answer") -> str:
    """An answer, what is to be known of it, each passage it rests on, then what one might ask next."""
    say = partial(load_phrases(answer.language).say, "page")
    told = "".join(f"<p>{escape(part)}</p>" for part in answer.lead.split("\n\n"))
    cited = "".join(citation_html(one, say) for one in answer.citations)
    sources = f"<h4>{escape(say('stands'))}</h4>{cited}" if cited else ""
    follow_ups = buttons_html("ask", answer.follow_ups)
    further = f"<h4>{escape(say('ask_next'))}</h4>{follow_ups}" if follow_ups else ""
    note = f'<p class="aw-note" role="status">{escape(answer.note)}</p>' if answer.note else ""
    kind = "aw-answer" if answer.answered else "aw-answer aw-declined"
    answered = keep_html_together(f"{note}{told}{sources}{further}", answer.language)
    return f'<div class="{kind}"><h3>{escape(answer.question)}</h3>{answered}</div>'


def citation_html(citation: "Citation", say: Say) -> str:
    """A quotation with its document, section and page."""
    place = say("section_page" if citation.section else "page_alone", section=citation.section, page=citation.page)
    ours = "guide_place" if citation.document == DIGEST else "paper_place"
    source = say(ours, place=place, title=citation.title)
    return (
        f'<figure class="aw-cite"><blockquote>{escape(citation.quote)}</blockquote>'
        f"<figcaption>{escape(source)}</figcaption></figure>"
    )


def question_empty_html(say: Say) -> str:
    """What stands where the answer will be: questions to begin with."""
    questions = [say(f"ask_{about}") for about in ("number", "writers", "worth")]
    return f'<div class="aw-empty"><p>{escape(say("you_could_ask"))}</p>{buttons_html("ask", questions)}</div>'


def _added_line(one: "AddedDocument", say: Say) -> str:
    if one.status == "failed":
        return escape(one.message)
    return escape(f"{one.name}: {say(one.status)}. {one.message}".strip())
