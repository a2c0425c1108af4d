"""The graph as one self-contained HTML page, to be opened in any browser without a network.

The page holds its style, its script and the data; a content security policy forbids everything else. Data reach the
page as JSON only, and the script shows them as text only: whatever a document is named, it never becomes markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

PAGE = Path(__file__).with_name("page")
#: In the order of their use: together they are one module, so that nothing of theirs is global.
SCRIPTS = ("words", "model", "camera", "style", "labels", "axis", "draw", "panel", "filters", "search", "page")


def write_html(view: Mapping[str, Any], path: Path, language: str = "vi") -> None:
    """Write ``view`` (nodes and edges with their places in both layouts) as one page to ``path``.

    ``language`` (``vi`` or ``en``) is that of the words of the page, not of the data. Raises ``OSError`` if ``path``
    cannot be written.
    """
    style = (PAGE / "page.css").read_text(encoding="utf-8")
    script = "\n".join((PAGE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    page = Template((PAGE / "page.html").read_text(encoding="utf-8")).substitute(
        language=language,
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'",
        style=style,
        script=script,
        data=_embedded(view),
    )
    # A file name may hold bytes that are no text (PEP 383): they become question marks, the page is still written.
    path.write_bytes(page.encode("utf-8", "replace"))


def _hash(source: str) -> str:
    """The CSP source expression that allows exactly this inline text (CSP Level 3, section 8.4)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _embedded(view: Mapping[str, Any]) -> str:
    """``view`` as JSON that cannot end the script element it stands in (HTML, section 4.12.1.3)."""
    return json.dumps(view, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
