"""What a heading or lead-in hands down to the clauses under it: names, whether they direct, a common deadline.

A labelled clause governs what stands under it; an unlabelled paragraph (``Chủ tịch UBND tỉnh yêu cầu các sở:``) governs
the items that follow at its own level, until the next paragraph there.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.actors import read_names, split_names, starts_actor
from extractors.asking import Voice
from extractors.directives import Reading, read_sentence
from extractors.lexicon import settings
from extractors.model import Clause, Deadline, Span
from extractors.wording import any_case
from extractors.wrapping import is_upper


class Scope(NamedTuple):
    """``directive``: ``True`` the clauses below order, ``False`` they tell, ``None`` as further out.

    ``coordinators`` help with all that stands below (``chủ trì, phối hợp với các bộ thực hiện các việc sau:``);
    ``speaker`` orders it; ``row`` is the index of the obligation of which what stands below is a part.
    """

    names: tuple[str, ...] = ()
    directive: bool | None = None
    rule: str | None = None
    deadline: Deadline | None = None
    asked: str | None = None
    coordinators: tuple[str, ...] = ()
    speaker: str | None = None
    row: int | None = None


class Scopes:
    """The scopes open at a clause, outermost first."""

    def __init__(self) -> None:
        self._open: list[tuple[int, bool, Scope]] = []  # each with what it takes over from those further out

    def enter(self, clause: Clause) -> Scope:
        """Close what does not govern ``clause``; the merged scope of what does."""
        while self._open and self._open[-1][:2] >= (clause.level, True):
            self._open.pop()
        return self._open[-1][2] if self._open else Scope()

    def add(self, clause: Clause, scope: Scope) -> None:
        """Let ``scope`` govern what follows ``clause``."""
        labelled = clause.label is not None
        if not labelled and self._open and not self._open[-1][1] and self._open[-1][0] == clause.level:
            self._open.pop()
        self._open.append((clause.level, labelled, _merged(scope, self._open[-1][2] if self._open else Scope())))


def _merged(scope: Scope, outer: Scope) -> Scope:
    """``scope`` with what it leaves open taken from ``outer``; helpers belong to the names beside them."""
    names = scope if scope.names else outer
    return Scope(
        names.names,
        outer.directive if scope.directive is None else scope.directive,
        names.rule if names.names else None,
        scope.deadline or outer.deadline,
        scope.asked or outer.asked,
        scope.coordinators if scope.coordinators or scope.names else outer.coordinators,
        scope.speaker or outer.speaker,
        outer.row if scope.row is None else scope.row,
    )


_LEADS = re.compile(r"(?:như sau|sau đây|dưới đây|nội dung sau|nhiệm vụ sau|việc sau|công việc sau)[.;]?$")
_TITLED = re.compile(
    r"(?:Đối với|Về phía|(?:(?:Chức năng|Trách nhiệm|Nhiệm vụ|Quyền hạn)(?:,? (?:và )?(?:trách nhiệm"
    r"|nhiệm vụ|quyền hạn))* của)|Giao(?: cho)?|Phân công|Yêu cầu|Đề nghị|Về)\s+",
    re.IGNORECASE,
)
_CHARGED = re.compile(
    r"\s*(?:$|[:.]|\(|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|thực hiện|chủ trì|tổ chức|triển khai|phối hợp)"
)


# "… chủ yếu ở một số nguyên nhân sau:" leads into findings.
_CAUSES = re.compile(
    r"(?:nguyên nhân|kết quả|mục tiêu|chỉ tiêu)(?: chủ yếu| chính| nổi bật| đạt được| cụ thể)*"
    r"(?: như sau| sau đây| sau)$"
)


def is_lead(text: str, clause: Clause, following: Clause | None) -> bool:
    """True when ``clause`` introduces what follows rather than saying something whole."""
    content = clause.content.of(text).rstrip()
    if not content:
        return True
    if content.endswith(":") or _LEADS.search(content):
        return True
    if content[-1] in ".;!?" or len(content) > 500:
        return False
    if is_upper(content):
        return True
    deeper = following is not None and (
        following.level > clause.level or (clause.label is None and following.label is not None)
    )
    return deeper and content[-1] not in ",…"


_INTRODUCES = re.compile(
    any_case((
        "yêu cầu", "đề nghị", "giao", "kết luận", "chỉ đạo", "nhiệm vụ", "hướng dẫn", "thực hiện", "giải pháp",
        "có ý kiến", "thống nhất", "trả lời",
    ))
    + r"[^.]{0,60}:?$|(?i:như sau|sau đây|sau):?$"
)  # fmt: skip


def lead_scope(text: str, clause: Clause, voice: Voice) -> tuple[Scope, Reading | None]:
    """The scope a heading or lead-in opens, and its reading when it is a sentence that charges somebody."""
    content = clause.content.of(text).rstrip(" :.;")
    if _enumerates(content):
        return Scope((), False), None
    names = _titled_names(content)
    if names:
        asked = re.match(r"(đề nghị|yêu cầu)\s", content, re.IGNORECASE)
        return Scope(names, True, "heading", asked=asked[1].lower() if asked else None), None
    if _heading(content) is False and clause.label is not None:
        return Scope((), False), None
    reading = read_sentence(text, Span(clause.content.start, clause.content.end), voice)
    if reading.names and reading.directs is not False:
        return Scope(reading.names, True, "lead_in", asked=reading.asked), reading
    introduces = _INTRODUCES.search(content) is not None
    if _CAUSES.search(content):
        return Scope((), False), None
    heading = _heading(content)
    directive = True if heading or introduces else (heading if clause.label is not None else None)
    return Scope((), directive), reading


_COMPRISES = re.compile(r"\s*,?\s*(?:bao )?gồm(?: có)?$")


def _enumerates(content: str) -> bool:
    """``Cơ quan, tổ chức, đơn vị bao gồm:`` says who is meant and charges nobody."""
    end = _COMPRISES.search(content) if content.endswith(("gồm", "gồm có")) else None
    names = read_names(content, 0) if end else None
    return names is not None and end is not None and names.end >= end.start()


def _titled_names(content: str) -> tuple[str, ...]:
    """The names a heading consists of: ``Sở Y tế``, ``Đối với Cục Thuế``, ``Trách nhiệm của các đơn vị``."""
    titled = _TITLED.match(content)
    at = titled.end() if titled else 0
    if not starts_actor(content, at):
        return ()
    if titled and "của" in titled[0] and len(content) < 160:
        return split_names(content[at:])
    names = read_names(content, at)
    if names is None or not _CHARGED.match(content[names.end :]) or len(content) - names.end > 40:
        return ()
    return names.names


@cache
def _headings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cues = settings("cues")
    background = re.compile(rf"(?i:về |các |những |một số )*{any_case(cues['background_headings'])}")
    directive = re.compile(any_case(cues["directive_headings"]))
    return background, directive


def _heading(content: str) -> bool | None:
    """Does a heading promise orders (``NHIỆM VỤ``), background (``MỤC ĐÍCH``), or neither?"""
    background, directive = _headings()
    if background.match(content):
        return False
    return True if directive.search(content) else None
