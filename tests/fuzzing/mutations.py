"""How files and texts are damaged: by chance, but always the same for the same seed."""

from __future__ import annotations

import io
import zipfile
from random import Random

from fuzzing.samples import is_zip, phrases, samples

_NUMBERS = (b"0", b"-1", b"65535", b"2147483647", b"4294967296", b"99999999999999999999")
_MARKS = (
    b"<",
    b">",
    b"&",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"{",
    b"}",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"(",
    b"obj",
    b"\0",
)
_ODD = ("\u200b", "\u202e", "\u0301", "\x00", "\ud800", "\U0001f4dc", "\t", "\u00a0", "\ufeff", "Ⅳ", "٣", "ﬁ", "…", "“")
_LARGEST = 400_000


def damaged_file(random: Random) -> tuple[str, bytes]:
    """Suffix and bytes of a damaged sample; in one of ten the suffix is that of another format."""
    suffix, data = random.choice(samples())
    data = _damaged_part(random, data) if is_zip(data) and random.random() < 0.7 else damaged(random, data)
    if random.random() < 0.1:
        suffix = random.choice(samples())[0]
    return suffix, data


def _damaged_part(random: Random, data: bytes) -> bytes:
    """The archive with one of its parts damaged, and whole again around it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        chosen = random.choice(names)
        for name in names:
            if name != chosen or random.random() < 0.95:
                content = source.read(name)
                target.writestr(name, damaged(random, content) if name == chosen else content)
    return buffer.getvalue()


def damaged(random: Random, data: bytes) -> bytes:
    """The bytes after one to eight small damages."""
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        if not data:
            break
        data = random.choice(_DAMAGES)(random, data)[:_LARGEST]
    return data


def _flip(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]


def _truncate(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _cut(random: Random, data: bytes) -> bytes:
    start = random.randrange(len(data))
    return data[:start] + data[start + random.randrange(1, 200) :]


def _repeat(random: Random, data: bytes) -> bytes:
    start = random.randrange(len(data))
    chunk = data[start : start + random.choice((1, 8, 60, 500))]
    return data[:start] + chunk * random.choice((2, 10, 400)) + data[start:]


def _splice(random: Random, data: bytes) -> bytes:
    other = random.choice(samples())[1]
    start = random.randrange(len(other))
    at = random.randrange(len(data))
    return data[:at] + other[start : start + random.randrange(1, 2000)] + data[at:]


def _swap(random: Random, data: bytes) -> bytes:
    first, second = sorted(random.randrange(len(data)) for _ in range(2))
    size = random.randrange(1, 300)
    moved = data[second : second + size]
    return data[:first] + moved + data[first:second] + data[second + size :]


def _zeros(random: Random, data: bytes) -> bytes:
    at, size = random.randrange(len(data)), random.randrange(1, 64)
    return data[:at] + bytes([random.choice((0, 255))]) * size + data[at + size :]


def _number(random: Random, data: bytes) -> bytes:
    """A number written in digits becomes another."""
    digits = [at for at in range(len(data) - 1) if data[at : at + 1].isdigit()][:5000]
    at = random.choice(digits) if digits else 0
    return data[:at] + random.choice(_NUMBERS) + data[at + 1 :]


def _insert(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + random.choice(_MARKS) * random.choice((1, 1, 3, 2000)) + data[at:]


_DAMAGES = (_flip, _flip, _truncate, _cut, _repeat, _splice, _swap, _zeros, _number, _insert)


def spliced_text(random: Random) -> str:
    """Phrases of dispatches in a wrong order, cut, repeated, with strange characters among them."""
    chosen = [_piece(random) for _ in range(random.randrange(1, 40))]
    return "".join(piece + random.choice((" ", " ", "\n", "\n", "\t", ", ", "; ", "")) for piece in chosen)


def _piece(random: Random) -> str:
    phrase = random.choice(phrases())
    chance = random.random()
    if chance < 0.5:
        return phrase
    start = random.randrange(len(phrase))
    part = phrase[start : start + random.randrange(1, 60)]
    if chance < 0.8:
        return part
    if chance < 0.9:
        return part + random.choice(_ODD) + phrase[:start]
    return part * random.randrange(2, 30)


def repeated_words(random: Random) -> str:
    """One to three pieces of phrases, to be repeated without end."""
    return "".join(_cut_phrase(random) + random.choice(("", " ", ", ")) for _ in range(random.randrange(1, 4)))


def _cut_phrase(random: Random) -> str:
    words = random.choice(phrases()).split(" ")
    start = random.randrange(len(words))
    return " ".join(words[start : start + random.randrange(1, 7)])
