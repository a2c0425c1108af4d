"""Show a document with everything read from it: each under its line, with place, page and rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from extractors.model import Citation, CitedRelation, Deadline, Obligation, Reference, Result, Span
from pipeline.containers import INSIDE, holder, unpack
from pipeline.export.labels import HEADINGS, label, party_line, signature_lines
from pipeline.language import Say
from pipeline.process import printable, process
from pipeline.readers import UnreadableDocument

_STYLES = {
    "header": "green",
    "citation": "cyan",
    "deadline": "bold yellow",
    "obligation": "underline",
    "reference": "magenta",
    "relation": "blue",
}
_HEADER_FIELDS = (
    "doc_type", "code", "canonical_id", "parent_issuer", "issuer", "authority", "place", "date", "effective",
    "expires", "subject", "urgency", "secrecy",
    "signing_mode", "on_behalf_of", "signer_title", "signer_name",
)  # fmt: skip


class Note(NamedTuple):
    """A thing read: where it stands, what kind of thing it is, what to say of it, and the rule."""

    span: Span
    kind: str
    says: str
    rule: str


def read_one(path: Path) -> Result:
    """What is read from one file, also from one in a container (``a.zip!/b.pdf``).

    Raises ``FileNotFoundError`` when there is none, ``UnreadableDocument`` also for what does not come out.
    """
    if path.is_file():
        return process(path)
    box = Path(holder(str(path)))
    if not box.is_file():
        raise FileNotFoundError(path)
    inside = str(path)[len(str(box)) + len(INSIDE) :]
    with TemporaryDirectory(prefix="vanthu-") as scratch:
        unpacked = unpack(box, Path(scratch))
        for member in unpacked.members:
            if member.name == inside:
                return process(member.path, f"{printable(box.name)}{INSIDE}{member.name}", stated=member.stated)
    for refused in unpacked.refused:
        if refused.name in (inside, ""):
            raise UnreadableDocument(path, refused.reason)
    raise FileNotFoundError(path)


def show_explanation(console: Console, say: Say, result: Result) -> None:
    """Print header, annotated text and counts of ``result``."""
    console.print(Text(f"{result.path} · {result.format} · {result.pages} {say('page')} · sha256 {result.sha256[:12]}"))
    _show_header(console, say, result)
    console.print(Text(say("spans"), style="dim"))
    notes = sorted(_notes(result), key=lambda note: (note.span.start, -note.span.end))
    for start, line in _lines(result.document.text):
        console.print(_painted(start, line, notes), soft_wrap=True)
        for note in notes:
            if start <= note.span.start < start + len(line) + 1:
                console.print(_annotation(say, result, note), soft_wrap=True)
    console.print(
        say(
            "explain_counts",
            citations=len(result.citations),
            deadlines=len(result.deadlines),
            obligations=len(result.obligations),
        )
    )


def _show_header(console: Console, say: Say, result: Result) -> None:
    header = result.header
    console.print(Text(say("header"), style="bold"))
    for field in _HEADER_FIELDS:
        value = getattr(header, field)
        console.print(
            Text.assemble(f"  {HEADINGS[field]}: ", (value or f"({say('not_stated')})", "" if value else "dim"))
        )
    addressees = [party_line(asdict(one)) for one in header.addressed] or header.addressees
    recipients = [party_line(asdict(one)) for one in header.recipients]
    for name, values in (("addressees", addressees), ("recipients", recipients)):
        console.print(Text(f"  {HEADINGS[name]}: {'; '.join(values) or '(' + say('not_stated') + ')'}"))
    _show_signatures(console, say, result)
    for warning in (*result.warnings, *header.warnings):
        console.print(Text(f"  ! {warning}", style="yellow"))


def _show_signatures(console: Console, say: Say, result: Result) -> None:
    for line in signature_lines(map(asdict, result.signatures)):
        console.print(Text(f"  {HEADINGS['signatures']}: {line}"))
    if any(signature.trusted is None for signature in result.signatures):
        console.print(Text(f"    {say('untrusted')}", style="dim"))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _painted(start: int, line: str, notes: list[Note]) -> Text:
    painted = Text(line)
    for note in notes:
        if note.span.overlaps(Span(start, start + len(line))):
            painted.stylize(_STYLES[note.kind], max(0, note.span.start - start), note.span.end - start)
    return painted


def _annotation(say: Say, result: Result, note: Note) -> Text:
    page = result.document.page_at(note.span.start)
    place = f"    [{note.span.start}–{note.span.end}, {say('page')} {page}] "
    return Text.assemble(
        (place, "dim"), (note.says, _STYLES[note.kind].replace("underline", "magenta")), f" · {note.rule}"
    )


def _notes(result: Result) -> Iterator[Note]:
    for evidence in result.header.evidence:
        value = getattr(result.header, evidence.field, None)
        name = HEADINGS.get(evidence.field, evidence.field)
        says = f"{name}: {value}" if isinstance(value, str) else name
        yield Note(evidence.span, "header", says, evidence.rule)
    for citation in result.citations:
        yield Note(citation.span, "citation", _citation(citation), citation.rule)
    for between in result.relations:
        yield Note(between.span, "relation", _relation(result, between), between.rule)
    for reference in result.references:
        yield Note(reference.span, "reference", _reference(result, reference), reference.rule)
    for deadline in result.deadlines:
        yield Note(deadline.span, "deadline", _deadline(deadline), deadline.rule)
    for duty in result.obligations:
        yield Note(duty.span, "obligation", _obligation(duty), f"{duty.rule}, {duty.actor_rule or '?'}")


def _citation(citation: Citation) -> str:
    parts = (label("relation", citation.relation), citation.type, citation.code or citation.name, citation.date)
    warned = "".join(f" ! {warning}" for warning in citation.warnings)
    return " · ".join(part for part in (*parts, citation.pinpoint) if part) + warned


def _named(result: Result, index: int) -> str:
    cited = result.citations[index]
    if cited.name and cited.type and cited.name.startswith(cited.type) and not cited.code:
        return cited.name
    return " ".join(part for part in (cited.type, cited.code or cited.name) if part)


def _relation(result: Result, between: CitedRelation) -> str:
    relation = label("relation", between.relation)
    return f"{_named(result, between.source)} → {relation} → {_named(result, between.target)}"


def _reference(result: Result, reference: Reference) -> str:
    itself = ["chính văn bản này"] if reference.target == "self" else []
    meant = "; ".join(itself + [_named(result, i) for i in reference.antecedents])
    warned = "".join(f" ⚠ {warning}" for warning in reference.warnings)
    return f"chỉ: {meant or '?'}{warned}"


def _deadline(deadline: Deadline) -> str:
    kind = label("deadline_type", deadline.type)
    warned = "".join(f" ! {warning}" for warning in deadline.warnings)
    return f"{HEADINGS['deadline_text']}: {deadline.value or '?'} ({kind}){warned}"


def _obligation(duty: Obligation) -> str:
    who = "; ".join(duty.actors) or "?"
    source = f" ({label('actor_source', duty.actor_source)})" if duty.actor_source else ""
    due = f" · {HEADINGS['due']}: {duty.due}" if duty.due else ""
    warned = "".join(f" ! {warning}" for warning in duty.warnings)
    return f"{label('kind', duty.kind)}: {who}{source}{due}{warned}"
