"""A dispatch as displaCy shows it: its text, with citations, deadlines and obligations marked in Vietnamese.

Line by line: displaCy asks every token about every span and breaks no lines. It writes labels into HTML as they are, so
that only words of our own vocabulary, never words of the document, become labels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.export.labels import VALUES

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Group -> the vocabulary of its labels, the word before it, and the colour.
_SHOWN = {
    "obligations": ("kind", "Việc", "#9ec5fe"),
    "deadlines": ("deadline_type", "Hạn", "#ffc078"),
    "citations": ("relation", "Viện dẫn", "#a3cfbb"),
}
_PAGE = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Văn bản</title></head>
<body style="font-family: sans-serif; max-width: 60rem; margin: 2rem auto">
{body}
</body></html>
"""


def dispatch_html(doc: Doc, groups: Sequence[str] = tuple(_SHOWN)) -> str:
    """A page of HTML with the text of ``doc`` and the spans of ``groups``, of those that our components fill."""
    from spacy import displacy

    colours = {_label(group, name): _SHOWN[group][2] for group in groups for name in VALUES[_SHOWN[group][0]]}
    lines = list(_lines(doc, groups))
    options = {"colors": colours}
    body = displacy.render(lines, style="span", manual=True, jupyter=False, options=options) if lines else ""
    return _PAGE.format(body=body)


def _label(group: str, name: str) -> str:
    field, word, _ = _SHOWN[group]
    return f"{word}: {VALUES[field][name]}".replace(" ", "\xa0")  # the room of a label is as narrow as its first token


def _lines(doc: Doc, groups: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What displaCy wants to know of each line that is not blank; a span over several lines stands in each."""
    line_of: list[int] = []
    starts = [0]
    for token in doc:
        line_of.append(len(starts) - 1)
        if token.text == "\n":
            starts.append(token.i + 1)
    spans = defaultdict(list)
    for group in groups:
        for span in doc.spans.get(group, ()):
            for line in range(line_of[span.start], line_of[span.end - 1] + 1):
                end = starts[line + 1] if line + 1 < len(starts) else len(doc)
                first, last = max(span.start, starts[line]), min(span.end, end)
                place = {"start_token": first - starts[line], "end_token": last - starts[line]}
                spans[line].append(place | {"label": _label(group, span.label_)})
    for line, (start, end) in enumerate(zip(starts, [*starts[1:], len(doc)], strict=True)):
        tokens = [token.text for token in doc[start:end]]
        if any(token.strip() for token in tokens):
            yield {"text": doc[start:end].text, "tokens": tokens, "spans": spans[line]}
