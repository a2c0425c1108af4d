"""What is run on a damaged file or text, and what must be true of the outcome. A broken promise is an exception."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.clean import clean
from extractors.extract import Extraction, extract
from extractors.model import Result, Span
from extractors.raw import Line
from pipeline.containers import Bounds, is_container, unpack
from pipeline.process import process
from pipeline.readers import Options, UnreadableDocument
from pipeline.rows import citation_rows, document_row, obligation_rows, reference_rows, relation_rows

#: Formats whose pictures are recognised; in the others a page that is a picture is left.
_PICTURES = frozenset({".png", ".tiff", ".jpeg", ".bmp"})
_BOUNDS = Bounds(members=200, member=20 << 20, total=60 << 20)
_SHORT, _LONG = 3_000, 30_000
_GROWTH, _UNMEASURABLE = 40.0, 0.01


class BrokenPromise(AssertionError):
    """Something came out that must not."""


def check_file(path: Path) -> str:
    """Read a file as a batch does. Out: ``read`` or ``refused``; any exception is a finding."""
    if is_container(path):
        with TemporaryDirectory(prefix="fuzz-") as folder:
            found = unpack(path, Path(folder), _BOUNDS)
            for member in found.members:
                _read(member.path)
        return "read" if found.members else "refused"
    return _read(path)


def _read(path: Path) -> str:
    try:
        result = process(path, options=Options(ocr=path.suffix in _PICTURES))
    except UnreadableDocument as error:
        if not error.reason:
            raise BrokenPromise("a refusal without a reason") from error
        return "refused"
    check_result(result)
    return "read"


def check_text(text: str) -> str:
    """Extract from a text: no exception, and all spans in place."""
    check_spans(extract(clean([Line(line) for line in text.split("\n")])))
    return "read"


def check_result(result: Result) -> None:
    """All spans of a result lie in its text, and every row quotes the place it names."""
    text = result.document.text
    for span in spans_in(result):
        _inside(span, len(text))
    cited = citation_rows(result)
    document_row(result)
    for row in (*cited, *obligation_rows(result, cited), *relation_rows(result, cited), *reference_rows(result, cited)):
        if row["quote"] != text[row["start"] : row["end"]]:
            raise BrokenPromise("a row quotes another place than it names")


def check_spans(found: Extraction) -> None:
    """The same of an extraction."""
    for span in spans_in(tuple(found)):
        _inside(span, len(found.document.text))


def _inside(span: Span, length: int) -> None:
    if not 0 <= span.start <= span.end <= length:
        raise BrokenPromise(f"span {span.start}-{span.end} of a text of {length}")


def spans_in(value: object) -> Iterator[Span]:
    """Every span in a record and in the records in it."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from spans_in(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from spans_in(getattr(value, field.name))


def check_growth(words: str) -> str:
    """Ten times the text takes about ten times as long."""
    short, long = (min(_seconds(words, size) for _ in range(2)) for size in (_SHORT, _LONG))
    if long > _GROWTH * max(short, _UNMEASURABLE):
        raise BrokenPromise(f"{short:.3f} s become {long:.3f} s")
    return "read"


def _seconds(words: str, size: int) -> float:
    text = words * (size // len(words) + 1)
    start = time.process_time()
    extract(clean([Line(line) for line in f"Số: 1/TB-UBND {text}".split("\n")]))
    return time.process_time() - start
