"""Compare what was read from a document with its gold: counts for the measures, a complaint for every difference."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipeline.comparing import (
    count_matches,
    find_stretch,
    same_code,
    same_deadline,
    same_name,
    same_names,
    same_text,
    similar,
    words_of,
    words_with_offsets,
)
from pipeline.export.labels import recipient_line
from pipeline.rows import Row

Gold = dict[str, Any]

HEADER_FIELDS = (
    "doc_type", "code", "issuer", "parent_issuer", "place", "date", "subject", "urgency", "secrecy", "signing_mode",
    "on_behalf_of", "signer_title", "signer_name",
)  # fmt: skip
_HEADER_RULES: dict[str, Callable[[str, str], bool]] = {
    "code": same_code,
    "date": lambda gold, read: read.startswith(gold),
    "issuer": lambda gold, read: same_name(gold, read, 0.8),
    "parent_issuer": lambda gold, read: same_name(gold, read, 0.8),
    "subject": lambda gold, read: similar(gold, read, 0.9),
}


@dataclass(slots=True)
class Tally:
    """Hits among what the gold states and among what was read (they differ where one row covers two)."""

    hit: float = 0
    gold: float = 0
    hit_read: float = 0
    read: float = 0

    def add(self, hit: float, gold: float, read: float, hit_read: float | None = None) -> None:
        """Count ``hit`` of ``gold`` and ``hit_read`` (the same by default) of ``read``."""
        self.hit += hit
        self.gold += gold
        self.hit_read += hit if hit_read is None else hit_read
        self.read += read

    @property
    def recall(self) -> float | None:
        """The share of the gold that was read."""
        return self.hit / self.gold if self.gold else None

    @property
    def precision(self) -> float | None:
        """The share of what was read that the gold states."""
        return self.hit_read / self.read if self.read else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two; ``None`` when there is nothing to count."""
        if not self.gold and not self.read:
            return None
        both = (self.precision or 0) + (self.recall or 0)
        return 2 * (self.precision or 0) * (self.recall or 0) / both if both else 0.0


class Complaint(NamedTuple):
    """A difference between gold and reading in one document."""

    file: str
    about: str
    gold: str
    read: str


@dataclass(slots=True)
class Scores:
    """The tallies by measure, and every complaint."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    complaints: list[Complaint] = field(default_factory=list)
    documents: int = 0
    #: Obligation id -> whether the row was right in every field; rows that cover what another row covers have none.
    verdicts: dict[str, bool] = field(default_factory=dict)

    def check(self, measure: str, right: bool) -> bool:
        """Count a yes-or-no question; gives ``right`` back."""
        self.tallies[measure].add(right, 1, 1)
        return right


class Reading(NamedTuple):
    """What was read from one document; all empty when it could not be read."""

    document: Row
    obligations: list[Row]
    citations: list[Row]


class _Duty(NamedTuple):
    """An obligation with its place in the words of the text."""

    words: range
    row: Row


def score(scores: Scores, gold: Gold, reading: Reading) -> None:
    """Add the comparison of one document to ``scores``. What the gold does not mention is not scored."""
    scores.documents += 1
    for part, scorer in (("header", _header), ("citations", _citations), ("obligations", _obligations)):
        if part in gold:
            for about, wanted, found in scorer(scores, gold, reading):
                scores.complaints.append(Complaint(gold["file"], about, _shown(wanted), _shown(found)))


_Complaints = Iterator[tuple[str, object, object]]


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


# ---------------------------------------------------------------- header
def _header(scores: Scores, gold: Gold, reading: Reading) -> _Complaints:
    for name, wanted in gold["header"].items():
        found = reading.document.get(name)
        if name in HEADER_FIELDS:
            right = scores.check("header", _same_field(name, wanted, found))
            scores.check(f"header.{name}", right)
        elif name in ("addressees", "recipients"):
            wanted, found = [_line(one) for one in wanted or []], [_line(one) for one in found or []]
            hits = count_matches(wanted, found, lambda a, b: similar(a, b, 0.85))
            scores.tallies[name].add(hits, len(wanted), len(found))
            right = hits == len(wanted) == len(found)
        else:
            continue
        if not right:
            yield f"header.{name}", wanted, found


def _same_field(name: str, gold: str | None, read: str | None) -> bool:
    if not gold or not read:
        return not gold and not read
    return _HEADER_RULES.get(name, same_text)(gold, read)


def _line(recipient: str | dict[str, str | None]) -> str:
    return recipient_line(recipient) if isinstance(recipient, dict) else recipient


# ---------------------------------------------------------------- citations
def _citations(scores: Scores, gold: Gold, reading: Reading) -> _Complaints:
    mentions: list[list[Row]] = []  # one list for each document that is cited
    for row in reading.citations:
        known = next((rows for rows in mentions if _same_source(rows[0], row)), None)
        if known is None:
            mentions.append([row])
        else:
            known.append(row)
    read, hits = len(mentions), 0
    for wanted in gold["citations"]:
        rows = next((rows for rows in mentions if _same_citation(wanted, rows[0])), None)
        if rows is None:
            yield "citation missed", _cited(wanted), None
            continue
        mentions.remove(rows)
        hits += 1
        yield from _details_of_citation(scores, wanted, rows)
    for rows in mentions:
        yield "citation extra", None, _cited(rows[0])
    scores.tallies["citations"].add(hits, len(gold["citations"]), read)


def _details_of_citation(scores: Scores, wanted: Gold, rows: list[Row]) -> _Complaints:
    relations = [row["relation"] for row in rows]
    if wanted.get("relation") and not scores.check("relations", wanted["relation"] in relations):
        yield "citation relation", f"{_cited(wanted)}: {wanted['relation']}", sorted(set(relations))
    pinpoints = [row["pinpoint"] for row in rows]
    if wanted.get("pinpoint") and not scores.check(
        "pinpoints", any(same_text(wanted["pinpoint"], p) for p in pinpoints)
    ):
        yield "citation pinpoint", f"{_cited(wanted)}: {wanted['pinpoint']}", pinpoints


def _same_citation(gold: Row, read: Row) -> bool:
    if gold.get("code") or read.get("code"):
        return same_code(gold.get("code"), read.get("code"))
    return same_name(gold.get("name") or gold.get("type") or "", read.get("name") or read.get("type") or "")


def _same_source(one: Row, other: Row) -> bool:
    if one["code"] or other["code"]:
        return same_code(one["code"], other["code"])
    return same_text(one["name"] or one["type"], other["name"] or other["type"])


def _cited(row: Row) -> str:
    return row.get("code") or row.get("name") or row.get("type") or row.get("quote") or "?"


# ---------------------------------------------------------------- obligations
def _obligations(scores: Scores, gold: Gold, reading: Reading) -> _Complaints:
    text = words_with_offsets(reading.document.get("text") or "")
    wanted, after = list[tuple[range, Gold]](), 0
    for one in gold["obligations"]:
        words = find_stretch(text.words, words_of(one["start"]), words_of(one.get("end")), after) or range(0)
        after = words.start if words else after
        wanted.append((words, one))
    found = [_Duty(_word_range(text.starts, row), row) for row in reading.obligations]
    if gold.get("partial"):  # annotated up to a point: what lies beyond it is not scored
        last = max((words.stop for words, _ in wanted), default=0)
        found = [duty for duty in found if duty.words.start < last]
    gold_words = {i for words, _ in wanted for i in words}
    read_words = {i for duty in found for i in duty.words}
    extra = [duty.row for duty in found if _covered(duty.words, gold_words) < 0.5]
    missed = 0
    for words, one in wanted:
        overlapping = [duty for duty in found if _common(duty.words, words)]
        if not overlapping or _covered(words, read_words) < 0.5:
            missed += 1
            yield from _missed(scores, one)
        else:
            best = max(overlapping, key=lambda duty: _common(duty.words, words))
            yield from _row(scores, one, best.row, [duty.row for duty in overlapping])
    scores.verdicts.update((row["obligation_id"], False) for row in extra)
    scores.tallies["obligations"].add(len(wanted) - missed, len(wanted), len(found), len(found) - len(extra))
    for row in extra:
        yield "obligation extra", None, _quoted(row)


def _missed(scores: Scores, wanted: Gold) -> _Complaints:
    scores.check("rows", False)
    if _value(wanted):
        scores.tallies["deadlines"].add(0, 1, 0)
    yield "obligation missed", f"{_shown(wanted['actors'])}: {wanted['start']} … {wanted.get('end')}", None


def _row(scores: Scores, wanted: Gold, read: Row, overlapping: list[Row]) -> _Complaints:
    about = wanted["start"]
    kind = scores.check("kinds", wanted["kind"] == read["kind"])
    if not kind:
        yield "obligation kind", f"{about}: {wanted['kind']}", read["kind"]
    who = scores.check("actors", same_names(wanted["actors"], read["actors"]))
    if not who:
        yield "obligation actors", f"{about}: {_shown(wanted['actors'])}", read["actors"]
    with_whom = wanted.get("coordinators") or []
    hits = count_matches(with_whom, read["coordinators"], same_name)
    scores.tallies["coordinators"].add(hits, len(with_whom), len(read["coordinators"]))
    when = _same_time(scores, wanted, read, overlapping)
    if not when:
        values = [row["deadline"] for row in overlapping if row["deadline"]]
        yield "obligation deadline", f"{about}: {_value(wanted) or '-'}", values
    scores.verdicts[read["obligation_id"]] = scores.check("rows", kind and who and when)


def _same_time(scores: Scores, wanted: Gold, read: Row, overlapping: list[Row]) -> bool:
    value, tally = _value(wanted), scores.tallies["deadlines"]
    if not value:
        tally.add(0, 0, 1 if read["deadline"] else 0)
        return not read["deadline"]
    values = [row["deadline"] for row in overlapping if row["deadline"]]
    right = any(same_deadline(value, one) for one in values)
    tally.add(right, 1, 1 if values else 0)
    return right


def _value(wanted: Gold) -> str | None:
    return (wanted.get("deadline") or {}).get("value")


def _word_range(starts: list[int], row: Row) -> range:
    return range(bisect_left(starts, row["start"]), bisect_left(starts, row["end"]))


def _common(one: range, other: range) -> int:
    return max(0, min(one.stop, other.stop) - max(one.start, other.start))


def _covered(words: range, by: set[int]) -> float:
    return sum(i in by for i in words) / len(words) if words else 0.0


def _quoted(row: Row) -> str:
    quote = " ".join(row["quote"].split())
    return f"{_shown(row['actors'])}: {quote[:100]}{' …' if len(quote) > 100 else ''}"
