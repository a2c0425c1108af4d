"""The signature block: delegation chain, title and name (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7).

Lines are read top-down. Every delegation line (``TM. ỦY BAN NHÂN DÂN``, ``KT. CHỦ TỊCH``) opens a link; the last line
without a marker is the signer's own title. Both fields of the delegation are those of the first link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from extractors.cells import NAME_WORD, is_person, is_upper, line_spans, without_titles
from extractors.closing import MARKER, is_signed, tail_cells, unsigned
from extractors.fold import fold
from extractors.letters import LOWER, UPPER
from extractors.lexicon import alternation, settings
from extractors.model import SigningMode, Span

_NAME_AT_END = re.compile(rf"(?<![^\W_])((?:(?:{NAME_WORD}|[{UPPER}][{UPPER}{LOWER}.]*\.)\s){{1,5}}{NAME_WORD})\s*$")
_MODES: dict[str, SigningMode] = {"TM": "TM.", "KT": "KT.", "TL": "TL.", "TUQ": "TUQ.", "UQ": "TUQ.", "Q": "Q."}


@dataclass(frozen=True, slots=True)
class Signature:
    """What the block states; ``names`` counts the signers found (minutes and joint documents have several)."""

    mode: SigningMode | None = None
    on_behalf_of: str | None = None
    title: str | None = None
    name: str | None = None
    names: int = 0


def read_signature(text: str, spans: list[Span]) -> Signature:
    """The signature in the signature zones of a document; all fields ``None`` when there is nothing to read."""
    rows = [
        [c.of(text) for c in tail_cells(text, line)]
        for span in spans
        for line in line_spans(text, span.start, span.end)
    ]
    cells = _column(rows)
    offices: list[str] = []
    name, count = None, 0
    for cell in cells:
        words = unsigned(cell)
        office, found = (None, None) if is_signed(words) else _office_and_name(words)
        if office and name is None:
            offices.append(office)
        if found:
            name, count = name or found, count + 1
    count = max(count, sum(_office_and_name(unsigned(cell))[1] is not None for row in rows for cell in row))
    links = _links(offices)
    mode, behalf = _delegation(links)
    return Signature(mode, behalf, _title(links), name, count)


def _column(rows: list[list[str]]) -> list[str]:
    """The cells of the signer's column: the right one where two offices stand side by side (``THƯ KÝ | CHỦ TỌA``)."""
    beside = any(sum(map(is_upper, row)) > 1 for row in rows)
    return [cell for row in rows for cell in (row[-1:] if beside else row)]


def _office_and_name(cell: str) -> tuple[str | None, str | None]:
    """An office in capitals and a name, either of which may be missing from the cell."""
    if is_person(cell) and not office_heads().match(fold(cell)):
        return None, without_titles(cell)
    match = _NAME_AT_END.search(cell)
    before = cell[: match.start()].strip() if match else ""
    if match and is_upper(before) and is_person(match[1]):
        return before, without_titles(match[1])
    return (cell.strip(" *-–,:;()"), None) if is_upper(cell) and len(cell) > 1 else (None, None)


@cache
def office_heads() -> re.Pattern[str]:
    """A pattern over folded text for the first words of an office."""
    return re.compile(rf"{alternation(settings('signing')['offices']['heads'])}(?![^\W_])")


@cache
def _compounds() -> re.Pattern[str]:
    return re.compile(alternation(settings("signing")["offices"]["compounds"]))


@cache
def _binders() -> re.Pattern[str]:
    return re.compile(rf"(?:[,/&-]|\b{alternation(settings('signing')['offices']['binders'])})\s*$")


def _links(offices: list[str]) -> list[tuple[str | None, str]]:
    """(marker, office) from the lines in capitals: wrapped offices joined, glued ones parted."""
    links: list[tuple[str | None, str]] = []
    for number, line in enumerate(offices):
        for part, (marker, words) in enumerate(_parts(line)):
            opens = marker is not None or office_heads().match(fold(words)) is not None or part > 0
            last_chance = (
                number == len(offices) - 1
                and part == 0
                and bool(links)
                and links[-1][0] is not None
                and bool(links[-1][1])
            )
            if links and not links[-1][1]:
                links[-1] = (links[-1][0], words)
            elif links and _binders().search(fold(links[-1][1])):
                links[-1] = (links[-1][0], f"{links[-1][1]} {words}".strip())
            elif opens or last_chance or not links:
                links.append((marker, words))
            else:
                links[-1] = (links[-1][0], f"{links[-1][1]} {words}")
    return [(marker, office.strip(" .,-–*")) for marker, office in links if office.strip(" .,-–*")]


def _parts(line: str) -> list[tuple[str | None, str]]:
    """The offices glued on one line: ``KT. BỘ TRƯỞNG THỨ TRƯỞNG`` is two."""
    folded = fold(line)
    cuts = {0}
    inside = {i for m in _compounds().finditer(folded) for i in range(m.start() + 1, m.end())}
    for match in re.finditer(r"(?:^|(?<=\s))(?=\S)", line):
        at = match.start()
        head = office_heads().match(folded, at) if at not in inside else None
        inside |= set(range(at + 1, head.end())) if head else set()
        opens = head is not None and not _binders().search(folded[:at]) and not _only_marker(line[:at])
        if opens or MARKER.match(line, at):
            cuts.add(at)
    edges = [*sorted(cuts), len(line)]
    return [_marked(line[a:b].strip()) for a, b in pairwise(edges) if line[a:b].strip()]


def _only_marker(words: str) -> bool:
    """True when a delegation marker stands right before (``KT. |CHỦ TỊCH``)."""
    return bool(
        re.search(r"(?:^|\s)(?:T\s?[./]?\s?M|K\s?[./]?\s?T|T\s?[./]?\s?L|T?\s?[./]?U\.?Q|Q)\s?[./]?\s*$", words)
    )


def _marked(words: str) -> tuple[str | None, str]:
    match = MARKER.match(words)
    if not match:
        return None, words
    return re.sub(r"[^A-Z]", "", match[1]), words[match.end() :].strip()


def _delegation(links: list[tuple[str | None, str]]) -> tuple[SigningMode | None, str | None]:
    for marker, office in links:
        if marker:
            return _MODES.get(marker), office
    return None, None


def _title(links: list[tuple[str | None, str]]) -> str | None:
    """The title line directly above the name: the last one without a marker, after the last delegation."""
    if not links:
        return None
    marker, office = links[-1]
    return office if marker is None or (marker == "Q" and len(links) == 1) else None
