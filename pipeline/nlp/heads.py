"""Is the head of a clause a verb? A second opinion from underthesea where the lexicons know neither unit nor verb.

*Rà soát hồ sơ tồn đọng* orders (the actor comes from above); *Tổ thẩm định rà soát hồ sơ* names its actor.
underthesea's tagger takes time quadratic in the length of its input, so it sees only the first few syllables of a
clause, and each head only once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

HEAD_SYLLABLES = 8

#: Adverbs, adjectives and conjunctions before the head (*chủ động*, *kịp thời*, *đồng thời*), and punctuation.
_MODIFIERS = frozenset({"R", "A", "C", "CH", "X", "T"})
#: Determiners (*các*, *mỗi*), classifiers, proper names and abbreviations (*UBND*) open a noun phrase.
_NOMINAL = frozenset({"L", "Nc", "Np", "Ny", "Nu"})
#: Times, which the tagger calls nouns and nobody calls a subject.
_TIME = re.compile(r"(?:sau|trước|khi|từ|đến|trong|(?:hàng|hằng|định) (?:năm|quý|tháng|tuần|ngày|kỳ))\b")
_IMPERATIVE = "hãy"


def clause_head_is_verb(clause: str) -> bool | None:
    """Tell a bare verb from a subject at the head of ``clause``.

    Args:
        clause: a clause or sentence without its list label; only its first 8 syllables are looked at.
    Returns:
        ``True`` for a verb, ``False`` for a noun phrase (tagged so twice: alone, and behind an imperative), ``None``
        when the tagger cannot tell or fails: a single noun tag tells nothing, for at the start of a clause verbs get
        it as often as nouns. Never raises.
    """
    head = " ".join(clause.split(maxsplit=HEAD_SYLLABLES)[:HEAD_SYLLABLES])
    return _tagged_as_verb(_sentence_initial_lowered(head)) if head else None


def _sentence_initial_lowered(head: str) -> str:
    """Take back the capital of the first word, which the tagger reads as a name; abbreviations (*UBND*) keep theirs."""
    first = head.split(" ", 1)[0]
    return head if first.isupper() and len(first) > 1 else head[:1].lower() + head[1:]


@lru_cache(maxsize=16_384)
def _tagged_as_verb(head: str) -> bool | None:
    try:
        verdict = _verdict(_tags(head))
        if verdict is not False:
            return verdict
        # A verb it took for a noun (*niêm phong kho*) shows behind an imperative; a noun phrase stays one.
        return None if _TIME.match(head) or _verdict(_tags(f"{_IMPERATIVE} {head}")[1:]) is not False else False
    except Exception:  # whatever the model stumbles over, a second opinion is never worth a document
        return None


def _tags(text: str) -> list[str]:
    from underthesea import pos_tag

    return [tag for _, tag in pos_tag(text)]


def _verdict(tags: Sequence[str]) -> bool | None:
    heads = [tag for tag in tags if tag not in _MODIFIERS]
    if heads[:1] == ["V"]:
        return True
    if heads and (heads[0] in _NOMINAL or (heads[0] == "N" and len(heads) > 1 and heads[1][0] == "N")):
        return False
    return None
