"""The registers that Nghị định 30/2020/NĐ-CP, Phụ lục IV, prescribes for the clerical desk, with exactly its columns.

What neither the documents nor the office's own entries state (numbers of arrival, signatures of receipt …) stays empty,
to be written in by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from pipeline.export.drafters import shown_recipients
from pipeline.export.labels import labels, recipient_line
from pipeline.export.sheet import ColumnStyle, SheetStyle, Styles, write_sheet
from pipeline.export.xlsx import new_book
from pipeline.folding import name_key
from pipeline.query import Filters, each_document, each_obligation_by_due, find_obligations
from pipeline.rows import Row
from pipeline.store import own_units
from pipeline.units.names import Context, unit_meant
from pipeline.units.own import from_rows
from pipeline.upcoming import iso_day

#: The registers, by the words under which they are asked for.
ARRIVED, SENT, FOLLOWED = "den", "di", "theo-doi"
_LETTER = "Công văn"  # the one type whose name is not written into a register
_ARCHIVE = "lưu"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which register; ``own`` is the name of the office that keeps it: what it issued is sent, all else arrived."""

    kind: str
    own: str | None = None
    today: date | None = None
    with_drafters: bool = False


def _columns(*columns: tuple[str, str, float]) -> tuple[ColumnStyle, ...]:
    centred = {"received", "arrival", "code", "date", "moved", "copies", "due"}
    return tuple(ColumnStyle(key, width, heading=words, centred=key in centred) for key, words, width in columns)


_NAMED = "Tên loại và trích yếu nội dung văn bản"
SHEETS = {
    ARRIVED: SheetStyle(
        "Sổ đăng ký văn bản đến",
        _columns(
            ("received", "Ngày đến", 12), ("arrival", "Số đến", 8), ("author", "Tác giả", 24),
            ("code", "Số, ký hiệu văn bản", 18), ("date", "Ngày tháng văn bản", 12), ("named", _NAMED, 46),
            ("handed_to", "Đơn vị hoặc người nhận", 18), ("moved", "Ngày chuyển", 11), ("signed", "Ký nhận", 11),
            ("remark", "Ghi chú", 14),
        ),
        numbered=True,
    ),
    SENT: SheetStyle(
        "Sổ đăng ký văn bản đi",
        _columns(
            ("code", "Số, ký hiệu văn bản", 18), ("date", "Ngày tháng văn bản", 12), ("named", _NAMED, 46),
            ("signer_name", "Người ký", 18), ("sent_to", "Nơi nhận văn bản", 34),
            ("kept_by", "Đơn vị, người nhận bản lưu", 16), ("copies", "Số lượng bản", 9), ("moved", "Ngày chuyển", 11),
            ("signed", "Ký nhận", 11), ("remark", "Ghi chú", 14),
        ),
        numbered=True,
    ),
    FOLLOWED: SheetStyle(
        "Sổ theo dõi giải quyết VB đến",
        _columns(
            ("arrival", "Số đến", 8),
            ("described", "Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành văn bản", 56),
            ("handed_to", "Đơn vị hoặc người nhận", 22), ("due", "Thời hạn giải quyết", 12),
            ("progress", "Tiến độ giải quyết", 18), ("answered_by", "Số, ký hiệu văn bản trả lời", 20),
            ("remark", "Ghi chú", 24),
        ),
        title="Sổ theo dõi giải quyết văn bản đến",
        numbered=True,
    ),
}  # fmt: skip


def write_register(engine: Engine, asked: Asked, path: Path) -> int:
    """Write one register to ``path``; how many documents it lists. Raises ``OSError`` when it cannot be written."""
    mine = _Own(engine, asked.own)
    chosen = [
        row for row in each_document(engine)
        if row["version_of"] is None and mine.issued(row) is (asked.kind == SENT)
    ]  # fmt: skip
    arrived = "date" if asked.kind == SENT else "received"
    chosen.sort(key=lambda row: (row[arrived] or "9999", row["date"] or "9999", row["code"] or "", row["path"]))
    tasks = _tasks(engine, asked) if asked.kind != SENT else {}
    with new_book(path) as book:
        rows = (_line(row, tasks.get(row["doc_id"], []), asked.with_drafters) for row in chosen)
        write_sheet(Styles(book), SHEETS[asked.kind], rows)
    return len(chosen)


class _Own:
    """Tells what the office itself issued, by its name or by the body that the name means."""

    def __init__(self, engine: Engine, name: str | None) -> None:
        with engine.connect() as connection:
            self.units = from_rows(own_units(connection))
        self.name, self.key = name, name_key(name) if name else None

    def issued(self, row: Row) -> bool:
        """True for a document of the office, alone or with others."""
        if self.name is None:
            return False
        issuers = row["issuers"] or [row["issuer"]]
        if self.key in {name_key(one) for one in issuers if one}:
            return True
        meant = unit_meant(self.name, Context(iso_day(row["date"]), None, self.units))
        return meant is not None and row["issuer_unit"] == meant.id


def _tasks(engine: Engine, asked: Asked) -> dict[str, list[Row]]:
    """What is to be done after each document: by the office where its name is known, else by anybody."""
    rows: Iterator[Row] = each_obligation_by_due(engine)
    if asked.own is not None:
        on = asked.today.isoformat() if asked.today else None
        rows = iter(find_obligations(engine, Filters(unit=asked.own, coordinators=True, on=on)))
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "obligation":
            found[row["doc_id"]].append(row)
    return found


def _line(document: Row, tasks: list[Row], with_drafters: bool) -> Row:
    recipients = shown_recipients(document["recipients"], with_drafters)
    kept = [one for one in recipients if _is_archive(one)]
    days = [row["due"] for row in tasks if row["due"] and not row["recurrence"]]
    return {
        **dict.fromkeys(("arrival", "moved", "signed", "copies")),
        **{name: document[name] for name in ("received", "code", "date", "signer_name")},
        "remark": None if document["code"] else f"Tệp {document['path']}",  # else nobody knows which one it is
        "author": document["issuers"] or document["issuer"],
        "named": _named(document),
        "described": _described(document),
        "sent_to": [recipient_line(one) for one in recipients if not _is_archive(one)],
        "kept_by": [recipient_line(one).partition(":")[2].strip() for one in kept],
        "handed_to": list(dict.fromkeys(row["person"] for row in tasks if row["person"])),
        "due": min(days, default=None),
        "progress": _progress(tasks),
        "answered_by": list(dict.fromkeys(row["answered_by"] for row in tasks if row["answered_by"])),
    }


def _is_archive(recipient: Row) -> bool:
    return (recipient["name"] or "").lower().startswith(_ARCHIVE)


def _named(document: Row) -> str:
    kind = document["doc_type"] if document["doc_type"] != _LETTER else None
    return " ".join(filter(None, (kind, document["subject"])))


def _described(document: Row) -> str:
    """Type, number, day and issuer in one phrase, as the second column of the register asks."""
    day = iso_day(document["date"])
    parts = (
        document["doc_type"], document["code"] and f"số {document['code']}", f"ngày {day:%d/%m/%Y}" if day else None,
        document["issuer"] and f"của {document['issuer']}",
    )  # fmt: skip
    return " ".join(part for part in parts if part)


def _progress(tasks: list[Row]) -> list[str]:
    """How many tasks are how far, once somebody has said so of one."""
    states = dict(zip(("new", "assigned", "in_progress", "done", "not_applicable"), labels("status"), strict=True))
    counts = [(word, sum(row["status"] == state for row in tasks)) for state, word in states.items()]
    if all(row["status"] == "new" for row in tasks):
        return []
    return [f"{word}: {n}/{len(tasks)}" for word, n in counts if n]
