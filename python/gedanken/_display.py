"""How things look in a notebook: a page in a frame of its own, so that its style stays with it."""

from __future__ import annotations

from html import escape
from typing import Any


def framed(page: str, height: int = 640) -> str:
    """A page as an element that a notebook shows."""
    style = f"width:100%;height:{height}px;border:1px solid #8884;border-radius:6px;background:#fff"
    return f'<iframe srcdoc="{escape(page)}" sandbox="allow-same-origin" style="{style}"></iframe>'


def facts(title: str, rows: list[tuple[str, Any]]) -> str:
    """A small table of names and values."""
    cells = "".join(f"<tr><th style='text-align:left'>{escape(n)}</th><td>{escape(str(v))}</td></tr>" for n, v in rows)
    return f"<table><caption>{escape(title)}</caption>{cells}</table>"
