"""Check the gold of the corpus: ``python corpus/check.py``. Every complaint names the file and the row.

The form of a gold file is described in ``corpus/README.md``. Checked are its keys, vocabularies and dates, that
what is quoted stands in the document, and each obligation's first and last words in the order of the rows.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HEADER = {
    "doc_type", "code", "issuer", "parent_issuer", "place", "date", "subject", "urgency", "secrecy", "addressees",
    "recipients", "signing_mode", "on_behalf_of", "signer_title", "signer_name",
}  # fmt: skip
CITATION = {"code", "type", "name", "issuer", "date", "relation", "pinpoint", "mentions"}
OBLIGATION = {
    "start", "end", "kind", "actors", "actor_source", "coordinators", "deadline", "report_to", "clause",
}  # fmt: skip
RELATIONS = {
    "basis", "implements", "amends", "replaces", "repeals", "guides", "encloses", "replies_to", "corrects", "mentions",
}  # fmt: skip
KINDS = {"obligation", "prohibition", "permission", "recommendation"}
SOURCES = {"explicit", "inherited", "addressee"}
MODES = {"TM.", "KT.", "TL.", "TUQ.", "Q.", None}
ANCHORS = {"receipt", "issue", "event"}
ISO = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
RRULE = r"FREQ=(?:HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;(?:INTERVAL|BYDAY|BYMONTHDAY|BYMONTH)=[\w,+-]+)*"
VALUES = {
    "absolute": rf"(?:<=?|>=)?{DAY}(?:T\d\d:\d\d)?|{ISO}/{ISO}",
    "period": rf"(?:<=?)?\d{{4}}(?:-Q[1-4]|-\d\d)?|{ISO}/{ISO}",
    "relative": r"P(?:\d+(?:BD|[DWMY])|T\d+[HM])",
    "recurring": RRULE,
    "event": r"[<>]event",
    "immediate": r"immediate",
}
#: Header fields that stand in the document word for word.
PRINTED = ("place", "subject", "urgency", "secrecy", "on_behalf_of", "signer_title", "signer_name")
#: The longest row, in words.
LONGEST = 160
#: Types of deadline that may be stated without a value (*thường xuyên*, *đúng thời hạn*).
NO_VALUE = {"recurring", "period", "absolute"}


def tokens(text: str) -> list[str]:
    """Lower-case words without marks: what two renderings of one text have in common."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


def document_text(path: Path) -> str:
    """The bare text of a document, read with as little code as the format allows."""
    if path.suffix == ".docx":
        return "\n".join(_docx_lines(path))
    if path.suffix == ".pdf":
        import pypdfium2

        pdf = pypdfium2.PdfDocument(path)
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
        if text.strip():
            return text
        from corpus import build  # a scan: what was printed

        return build.txt(build.load(HERE / "sources" / f"{path.stem}.toml")).decode()
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        from selectolax.lexbor import LexborHTMLParser

        body = LexborHTMLParser(text).body
        return body.text(separator=" ") if body else ""
    return text


def _docx_lines(path: Path) -> Iterator[str]:
    from docx import Document
    from docx.table import Table

    for item in Document(str(path)).iter_inner_content():
        if isinstance(item, Table):
            yield from ("\t".join(cell.text for cell in row.cells) for row in item.rows)
        else:
            yield item.text


def _find(words: list[str], part: list[str], start: int) -> int:
    return next((i for i in range(start, len(words) - len(part) + 1) if words[i : i + len(part)] == part), -1)


def header_problems(header: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the header of a gold file."""
    if set(header) != HEADER:
        yield f"header: keys differ by {sorted(set(header) ^ HEADER)}"
    if header.get("signing_mode") not in MODES:
        yield f"header: signing_mode {header['signing_mode']!r}"
    if header.get("date") and not re.fullmatch(ISO, header["date"]):
        yield f"header: date {header['date']!r}"
    if header.get("code") and " " in header["code"]:
        yield f"header: code {header['code']!r} has inner spaces"
    for row in header.get("recipients", []):
        if set(row) != {"name", "purpose"}:
            yield f"header: recipient {row}"


def citation_problems(number: int, row: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one citation."""
    where = f"citation {number} ({row.get('code') or row.get('name')})"
    if set(row) != CITATION:
        yield f"{where}: keys differ by {sorted(set(row) ^ CITATION)}"
    if row.get("relation") not in RELATIONS:
        yield f"{where}: relation {row.get('relation')!r}"
    if not (row.get("code") or row.get("name")):
        yield f"{where}: neither code nor name"
    if row.get("date") and not re.fullmatch(ISO, row["date"]):
        yield f"{where}: date {row['date']!r}"


def obligation_problems(number: int, row: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one obligation, its place in the text apart."""
    where = f"obligation {number} ({row.get('start')!r})"
    if set(row) != OBLIGATION:
        yield f"{where}: keys differ by {sorted(set(row) ^ OBLIGATION)}"
    if row.get("kind") not in KINDS or row.get("actor_source") not in SOURCES:
        yield f"{where}: kind {row.get('kind')!r}, actor_source {row.get('actor_source')!r}"
    if not row.get("actors"):
        yield f"{where}: no actors"
    if row.get("deadline"):
        yield from (f"{where}: deadline {what}" for what in _deadline_problems(row["deadline"]))


def _deadline_problems(deadline: dict[str, Any]) -> Iterator[str]:
    kind, value = deadline.get("type"), deadline.get("value")
    if kind not in VALUES or not deadline.get("text"):
        yield f"type {kind!r}, text {deadline.get('text')!r}"
    elif value is None:
        if kind not in NO_VALUE:
            yield f"of type {kind} without a value"
    elif not re.fullmatch(VALUES[kind], value):
        yield f"value {value!r} is none of type {kind}"
    if (kind == "relative") != ("from" in deadline):
        yield "'from' belongs to relative deadlines, and to them only"
    elif kind == "relative" and deadline["from"] not in ANCHORS and not re.fullmatch(DAY, str(deadline["from"])):
        yield f"from {deadline['from']!r}"


def place_problems(rows: list[dict[str, Any]], words: list[str]) -> Iterator[str]:
    """Rows whose first or last words are not in the document, or out of order."""
    at = 0
    for number, row in enumerate(rows):
        where = f"obligation {number} ({row.get('start')!r})"
        first, last = tokens(row.get("start", "")), tokens(row.get("end", ""))
        start = _find(words, first, at) if first else -1
        end = _find(words, last, start) if last and start >= 0 else -1
        if start < 0:
            yield f"{where}: start not found after the row before"
        elif end < 0 or end + len(last) - start > LONGEST:
            yield f"{where}: end {row.get('end')!r} not found within {LONGEST} words"
        else:
            at = start + 1
        deadline = row.get("deadline")
        if deadline and _find(words, tokens(deadline["text"]), 0) < 0:
            yield f"{where}: deadline text {deadline['text']!r} is not in the document"


def printed_problems(gold: dict[str, Any], words: list[str]) -> Iterator[str]:
    """What is quoted as printed but does not stand in the document (issuers are written out, so not checked)."""
    header = gold.get("header", {})
    quoted = [(field, header.get(field)) for field in PRINTED]
    quoted += [("addressees", name) for name in header.get("addressees", [])]
    quoted += [("recipients", " ".join(filter(None, row.values()))) for row in header.get("recipients", [])]
    for number, row in enumerate(gold.get("citations", [])):
        quoted += [(f"citation {number}", row.get(field)) for field in ("code", "name", "pinpoint")]
    for where, text in quoted:
        if text and _find(words, tokens(text), 0) < 0:
            yield f"{where}: {text!r} is not in the document"


def problems(path: Path, documents: Path = HERE / "documents") -> list[str]:
    """Every complaint about one gold file, each starting with its name; none for a sound one."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    document = documents / gold.get("file", "")
    if not document.is_file():
        return [f"{path.name}: file {gold.get('file')!r} is not in {documents.name}/"]
    found = [*header_problems(gold.get("header", {}))]
    for i, row in enumerate(gold.get("citations", [])):
        found += citation_problems(i, row)
    rows = gold.get("obligations", [])
    for i, row in enumerate(rows):
        found += obligation_problems(i, row)
    words = tokens(document_text(document))
    found += [*printed_problems(gold, words), *place_problems(rows, words)]
    return [f"{path.name}: {what}" for what in found]


def main() -> int:
    """Print every complaint; 1 when there is one."""
    found = [what for path in sorted((HERE / "gold").glob("*.json")) for what in problems(path)]
    sys.stdout.write("".join(f"{what}\n" for what in found) or "ok\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
