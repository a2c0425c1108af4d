"""The graph as a picture to print on A3: time from left to right, an arrow from each document to what it cites.

Empty stretches of time are cut short, for a law of 2012 and dispatches of one month must share a sheet.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from pipeline.export.characters import shown
from pipeline.graph.layout import lanes
from pipeline.graph.view import View
from pipeline.language import Say
from pipeline.screen import vietnamese_day

#: Okabe and Ito's colours, told apart by the colour-blind too, and dashes for black and white.
STYLES: dict[str, tuple[str, str]] = {
    "implements": ("#0072b2", ""),
    "basis": ("#777777", ""),
    "guides": ("#56b4e9", ""),
    "replies_to": ("#009e73", ""),
    "amends": ("#e69f00", "7 3"),
    "replaces": ("#d55e00", "7 3"),
    "repeals": ("#d55e00", "2 3"),
    "corrects": ("#e69f00", "2 3"),
    "encloses": ("#009e73", "7 3"),
    "mentions": ("#bbbbbb", "2 3"),
}
_OTHER = ("#cc79a7", "7 3")
_FILLS = {"replaced": "#fbe3d6", "repealed": "#fbe3d6", "amended": "#fdf1d3", "not_yet": "#e8e8fb"}
_WIDTH, _HEIGHT = 1587, 1122  # A3 across at 96 dots an inch
_BOX, _TALL, _GAP, _LANE = 178, 34, 14, 58
_MARGIN, _TOP, _BELOW = 30, 84, 90
_PER_DAY, _WIDEST = 4.0, 190.0
_LETTERS = 26
_NS = "http://www.w3.org/2000/svg"


class _Box(NamedTuple):
    """Where a node is drawn."""

    x: float
    y: float


def write_svg(view: View, path: Path, say: Say) -> None:
    """Write the picture of ``view``. Raises ``OSError``."""
    starts = _columns([node["x"] for node in view["nodes"]])
    boxes = _boxes(view, starts)
    wide = max([_WIDTH, *(box.x + _BOX + _MARGIN for box in boxes)])
    low = max([_HEIGHT - _BELOW, *(box.y + _TALL + 20 for box in boxes)])
    root = _root(view["title"], wide, low + _BELOW)
    _defs(root, view)
    _axis(root, view, starts, low)
    for edge in view["edges"]:
        _arrow(root, view, edge, (boxes[edge["source"]], boxes[edge["target"]]))
    for node, box in zip(view["nodes"], boxes, strict=True):
        _node(root, node, box, say)
    _legend(root, view, (wide, low + 36))
    etree.ElementTree(root).write(str(path), encoding="utf-8", xml_declaration=True)


def _columns(days: list[float]) -> dict[float, float]:
    """Where each day stands: in proportion to time, but no emptiness wider than a box, and all on the sheet."""
    ordered = sorted(set(days))
    gaps = [min((b - a) * _PER_DAY, _WIDEST) for a, b in pairwise(ordered)]
    room = _WIDTH - 2 * _MARGIN - _BOX
    scale = min(1.0, room / (sum(gaps) or 1.0))
    found, at = {}, float(_MARGIN)
    for day, gap in zip(ordered, [*gaps, 0.0], strict=True):
        found[day] = at
        at += gap * scale
    return found


def _boxes(view: View, starts: dict[float, float]) -> list[_Box]:
    """What many cite stands in the upper lanes."""
    nodes = view["nodes"]
    order = sorted(range(len(nodes)), key=lambda n: (starts[nodes[n]["x"]], -nodes[n]["degree"], n))
    rows = lanes([starts[nodes[n]["x"]] for n in order], _BOX + _GAP)
    found = {n: _Box(starts[nodes[n]["x"]], _TOP + row * _LANE) for n, row in zip(order, rows, strict=True)}
    return [found[n] for n in range(len(nodes))]


def _root(title: str, wide: float, high: float) -> etree._Element:
    root = etree.Element(
        f"{{{_NS}}}svg", {"viewBox": f"0 0 {wide:.0f} {high:.0f}", "width": f"{wide:.0f}", "height": f"{high:.0f}"},
        nsmap={None: _NS},
    )  # fmt: skip
    root.set("font-family", "Noto Sans, DejaVu Sans, Arial, sans-serif")
    _add(root, "title").text = title
    _add(root, "rect", width="100%", height="100%", fill="#ffffff")
    _text(root, title, (_MARGIN, 36), {"font-size": "22", "font-weight": "bold"})
    return root


def _defs(root: etree._Element, view: View) -> None:
    """An arrow head in the colour of each relation."""
    defs = _add(root, "defs")
    for name in view["relations"]:
        marker = _add(defs, "marker", id=f"to-{name}", viewBox="0 0 10 10", refX="9", refY="5", markerWidth="7")
        marker.set("markerHeight", "7")
        marker.set("orient", "auto")
        _add(marker, "path", d="M0 1 L10 5 L0 9 z", fill=_style(name)[0])


def _axis(root: etree._Element, view: View, starts: dict[float, float], low: float) -> None:
    """The dates of the columns, as many as there is room for."""
    dated = {node["x"]: node["date"] for node in view["nodes"] if node["date"]}
    last = float("-inf")
    for day in sorted(dated):
        at = starts[day]
        if at - last >= 84:
            last = at
            _add(root, "line", x1=_n(at), y1="60", x2=_n(at), y2=_n(low), stroke="#e4e4e4")
            _text(root, vietnamese_day(dated[day]), (at, 56), {"font-size": "12", "fill": "#555555"})


def _arrow(root: etree._Element, view: View, edge: View, ends: tuple[_Box, _Box]) -> None:
    """A curve that leaves a box on the side of the other one."""
    source, target = ends
    y1, y2 = source.y + _TALL / 2, target.y + _TALL / 2
    if target.x + _BOX <= source.x:
        x1, x2, bend = source.x, target.x + _BOX, -1.0
    elif source.x + _BOX <= target.x:
        x1, x2, bend = source.x + _BOX, target.x, 1.0
    else:  # one above the other
        x1, x2, bend = source.x, target.x, 0.0
    reach = max(24.0, abs(x2 - x1) / 2.5)
    first, second = (x1 + bend * reach, x2 - bend * reach) if bend else (x1 - 26, x2 - 26)
    colour, dashes = _style(edge["relation"])
    path = _add(root, "path", fill="none", stroke=colour, opacity="0.85")
    path.set("d", f"M{_n(x1)} {_n(y1)} C{_n(first)} {_n(y1)} {_n(second)} {_n(y2)} {_n(x2)} {_n(y2)}")
    path.set("stroke-width", _n(min(3.5, 1.1 + edge["mentions"] / 4)))
    path.set("marker-end", f"url(#to-{edge['relation']})")
    if dashes:
        path.set("stroke-dasharray", dashes)
    names = [view["nodes"][edge[end]]["label"] for end in ("source", "target")]
    quotes = [place["quote"] for place in edge["places"][:1]]
    told = f"{names[0]} – {view['relations'][edge['relation']]} – {names[1]}"
    _add(path, "title").text = shown("\n".join([told, *quotes]))


def _node(root: etree._Element, node: View, box: _Box, say: Say) -> None:
    """A box with the number and the day; dashed when the document is not in the folder, tinted when it has ended."""
    group = _add(root, "g")
    known = "" if node["state"] is None else say(f"state.{node['state']}")
    _add(group, "title").text = shown("\n".join(filter(None, (node["label"], node["subject"], node["issuer"], known))))
    fill = _FILLS.get(node["state"] or "", "#eef4fb" if node["in_folder"] else "#ffffff")
    frame = _add(group, "rect", x=_n(box.x), y=_n(box.y), width=_n(_BOX), height=_n(_TALL), fill=fill)
    frame.set("rx", "4" if node["kind"] in ("document", "provision") else "17")
    frame.set("stroke", "#22415e" if node["in_folder"] else "#888888")
    if not node["in_folder"]:
        frame.set("stroke-dasharray", "4 3")
    weight = "bold" if node["in_folder"] else "normal"
    _text(group, _short(node["label"]), (box.x + 6, box.y + 14), {"font-size": "11", "font-weight": weight})
    below = vietnamese_day(node["date"]) or node["issuer"] or ""
    _text(group, _short(below), (box.x + 6, box.y + 28), {"font-size": "10", "fill": "#444444"})


def _legend(root: etree._Element, view: View, corner: tuple[float, float]) -> None:
    """The relations there are, in as many lines as they need left of ``corner``."""
    at, (wide, y) = float(_MARGIN), corner
    for name, words in view["relations"].items():
        long = 62 + 7.2 * len(words)
        if at + long > wide:
            at, y = float(_MARGIN), y + 22
        colour, dashes = _style(name)
        line = _add(root, "line", x1=_n(at), y1=_n(y), x2=_n(at + 34), y2=_n(y), stroke=colour)
        line.set("stroke-width", "2.5")
        if dashes:
            line.set("stroke-dasharray", dashes)
        _text(root, words, (at + 40, y + 4), {"font-size": "12"})
        at += long


def _style(relation: str) -> tuple[str, str]:
    return STYLES.get(relation, _OTHER)


def _short(words: str) -> str:
    return words if len(words) <= _LETTERS else f"{words[: _LETTERS - 1]}…"


def _text(parent: etree._Element, words: str, at: tuple[float, float], style: dict[str, str]) -> None:
    _add(parent, "text", x=_n(at[0]), y=_n(at[1]), **style).text = shown(words)


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_NS}}}{name}", attributes)


def _n(value: float) -> str:
    return f"{value:.1f}"
