"""How the page looks: Gradio's components in the colours and sizes of `style.css`, and our own HTML in it."""

from importlib.resources import files
from typing import Any

import gradio as gr

INK, INK_DARK = "#1f2a30", "#eceae4"
SOFT, SOFT_DARK = "#55626b", "#a9b3b6"
PAPER, PAPER_DARK = "#faf8f4", "#171c1e"
CARD, CARD_DARK = "#ffffff", "#1f2629"
LINE, LINE_DARK = "#d8d2c6", "#3b464b"
ACCENT, ACCENT_DARK = "#1d5c58", "#7cc7bf"
DEEPER, DEEPER_DARK = "#164845", "#9bd8d1"


def theme() -> gr.themes.Base:
    """Large and quiet, in a font that comes with Gradio: nothing is fetched from elsewhere."""
    base = gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        secondary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        text_size=gr.themes.sizes.text_lg,
        radius_size=gr.themes.sizes.radius_lg,
        font=(gr.themes.LocalFont("Source Sans Pro", weights=(400, 700)), "system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),
    )
    return base.set(
        body_background_fill=PAPER,
        body_background_fill_dark=PAPER_DARK,
        body_text_color=INK,
        body_text_color_dark=INK_DARK,
        background_fill_primary=CARD,
        background_fill_primary_dark=CARD_DARK,
        background_fill_secondary=PAPER,
        background_fill_secondary_dark=PAPER_DARK,
        block_background_fill=CARD,
        block_background_fill_dark=CARD_DARK,
        block_border_color=LINE,
        block_border_color_dark=LINE_DARK,
        block_label_background_fill=CARD,
        block_label_background_fill_dark=CARD_DARK,
        block_label_text_color=INK,
        block_label_text_color_dark=INK_DARK,
        block_title_text_color=INK,
        block_title_text_color_dark=INK_DARK,
        block_title_text_weight="700",
        border_color_primary=LINE,
        border_color_primary_dark=LINE_DARK,
        input_background_fill=CARD,
        input_background_fill_dark=PAPER_DARK,
        input_border_color=LINE,
        input_border_color_dark=LINE_DARK,
        input_border_color_focus=ACCENT,
        input_border_color_focus_dark=ACCENT_DARK,
        input_border_width="1px",
        input_text_size="1.06rem",
        input_placeholder_color=SOFT,
        input_placeholder_color_dark=SOFT_DARK,
        color_accent=ACCENT,
        color_accent_soft="#e6f0ee",
        color_accent_soft_dark="#20403e",
        border_color_accent="#c5dcd8",
        border_color_accent_dark="#2f5653",
        border_color_accent_subdued="#c5dcd8",
        border_color_accent_subdued_dark="#2f5653",
        loader_color=ACCENT,
        loader_color_dark=ACCENT_DARK,
        button_large_text_size="1.06rem",
        button_large_text_weight="700",
        button_large_padding="0.6rem 1.2rem",
        button_small_text_size="1rem",
        button_small_text_weight="400",
        button_small_padding="0.35rem 0.8rem",
        button_primary_background_fill=ACCENT,
        button_primary_background_fill_dark=ACCENT_DARK,
        button_primary_background_fill_hover=DEEPER,
        button_primary_background_fill_hover_dark=DEEPER_DARK,
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark=PAPER_DARK,
        button_secondary_background_fill=CARD,
        button_secondary_background_fill_dark=CARD_DARK,
        button_secondary_background_fill_hover="#f1ede4",
        button_secondary_background_fill_hover_dark="#2b3438",
        button_secondary_border_color=LINE,
        button_secondary_border_color_dark=LINE_DARK,
        button_secondary_text_color=INK,
        button_secondary_text_color_dark=INK_DARK,
        button_border_width="1px",
    )


def style() -> str:
    """The page's own style sheet, for the page's head: there Gradio leaves its selectors as they are."""
    return f"<style>{(files('assistant.app') / 'style.css').read_text(encoding='utf-8')}</style>"


def html(value: str = "", *, classes: str = "", **how: Any) -> gr.HTML:
    """Our own HTML, escaped by whoever made it, in our own style alone."""
    return gr.HTML(value, apply_default_css=False, elem_classes=["aw", *classes.split()], **how)
