"""Is the head of a clause a verb? A second opinion from underthesea where the lexicons know neither unit nor verb.

*Rà soát hồ sơ tồn đọng* orders (the actor comes from above); *Tổ thẩm định rà soát hồ sơ* names its actor.
underthesea's tagger takes time quadratic in the length of its input, so it sees only the first few syllables of a
clause, and each head only once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

HEAD_SYLLABLES = 8

#: Adverbs, adjectives and conjunctions before the head (*chủ động*, *kịp thời*, *đồng thời*), and punctuation.
_MODIFIERS = frozenset({"R", "A", "C", "CH", "X", "T"})
#: Determiners (*các*, *mỗi*), classifiers, proper names and abbreviations (*UBND*) open a noun phrase.
_NOMINAL = frozenset({"L", "Nc", "Np", "Ny", "Nu"})


def clause_head_is_verb(clause: str) -> bool | None:
    """Tell a bare verb from a subject at the head of ``clause``.

    Args:
        clause: a clause or sentence without its list label; only its first 8 syllables are looked at.
    Returns:
        ``True`` for a verb, ``False`` for a noun phrase, ``None`` when the tagger cannot tell or fails (a single noun
        tag tells nothing: at the start of a clause verbs get it as often as nouns). Never raises.
    """
    head = " ".join(clause.split(maxsplit=HEAD_SYLLABLES)[:HEAD_SYLLABLES])
    return _tagged_as_verb(_sentence_initial_lowered(head)) if head else None


def _sentence_initial_lowered(head: str) -> str:
    """Take back the capital of the first word, which the tagger reads as a name; abbreviations (*UBND*) keep theirs."""
    first = head.split(" ", 1)[0]
    return head if first.isupper() and len(first) > 1 else head[:1].lower() + head[1:]


@lru_cache(maxsize=16_384)
def _tagged_as_verb(head: str) -> bool | None:
    from underthesea import pos_tag

    try:
        tags = [tag for _, tag in pos_tag(head)]
    except Exception:  # whatever the model stumbles over, a second opinion is never worth a document
        return None
    return _verdict([tag for tag in tags if tag not in _MODIFIERS])


def _verdict(tags: Sequence[str]) -> bool | None:
    if tags[:1] == ["V"]:
        return True
    if tags and (tags[0] in _NOMINAL or (tags[0] == "N" and len(tags) > 1 and tags[1][0] == "N")):
        return False
    return None
