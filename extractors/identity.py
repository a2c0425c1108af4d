"""The identity of a document across the corpus: number and symbol made unique by year and locality.

``30/2020/NĐ-CP`` stands alone; ``15/CT-TTg`` repeats every year, ``169/TB-UBND`` in every province too:
``15/CT-TTg@2020``, ``169/TB-UBND@2020#hai-phong``. An unknown year or locality is ``?``, never a guess.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.fold import fold
from extractors.letters import UPPER
from extractors.lexicon import key, table

_LOCAL = re.compile(
    r"(?:^|[/-])(?:CT)?(?:UBND|UB|HĐND|TTHĐND|HU|QU|TU|ĐU|ThU|VPTU|BTCTU|UBKTTU|VPUB|VPUBND|BCĐ|LĐLĐ|CAT|BCHQS|BĐBP|TĐTN|BQL\w*|S[A-ZĐ]\w+"
    r"|P[A-ZĐ]{2,}\w*)(?=$|[/-])"
)
_UNIQUE = re.compile(r"(?:QH|UBTVQH)\d+$")
#: The name begins with a capital or is a number: *tỉnh về việc* names none.
#: *Lao động - Thương binh và Xã hội* holds no commune; of a joint document the first office tells the place.
_AREA = re.compile(
    r"(?<!\w)((?i:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|phường|xã|đặc khu))\s+(?!(?i:ủy|đoàn|hội(?!\w)))"
    rf"(?=[{UPPER}\d])(.+?)(?=\s[-–]\s|$)"
)


def canonical_id(code: str | None, date: str | None, issuer: str | None) -> str | None:
    """The key of a document from its printed code, its date as far as known and its issuer's name.

    ``None`` without a complete code: a blank number identifies nothing.
    """
    if not code or not code[0].isdigit():
        return None
    number = re.sub(r"^0+(?=\d)", "", code)
    dated = bool(re.match(r"[\d.]+[a-zđ]?/\d{4}/", number)) or bool(_UNIQUE.search(number))
    year = "" if dated else f"@{date[:4] if date else '?'}"
    local = f"#{locality(issuer) or '?'}" if _LOCAL.search(re.sub(r"^[^/-]*", "", number)) else ""
    return f"{number}{year}{local}"


@lru_cache(maxsize=4096)
def locality(issuer: str | None) -> str | None:
    """The slug of the place in an issuer's name: ``hai-phong``; below the province with its kind: ``xa-binh-son``."""
    match = _AREA.search(issuer or "")
    if match:
        kind, name = match.groups()
        is_province = key(name) in _provinces()
        return slug(name if is_province and fold(kind) in ("tinh", "thanh pho") else f"{kind} {name}")
    named = f" {key(issuer or '')}"
    ends = (place for name, place in _provinces().items() if named.endswith(name) and _word_ends(named[: -len(name)]))
    return next(ends, None)


def _word_ends(before: str) -> bool:
    """True when a word ends there."""
    return not (before[-1].isalnum() or before[-1] == "_")


@cache
def _provinces() -> dict[str, str]:
    """The slugs of the provinces by their keys, in the order of the table."""
    return {key(row["name"]): slug(row["name"]) for row in table("provinces")}


def slug(name: str) -> str:
    """Folded words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))
