"""The lines of *Nơi nhận* taken apart: what each names, whom it stands for, and what it is sent for.

Grammar: ``Như trên`` | ``Như Điều N`` | archive line | parties (as in *Kính gửi*); source of the usage Nghị định
30/2020/NĐ-CP, Phụ lục I (box 9b, 12).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractors.addressing import taken_apart
from extractors.archive import read_archive
from extractors.executors import read_executors
from extractors.fold import fold
from extractors.lexicon import settings
from extractors.model import Document, Party, Recipient
from extractors.short_forms import Setting, setting_of, written_out

_AS_ABOVE = re.compile(r"(?:nhu|nhu phan|nhu muc) (?:tren|kinh g\w{1,2})\b")
_AS_ARTICLE = re.compile(r"nhu (?P<article>dieu (?P<number>\d{1,3}))\b")
_AS_GIVEN = re.compile(r"nhu thanh phan\b|thanh phan (?:du|moi|tham)\b")


def with_structure(
    document: Document, recipients: Sequence[Recipient], addressed: Sequence[Party]
) -> tuple[Recipient, ...]:
    """``recipients`` with kind, members, exclusions, role and the parts of the archive line. Names stay. Total."""
    reader = _Reader(document, addressed)
    return tuple(replace(reader.read(one), role=role_of(one.purpose)) for one in recipients)


class _Reader:
    """Takes lines apart; whom *Như trên* and *Như Điều 3* mean is read once for all lines."""

    def __init__(self, document: Document, addressed: Sequence[Party]) -> None:
        self.document, self.setting = document, setting_of(document.text)
        self.above = tuple(dict.fromkeys(name for party in addressed for name in party.members or (party.name,)))
        self.executors: dict[str, tuple[str, ...]] = {}

    def read(self, one: Recipient) -> Recipient:
        """The line ``one`` with what it says beside its name."""
        if archive := read_archive(one.name):
            units = tuple(_unit(unit, self.setting) for unit in archive.units)
            return replace(one, kind="files", members=units, copies=archive.copies, drafter=archive.drafter)
        folded = fold(one.name)
        if _AS_ABOVE.match(folded):
            return replace(one, kind="addressees", members=self.above)
        if article := _AS_ARTICLE.match(folded):
            reference = f"Điều {article['number']}"
            return replace(one, kind="article", reference=reference, members=self._charged(reference))
        if _AS_GIVEN.match(folded):
            return replace(one, kind="group")
        party = taken_apart(one.name, self.setting)
        return replace(one, kind=party.kind, members=party.members, excluded=party.excluded)

    def _charged(self, article: str) -> tuple[str, ...]:
        if article not in self.executors:
            self.executors[article] = read_executors(self.document, article)
        return self.executors[article]


def _unit(code: str, setting: Setting) -> str:
    """The name of a unit, where its code is one; a field (``CNTT``) is what the unit works on, not its name."""
    full = written_out(code, setting)
    return full if full[:1].isupper() else code


def role_of(purpose: str | None) -> str | None:
    """The strongest of what a purpose asks: ``để biết và chỉ đạo t/h`` -> ``act``; ``None`` when it says nothing."""
    folded = fold(purpose or "")
    return next((role for role, words in _roles() if words.search(folded)), None)


@cache
def _roles() -> list[tuple[str, re.Pattern[str]]]:
    roles: dict[str, list[str]] = settings("recipients")["roles"]
    return [(role, re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")) for role, words in roles.items()]
