"""A rule tokenizer for administrative Vietnamese that changes no character.

spaCy's own Vietnamese needs pyvi and breaks ``2135/TCHQ-VP``; this one cuts at syllables, which is what rules and token
patterns are written over, or on demand at words (:mod:`pipeline.nlp.words`). Whatever the text,
``"".join(t.text_with_ws for t in doc) == text``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.nlp.words import join_words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

#: What stays in one piece, narrower rules first; the first that matches at a position wins.
TOKEN_RULES: tuple[tuple[str, str], ...] = (
    ("address", r"(?:https?://|www\.)[^\s,;()]+[^\s,;().]|[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+"),
    ("closing", r"\./\."),
    # 2135/TCHQ-VP, 30/2020/NĐ-CP, 05a/KH-UBND, and the blank number of a draft: /KH-UBND
    ("code", r"(?:\d+[A-Za-zđĐ]?(?:/\d{4})?)?/[A-ZĐÂĂÊÔƠƯ]\w*(?:[-–&/.]\w+)*(?!\w)"),
    ("Party code", r"\d+[A-Za-z]?-[A-ZĐ]{2,}/[A-ZĐ]\w*(?:-\w+)*"),  # 08-NQ/TW
    ("date", r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|(?:\d{1,2}|[IVX]{1,4})/\d{1,4}(?!\d)"),
    ("time", r"\d{1,2}(?:[hg]\d{0,2}(?!\w)|:\d{2}(?!\d))"),
    ("number", r"\d+(?:[.,]\d+)*%?"),
    # TP. Hải Phòng, TM. ỦY BAN, ThS., v.v.
    ("abbreviation", r"(?:TP|TX|TT|TM|KT|TL|TUQ|Q|P|ThS|TS|PGS|GS|BS|KS|CN|Tp|Tx|v\.v)\.(?![./])"),
    ("short form", r"[A-Za-zđĐ]/[a-zđ](?!\w)"),  # V/v, b/c, đ/c
    ("numbered name", r"[^\W\d_]+-\d+(?!\w)"),  # Covid-19
    ("domain", r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:vn|com|org|net)(?!\w)"),
    ("word", r"[^\W_]+"),
    ("rule", r"\.{2,}|…+|-{2,}|_{2,}|\*{2,}"),
    ("blank", r"\s"),
    ("sign", r"."),
)
_TOKEN = re.compile("|".join(f"(?:{pattern})" for _, pattern in TOKEN_RULES), re.DOTALL)


def split_tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the tokens of ``text``, each with whether a single space follows that belongs to it.

    Line ends, tabs and further spaces are tokens of their own, so nothing is lost.
    """
    position, length = 0, len(text)
    while position < length:
        match = _TOKEN.match(text, position)
        end = match.end() if match else position + 1
        token = text[position:end]
        space = end < length and text[end] == " " and not token.isspace()
        yield token, space
        position = end + space


class Tokenizer:
    """The tokenizer as spaCy wants it: callable, and writable to bytes and disk.

    There is nothing to write: its rules are code, and whether it cuts ``by_word`` stands in the configuration.
    """

    def __init__(self, vocab: Vocab, by_word: bool = False) -> None:
        self.vocab, self.by_word = vocab, by_word

    def __call__(self, text: str) -> Doc:
        """Tokenize ``text`` without changing it."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        tokens = split_tokens(text)
        for token, space in join_words(tokens) if self.by_word else tokens:
            words.append(token)
            spaces.append(space)
        return Doc(self.vocab, words=words, spaces=spaces)

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Tokenize texts one by one."""
        return map(self, texts)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> Tokenizer:
        """Nothing to restore."""
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Nothing to keep; spaCy wants the file to exist."""
        Path(path).write_bytes(b"")

    def from_disk(self, _path: str | Path, **_: Any) -> Tokenizer:
        """Nothing to restore."""
        return self


def make_tokenizer(words: bool = False) -> Any:
    """The entry ``vanthu.Tokenizer.v1`` of spaCy's registry: gives a function from a pipeline to its tokenizer.

    ``words`` joins syllables to the words that underthesea sees (*hồ sơ*); what is no run of syllables stays the same.
    """

    def create(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab, words)

    return create
