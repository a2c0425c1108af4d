"""One dispatch, several files: the signed PDF, its draft in Word, a scan, a copy from the web.

Two files are one dispatch when number and symbol, issuer and date are the same and so is the text (an annex or a
correction repeats the number of its dispatch). A file whose number or date is blank or was not read joins the one
dispatch whose words and figures it shares, if type, issuer, subject and what it does say agree. When two would do, none
is taken. Numbers are unique within issuer and year only (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel
from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection

from extractors.fold import fold
from extractors.lexicon import key
from extractors.symbols import standard
from pipeline.database import writing
from pipeline.folding import name_words, text_key
from pipeline.sketch import SIZE, words
from pipeline.store import set_versions
from pipeline.tables import documents

#: Share of words in the same order. Two scans of one page reach 0.9, two dispatches after one model 0.6 to 0.8.
_SAME_WORDS = 0.85
#: Share of the figures of the shorter text that stand in the other: this year's invitation has other days than last's.
_SAME_FIGURES = 0.85
#: Share of the runs of three words of the shorter file that the other of the same number, issuer and day must hold: a
#: poor scan keeps half of them, an annex has few of its dispatch.
_SAME_PAPER = 0.4
_SAME_SUBJECT = 85.0
#: A run of words that stands in more texts than this is a formula of the trade and finds nothing.
_FORMULA = 50
_CLEARLY = 0.02
_KEPT = 256  # texts in memory
_COLUMNS = (
    "doc_id", "path", "sha256", "format", "ocr", "signatures", "code", "canonical_id", "date", "doc_type", "issuer",
    "subject", "sketch", "version_of",
)  # fmt: skip
_FIGURE = re.compile(r"\d+")
_REISSUE = re.compile(r"dinh chinh|thay the|sua doi|bo sung|lan (?:thu )?(?:\d+|hai|ba|tu)\b")
_KINDS = {"pdf": 1, "docx": 2, "doc": 2, "odt": 2, "rtf": 2}


@dataclass(frozen=True, slots=True)
class _File:
    """A row of documents as far as it tells dispatches apart."""

    doc_id: str
    path: str
    sha256: str
    rank: int
    code: str
    date: str
    doc_type: str
    issuer: frozenset[str]
    subject: str
    local: str
    sketch: frozenset[int]

    @property
    def complete(self) -> bool:
        """True when number, day and, where the symbol needs it, the place are known."""
        return self.code[:1].isdigit() and len(self.date) == 10 and self.local != "?"

    @property
    def order(self) -> tuple[bool, int, str, str]:
        """Main versions first: what is complete before a draft, then by kind of file."""
        return (not self.complete, self.rank, self.path, self.doc_id)


@dataclass(slots=True)
class _Dispatch:
    """A dispatch and its files, the first one the best so far."""

    files: list[_File] = field(default_factory=list)


def group_versions(engine: Engine) -> int:
    """Write to every document of which other one it is a version, if any; how many are. The same rows, the same result.

    The main version is a signed PDF before a born-digital one, DOCX, web page or text, and scan, but a complete file
    before a draft.
    """
    with writing(engine) as connection:
        files, before = _read(connection)
        texts = _Texts(connection)
        main = {
            file.doc_id: dispatch.files[0].doc_id for dispatch in _dispatches(files, texts) for file in dispatch.files
        }
        found = {doc_id: best if best != doc_id else None for doc_id, best in main.items()}
        set_versions(connection, {doc_id: best for doc_id, best in found.items() if best != before[doc_id]})
    return sum(best is not None for best in found.values())


def _dispatches(files: list[_File], texts: _Texts) -> list[_Dispatch]:
    """The files put together; those with the same bytes are one from the start."""
    copies: dict[str, list[_File]] = defaultdict(list)
    for file in sorted(files, key=lambda file: file.order):
        copies[file.sha256].append(file)
    firsts = [same[0] for same in copies.values()]
    found = _complete(firsts, texts)
    _join_incomplete([file for file in firsts if not file.complete], found, texts)
    for dispatch in found:
        dispatch.files = sorted((one for file in dispatch.files for one in copies[file.sha256]), key=lambda f: f.order)
    return found


def _complete(files: list[_File], texts: _Texts) -> list[_Dispatch]:
    """Dispatches from the files that say what they are."""
    by_identity: dict[tuple[str, str, str], list[_Dispatch]] = defaultdict(list)
    for file in files:
        if not file.complete:
            continue
        same = by_identity[_code_key(file.code), file.date, file.local]
        fitting = (one for one in same if _agree(file, one.files[0]) and texts.same_paper(file, one.files[0]))
        dispatch = next(fitting, None)
        if dispatch is None:
            same.append(dispatch := _Dispatch())
        dispatch.files.append(file)
    return [dispatch for same in by_identity.values() for dispatch in same]


def _join_incomplete(files: list[_File], found: list[_Dispatch], texts: _Texts) -> None:
    """Add each file without number or day to the dispatch of ``found`` that it clearly is, else as one of its own."""
    index = _Index({run for file in files for run in file.sketch}, found)
    for file in files:
        scores = sorted(
            ((score, n) for n in index.near(file) if (score := _likeness(file, found[n], texts)) >= _SAME_WORDS),
            reverse=True,
        )
        if scores and (len(scores) == 1 or scores[0][0] - scores[1][0] > _CLEARLY):
            at = scores[0][1]
            found[at].files.append(file)
        else:
            at = len(found)
            found.append(_Dispatch([file]))
        index.add(file, at)


def _likeness(file: _File, dispatch: _Dispatch, texts: _Texts) -> float:
    """How much of the words of ``file`` stand in the best file of a dispatch; 0 when they contradict each other."""
    main = dispatch.files[0]
    same_matter = _either(file.doc_type, main.doc_type, str.__eq__) and _either(file.subject, main.subject, _alike)
    if not same_matter or not _agree(file, main):
        return 0.0
    return max(texts.likeness(file, one) for one in dispatch.files)


def _agree(one: _File, other: _File) -> bool:
    """True when number, day, place and issuer do not contradict each other, and both or neither correct or amend."""
    return (
        _codes_agree(one.code, other.code)
        and (one.date.startswith(other.date) or other.date.startswith(one.date))
        and _either(one.local, other.local, lambda a, b: "?" in (a, b) or a == b)
        and (one.issuer <= other.issuer or other.issuer <= one.issuer)
        and _either(one.subject, other.subject, lambda a, b: _REISSUE.findall(a) == _REISSUE.findall(b))
    )


def _either(one: str, other: str, same: Callable[[str, str], bool]) -> bool:
    return not one or not other or same(one, other)


def _codes_agree(one: str, other: str) -> bool:
    """Equal, or equal but for a number that is blank (``/UBND-VX``)."""
    first, second = _code_key(one), _code_key(other)
    if first.startswith("/") or second.startswith("/"):
        first, second = (re.sub(r"^\d+[a-z]?(?=/)", "", code) for code in (first, second))
    return _either(first, second, lambda a, b: a == b)


def _code_key(code: str) -> str:
    return re.sub(r"[^\da-z]+", "/", fold(standard(code))).lstrip("0") if code else ""


@lru_cache(maxsize=4096)
def _text_key(subject: str) -> str:
    return text_key(subject)


def _alike(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(one, other) >= _SAME_SUBJECT


class _Index:
    """Which dispatches share runs of words with a file; only the runs that are asked for are noted."""

    def __init__(self, asked: set[int], found: list[_Dispatch]) -> None:
        self._by_run: dict[int, set[int]] = {run: set() for run in asked}
        for n, dispatch in enumerate(found):
            for file in dispatch.files:
                self.add(file, n)

    def add(self, file: _File, at: int) -> None:
        """Note that ``file`` belongs to the dispatch number ``at``."""
        for run in file.sketch & self._by_run.keys():
            self._by_run[run].add(at)

    def near(self, file: _File) -> list[int]:
        """The dispatches that share a quarter of the rare runs of ``file``, at least two."""
        rare = [near for run in file.sketch if len(near := self._by_run[run]) <= _FORMULA]
        shared = Counter(n for near in rare for n in near)
        return [n for n, count in shared.items() if count >= max(2, len(rare) / 4)]


class _Texts:
    """The texts of the few files that have to be compared, read when asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._of = lru_cache(_KEPT)(self._read)

    def same_paper(self, one: _File, other: _File) -> bool:
        """True when two files of one number hold the same text, or one a part of the other."""
        if 2 * len(one.sketch & other.sketch) >= min(SIZE, len(one.sketch), len(other.sketch)):
            return True
        first, second = (self._runs(file) for file in (one, other))
        return len(first & second) >= _SAME_PAPER * min(len(first), len(second))

    def likeness(self, one: _File, other: _File) -> float:
        """Share of the words two texts have in the same order; 0 when their figures differ."""
        (first, figures), (second, others) = self._of(one.doc_id), self._of(other.doc_id)
        fewer = min(figures.total(), others.total())
        if fewer and (figures & others).total() < _SAME_FIGURES * fewer:
            return 0.0
        return Indel.normalized_similarity(first, second)

    def _runs(self, file: _File) -> set[tuple[str, ...]]:
        found = self._of(file.doc_id)[0]
        return set(zip(found, found[1:], found[2:], strict=False))

    def _read(self, doc_id: str) -> tuple[list[str], Counter[str]]:
        text = self._connection.scalar(select(documents.c.text).where(documents.c.doc_id == doc_id)) or ""
        return words(text), Counter(_FIGURE.findall(text))


def _read(connection: Connection) -> tuple[list[_File], dict[str, str | None]]:
    """All files, and of which document each was a version before."""
    rows = list(connection.execute(select(*(documents.c[name] for name in _COLUMNS))).mappings())
    return [_file(dict(row)) for row in rows], {row["doc_id"]: row["version_of"] for row in rows}


def _file(row: dict[str, object]) -> _File:
    canonical = str(row["canonical_id"] or "")
    kind = 0 if row["signatures"] else 4 if row["ocr"] else _KINDS.get(str(row["format"]), 3)
    hashes = row["sketch"] if isinstance(row["sketch"], list) else []
    return _File(
        doc_id=str(row["doc_id"]),
        path=str(row["path"]),
        sha256=str(row["sha256"]),
        rank=kind,
        code=str(row["code"] or ""),
        date=str(row["date"] or ""),
        doc_type=key(str(row["doc_type"] or "")),
        issuer=name_words(str(row["issuer"] or "")),
        subject=_text_key(str(row["subject"] or "")),
        local=canonical.partition("#")[2],
        sketch=frozenset(hashes),
    )
