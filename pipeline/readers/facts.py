"""The facts a portal prints beside a document: rows such as *Số ký hiệu*, *Ngày ban hành*, *Người ký*.

They describe the document and are no part of it. Labels are in ``extractors/lexicons/portal.toml``; they are those of
the metadata of an incoming document (Nghị định 30/2020/NĐ-CP, Phụ lục VI) in the wordings portals use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from extractors.cells import is_upper
from extractors.fold import fold
from extractors.letterhead import CODE, type_names
from extractors.lexicon import key, settings
from extractors.patterns import iso_date
from extractors.raw import Stated

_PAIR = re.compile(r"^\W{0,3}([^:\n]{2,40}?)\s*:\s*(.*)$", re.DOTALL)
_BAR = re.compile(r"\s+[|•·]\s+|\t")
_CODE = re.compile(CODE)
_LONGEST_LABEL = 44
_FEWEST = 2
#: A table of facts has no more rows than this.
_MOST = 40


class Rows(NamedTuple):
    """A table of facts among the lines of a page: where it starts and ends, and what it says, by field."""

    start: int
    end: int
    fields: dict[str, str]


@cache
def _labels() -> dict[str, str]:
    """Label in its comparison form -> field."""
    groups = settings("portal")["labels"]
    return {_key(label): field for field, labels in groups.items() if field != "sure" for label in labels}


@cache
def _sure() -> frozenset[str]:
    return frozenset(map(_key, settings("portal")["labels"]["sure"]))


@cache
def _empty() -> frozenset[str]:
    return frozenset(map(key, settings("portal")["values"]["empty"]))


def _key(label: str) -> str:
    """The comparison form of a label or a key: ``ngay_ban_hanh``, ``DC.Ngày ban hành:`` and the label itself agree."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(label)).split())


def find_rows(texts: Sequence[str]) -> Iterator[Rows]:
    """The tables of facts among ``texts``: neighbouring lines that hold labels with their values, two at least."""
    at = 0
    while at < len(texts):
        read = _Table(texts, at).read()
        if read is None:
            at += 1
        else:
            yield read
            at = read.end


class _Table:
    """Reads the rows from one line on, as long as labels follow."""

    def __init__(self, texts: Sequence[str], start: int) -> None:
        self.texts, self.start = texts, start
        self.labels: set[str] = set()
        self.fields: dict[str, str] = {}

    def read(self) -> Rows | None:
        at = end = self.start
        while at < len(self.texts) and at - self.start < _MOST:
            if not self.texts[at].strip():
                at += 1
                continue
            taken = self._take(at)
            if not taken:
                break
            at = end = at + taken
        known = len(self.labels) >= _FEWEST and self.labels & _sure()
        return Rows(self.start, end, self.fields) if known else None

    def _take(self, at: int) -> int:
        """The number of lines of the row at ``at``; 0 when it is none."""
        cells = [cell.strip() for cell in _BAR.split(self.texts[at]) if cell.strip()]
        if len(cells) == 1:
            return self._single(at, cells[0])
        if all(_field(cell) for cell in cells) and len(cells) > 2:
            return self._headed(at, cells)
        return int(self._cells(cells))

    def _single(self, at: int, cell: str) -> int:
        """``Số hiệu: 5/CT-UBND`` on one line, or the label above its value."""
        if _field(cell) is None:
            return int(self._cells([cell]))
        following = next((i for i in range(at + 1, min(at + 3, len(self.texts))) if self.texts[i].strip()), None)
        value = self.texts[following].strip() if following is not None else ""
        bare = following is None or _field(value) is not None or _pair(value) is not None or _is_heading(value)
        self._put(cell, "" if bare else value)
        return 1 if bare or following is None else following - at + 1

    def _headed(self, at: int, labels: list[str]) -> int:
        """A row of labels above one row of values."""
        values = [cell.strip() for cell in self.texts[at + 1].split("\t")] if at + 1 < len(self.texts) else []
        if len(values) != len(labels):
            return 0
        for label, value in zip(labels, values, strict=True):
            self._put(label, value)
        return 2

    def _cells(self, cells: list[str]) -> bool:
        """A row of labels each followed by its value, in one cell or two."""
        found, at = False, 0
        while at < len(cells):
            if pair := _pair(cells[at]):
                self._put(*pair)
            elif _field(cells[at]) is not None:
                value = cells[at + 1] if at + 1 < len(cells) and _field(cells[at + 1]) is None else ""
                self._put(cells[at], value)
                at += bool(value)
            elif not found:
                return False
            found = True
            at += 1
        return found

    def _put(self, label: str, value: str) -> None:
        self.labels.add(_key(label))
        field = _field(label)
        if field and field != "other" and value.strip():
            self.fields.setdefault(field, value.strip())


def _field(label: str) -> str | None:
    return _labels().get(_key(label)) if len(label) <= _LONGEST_LABEL else None


def _is_heading(value: str) -> bool:
    """A line in capitals begins the document; a number and symbol may be all capitals too."""
    return is_upper(value) and not re.search(r"\d", value) and " " in value


def _pair(cell: str) -> tuple[str, str] | None:
    """Label and value of ``Số hiệu: 5/CT-UBND``."""
    match = _PAIR.match(cell)
    return (match[1], match[2]) if match and match[2].strip() and _field(match[1]) else None


def named(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The fields of front matter or meta tags whose keys are known labels; the first of a field counts."""
    found: dict[str, str] = {}
    for name, value in pairs:
        field = _field(re.split(r"[.:]", name)[-1]) if len(name) <= 2 * _LONGEST_LABEL else None
        if field and field != "other" and value.strip():
            found.setdefault(field, value.strip().strip("\"'"))
    return found


def stated_by(fields: Mapping[str, str]) -> Stated | None:
    """The record of what a portal states, ``None`` when it says neither number nor day nor two things else."""
    values = {name: " ".join(value.split()) for name, value in fields.items() if key(value) not in _empty()}
    parts = [part.strip() for part in re.split(r"\s*/\s*", values.pop("combined", ""))]
    if len(parts) == 3:
        values = {**dict(zip(("issuer", "signer_title", "signer_name"), parts, strict=True)), **values}
    record = Stated(
        "portal",
        doc_type=_type(values.get("doc_type")),
        code=_number(values.get("code")),
        issuer=_named(values.get("issuer")),
        date=_day(values.get("date", "")),
        subject=_worded(values.get("subject")),
        signer_title=_worded(values.get("signer_title")),
        signer_name=_worded(values.get("signer_name")),
    )
    said = [name for name in Stated.__slots__ if name != "source" and getattr(record, name)]
    return record if record.code or record.date or len(said) > 1 else None


def _day(value: str) -> str | None:
    """The day as ISO; meta tags state it so already, with an hour perhaps."""
    iso = re.match(r"(\d{4})-(\d\d)-(\d\d)(?!\d)", value)
    return iso_date(f"{iso[3]}/{iso[2]}/{iso[1]}" if iso else value)


def _type(value: str | None) -> str | None:
    """The kind of document when it is one of those known; portals have categories of their own."""
    return type_names().get(fold(value)) if value else None


def _number(value: str | None) -> str | None:
    match = _CODE.search(value) if value else None
    return re.sub(r"\s+", "", match[0]).replace("–", "-") if match else None


def _named(value: str | None) -> str | None:
    """The name of an office; a category in English or a number is none."""
    return value.rstrip(" .;") if value and re.search(r"[^\x00-\x7f]|UBND|HĐND", value) else None


def _worded(value: str | None) -> str | None:
    return value if value and re.search(r"[^\W\d_]", value) else None
