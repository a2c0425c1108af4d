"""The tree of a web page made ready for reading: what is no text goes, marks that a browser draws become words.

Nothing here knows Vietnamese; what a portal says around a document is left to :mod:`pipeline.readers.portal`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DROPPED = (
    "script, style, noscript, template, nav, footer, iframe, svg, select, button, textarea, [hidden],"
    " [role=navigation], [role=dialog], [role=search], [role=contentinfo]"
)
#: Words in the name of a class or an id of what stands around a text.
_AROUND = (
    "breadcrumb", "cookie", "social", "share-", "sidebar", "menu", "navbar", "footer", "pagination", "modal",
    "fb-comment", "related", "lienquan", "lien-quan", "binhluan", "binh-luan",
)  # fmt: skip
_NAMED = ", ".join(
    f"{tag}[{attribute}*={word} i]"
    for word in _AROUND
    for tag in ("div", "ul", "ol", "section")
    for attribute in ("class", "id")
)
#: Words of a document, and of the facts about it, that may stand in what is named like a margin.
_KEPT = re.compile(
    r"CỘNG H|CÔNG HÒA|Kính gửi|Nơi nhận|\b(?:TM|KT|TL|TUQ)\."
    r"|(?i:ngày ban hành|cơ quan ban hành|số (?:ký )?hiệu|phụ lục)"
)
#: The only styles that matter here; asking for them is much faster than reading every style.
_STYLED = ", ".join(f'[style*="{word}" i]' for word in ("none", "hidden", "mso-list", "white-space", "uppercase"))
_KEPT_LINES = re.compile(r"white-space\s*:\s*pre")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_CAPITALS = re.compile(r"text-transform\s*:\s*uppercase")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|CO|H|O)\s*$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBER = re.compile(r"[\[(]?(\d{1,3}|\*{1,3})[\])]?")
_SIGNS = frozenset("·§Øoüqvn•▪")


def prepared(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the document: ``main`` or ``article`` when most of the text is there, else the body.

    ``None`` when the page has no body (a page of frames).
    """
    for node in tree.css(_DROPPED):
        node.decompose()
    body = tree.body
    if body is None:
        return None
    size = len(body.text())
    for node in tree.css(_STYLED):
        _apply_style(node, (node.attributes.get("style") or "").lower())
    for node in tree.css(f"form, aside, {_NAMED}"):
        text = node.text()
        if len(text) < size * 0.3 and not _KEPT.search(text):
            node.decompose()
    for node in tree.css("sup"):
        _show_footnote_mark(node)
    candidates = [node for node in tree.css("main, article, [role=main]") if len(node.text()) > size * 0.6]
    return min(candidates, key=lambda node: len(node.text())) if candidates else body


def _apply_style(node: LexborNode, style: str) -> None:
    """What a style hides goes; capitals and line ends that only a style makes become real ones."""
    if "mso-list" in style:
        _show_list_mark(node, style)
    elif _HIDDEN.search(style):
        node.decompose()
    elif _KEPT_LINES.search(style) and all(inner.mem_id == node.mem_id for inner in node.css("p, div, table, li, br")):
        node.inner_html = (node.inner_html or "").strip("\n").replace("\n", "<br>")
    elif _CAPITALS.search(style):
        for inner in [one for one in node.traverse(include_text=True) if one.tag == "-text"]:
            inner.replace_with(inner.text(deep=False).upper())


def _show_list_mark(node: LexborNode, style: str) -> None:
    """Word writes number or sign of a list item into a span for viewers that know no lists; a sign becomes a dash."""
    mark = node.text().replace("\u00a0", " ").strip()
    if "ignore" in style and mark:
        node.replace_with("- " if mark in _SIGNS else f"{mark} ")


def _show_footnote_mark(node: LexborNode) -> None:
    """A raised number is the mark of a footnote, unless it is the power of a unit (``m2``); behind a number (``10⁶``,
    ``2015¹``) it may be either and stays raised, so that it changes no number."""
    number = _NUMBER.fullmatch(node.text().strip())
    if number is None:
        return
    before = node.prev
    words = before.text() if before is not None else ""
    if not words.strip():
        node.replace_with(f"[{number[1]}] ")
    elif words.rstrip()[-1].isdigit() and number[1].isdigit():
        node.replace_with(number[1].translate(_RAISED))
    elif not _UNIT.search(words):
        node.decompose()


def stated_pairs(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Names and values of the meta tags and of the JSON-LD of a page, which search engines read."""
    for node in tree.css("meta[name][content], meta[property][content], meta[itemprop][content]"):
        held = node.attributes
        yield (held.get("name") or held.get("property") or held.get("itemprop") or ""), held.get("content") or ""
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            yield from _pairs(json.loads(node.text()))
        except (ValueError, RecursionError):
            continue


def _pairs(data: object) -> Iterator[tuple[str, str]]:
    """The texts of an object of JSON-LD and of those around it, by their names."""
    entries = data if isinstance(data, list) else [data]
    for entry in (one for one in entries if isinstance(one, dict)):
        yield from _pairs(entry.get("@graph", []))
        for name, value in entry.items():
            text = value.get("name") if isinstance(value, dict) else value
            if isinstance(text, str):
                yield str(name), text
