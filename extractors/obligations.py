"""Clauses and task-table rows to Obligations: who must do what by when, one sentence or table row each.

The rules are those of usage described in GLOSSARY.md: an order names its doer, or inherits him from the heading or
lead-in above it (``II. Đối với Cục Thuế``), or else means those the dispatch is addressed to (``Kính gửi``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from extractors.actors import opens_with_predicate, split_names
from extractors.asking import guided_by_lead, speaker_of_lead
from extractors.calendar import vietnam
from extractors.deadlines import find_deadlines
from extractors.details import action, condition, coordinators, field_line, is_task_field, is_time_only, report_to
from extractors.directives import Reading, is_remark, read_sentence
from extractors.due import due_date
from extractors.letters import UPPER
from extractors.model import ActorSource, Clause, Deadline, Document, Header, Obligation, Span
from extractors.parties import Parties, is_pronoun
from extractors.run_on import behind_heading
from extractors.scopes import Scope, Scopes, is_lead, lead_scope
from extractors.sentences import addressed_people, quotations, split_sentences
from extractors.task_tables import Task, read_tasks, runs
from extractors.terms import read_terms
from extractors.time_limits import TimeLimits
from extractors.timing import choose, is_by_a_day, issued_on, late_part, of_duty, parts_by_deadline

#: Says whether an unknown clause head is a verb; ``None`` when it cannot tell.
HeadIsVerb = Callable[[str], bool | None]


_START = attrgetter("start")


class _Actors(NamedTuple):
    names: tuple[str, ...]
    source: ActorSource | None
    rule: str | None


def find_obligations(
    document: Document, header: Header, deadlines: Sequence[Deadline], head_is_verb: HeadIsVerb | None = None
) -> tuple[Obligation, ...]:
    """The obligations of ``document`` in order of place. Total: never raises; nothing found is an empty tuple.

    An order whose doer cannot be told is kept, with no actors and a warning.
    """
    walk = _Walk(document, header, deadlines, head_is_verb)
    for is_table, clauses in runs(document.text, document.clauses):
        walk.table(clauses) if is_table else walk.clauses(clauses)
    return tuple(walk.rows)


#: What an office says of itself: "UBND tỉnh đăng ký nội dung trình kỳ họp như sau:" lists no duties of others.
_OWN_ACT = re.compile(
    rf"(?:^|,\s)(?P<who>[{UPPER}][^,;:.]{{2,60}}?)\s(?:xin\s)?"
    r"(?:đăng ký|báo cáo|giải trình|cung cấp|đính chính|lập danh sách)\b"
)


_CHARGED = re.compile(r"(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ):?$")
#: "Chánh Văn phòng, … chịu trách nhiệm thi hành Quyết định này" (Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.2).
_EXECUTORY = re.compile(r"(?:có trách nhiệm |chịu trách nhiệm )?(?:thi hành|tổ chức thực hiện|thực hiện) \w+ \w+ này\b")


class _Walk:
    """Goes through the clauses in order with the scopes that are open."""

    def __init__(
        self, document: Document, header: Header, deadlines: Sequence[Deadline], head_is_verb: HeadIsVerb | None
    ) -> None:
        self.document, self.text, self.deadlines = document, document.text, deadlines
        self.header, self.parties = header, Parties(header)
        self.head_is_verb = head_is_verb
        self.quotes, self.limits = quotations(self.text), TimeLimits(self.text)
        self.zone, self.scopes = "body", Scopes()
        self.task_open = False
        self.ordered = False  # by an earlier part of the sentence
        self.invitation: int | None = None
        self.rows: list[Obligation] = []

    # ------------------------------------------------------------ running text
    def clauses(self, clauses: Sequence[Clause]) -> None:
        """Read consecutive clauses of running text."""
        for number, printed in enumerate(clauses):
            clause = behind_heading(self.text, printed)
            if clause.zone != self.zone:
                self.zone, self.scopes = clause.zone, Scopes()
            following = clauses[number + 1] if number + 1 < len(clauses) else None
            outer = self.scopes.enter(clause)
            if self._field(clause) or self._caption(clause):
                continue
            self.task_open = False
            if following and is_task_field(self.text, following.content) and self._task(clause, outer):
                continue
            if is_lead(self.text, clause, following):
                self._lead(clause, outer)
            else:
                self._sentences(clause, outer)

    def _task(self, clause: Clause, outer: Scope) -> bool:
        """A clause whose doer, helpers or time are given on lines of their own below it."""
        reading = read_sentence(self.text, clause.content, self.parties.voice(outer.directive))
        if reading.directs is False:
            return False
        self._add(clause, clause.content, reading, outer)
        self.scopes.add(clause, outer)
        self.task_open = True
        return True

    def _caption(self, clause: Clause) -> bool:
        """In a press report a line without a full stop is a title or a caption."""
        content = clause.content.of(self.text).rstrip()
        return not self.parties.official and clause.label is None and content[-1:] not in '.;:!?…”"'

    def _lead(self, clause: Clause, outer: Scope) -> None:
        scope, reading = lead_scope(self.text, clause, self.parties.voice(outer.directive))
        span = Span(clause.content.start, clause.content.end)
        speaker = speaker_of_lead(span.of(self.text).rstrip())
        speaks = reading and (self.parties.is_speaker(reading.names) or reading.names == (speaker,))
        if reading and speaks and reading.asked is None:
            scope, reading = scope._replace(names=(), rule=None), None
        own = _OWN_ACT.search(span.of(self.text))
        if own and self.parties.is_speaker((own["who"],)):
            scope = scope._replace(directive=None)
        if self.header.addressees and is_pronoun(scope.names):
            scope = scope._replace(names=())
        charged = _CHARGED.search(span.of(self.text))
        matter = scope.rule == "heading" and not charged and self.parties.concerned(scope.names)
        if matter and outer.names and not self.parties.concerned(outer.names):
            scope = scope._replace(names=outer.names, rule=outer.rule)
        if helpers := coordinators(span.of(self.text), scope.names or outer.names):
            scope = scope._replace(coordinators=helpers)
        if scope.names:
            deadline = of_duty(self.text, span, self.deadlines)
            scope = scope._replace(deadline=_handed_down(deadline, reading))
        guided = guided_by_lead(span.of(self.text).rstrip())
        if guided and not self.parties.concerned(guided):
            scope = scope._replace(names=guided, rule="lead_in", directive=True)
        scope = scope._replace(speaker=speaker)
        if reading and self._orders(clause, span, reading, outer):
            self._add(clause, span, reading, outer)
            scope = scope._replace(row=len(self.rows) - 1)
        self.scopes.add(clause, scope)

    def _orders(self, clause: Clause, span: Span, reading: Reading, outer: Scope) -> bool:
        """True when a lead-in is an order of its own: it names its doer or begins with a verb, and says what to do."""
        stated = reading.directs or reading.names or (clause.label is None and opens_with_predicate(span.of(self.text)))
        whole = span.of(self.text).rstrip().endswith(":") or bool(reading.directs)
        return (
            bool(stated)
            and whole
            and self.parties.decide(reading, outer.directive, None)
            and self.parties.says_something(self.text, span, reading)
        )

    def _sentences(self, clause: Clause, outer: Scope) -> None:
        names = outer
        for sentence in split_sentences(self.text, clause.content):
            if is_time_only(self.text, sentence) and self._extend(sentence):
                continue
            if self._quoted(sentence):
                continue
            self.ordered = False
            for part in parts_by_deadline(self.text, sentence, self.deadlines):
                if not self.parties.official and is_remark(part.of(self.text)):
                    names = names._replace(directive=None)  # the report goes on with something else
                else:
                    names = self._part(clause, part, outer, names)
        if clause.label is not None and self.rows and self.rows[-1].span.start >= clause.span.start:
            names = names._replace(row=len(self.rows) - 1, directive=True)
        governs = outer if clause.label is None and outer.rule == "heading" else names
        if governs.asked is not None or governs.directive is not names.directive:
            governs = governs._replace(directive=names.directive, asked=None)
        self.scopes.add(clause, governs)

    def _quoted(self, sentence: Span) -> bool:
        """Does it stand in one of the quotations, which follow each other?"""
        at = bisect_right(self.quotes, sentence.start, key=_START)
        return at > 0 and self.quotes[at - 1].contains(sentence)

    def _part(self, clause: Clause, part: Span, outer: Scope, names: Scope) -> Scope:
        """Read one part of a sentence; the scope for what follows in the paragraph. ``names`` is that of before."""
        directs = names.directive
        reading = read_sentence(self.text, part, self.parties.voice(directs))
        if self.parties.passes_up(reading, names.asked):
            reading = reading._replace(names=())
        due = is_by_a_day(of_duty(self.text, part, self.deadlines))
        told = True if self.ordered else directs
        decided = self.parties.decide(reading, told, self._verb(reading, part, names), due)
        if decided:
            self.ordered = True
            self._add(clause, part, reading, outer if reading.names else names)
            directs = True if clause.label is None and reading.asked else directs
        elif clause.label is None and not self.parties.official:
            directs = None
        people = addressed_people(self.text, part)
        if people:
            return outer._replace(names=people, directive=directs, rule="addressed", asked=None, coordinators=())
        if reading.names and decided and not self.text[part.start].islower():
            named = outer._replace(names=reading.names, directive=directs, rule=reading.rule, asked=reading.asked)
            return named._replace(coordinators=(), speaker=reading.speaker or outer.speaker)
        return names if directs is names.directive else names._replace(directive=directs)

    def _verb(self, reading: Reading, span: Span, outer: Scope) -> bool | None:
        """Ask about the head of a clause for which nobody is known: an order begins with a verb, a statement does not.

        The points of a law that charge nobody are norms, not duties.
        """
        if reading.rule != "bare" or outer.names or self.header.addressees:
            return None
        if self.parties.normative:
            return False
        return self.head_is_verb(self.text[reading.predicate : span.end][:80]) if self.head_is_verb else None

    def _extend(self, sentence: Span) -> bool:
        """Give the time of a sentence that states nothing else to the row before it."""
        deadline = choose(self.deadlines, sentence)
        if not self.rows or deadline is None or self.rows[-1].deadline or sentence.start - self.rows[-1].span.end > 200:
            return False
        last = self.rows[-1]
        self.rows[-1] = self._timed(replace(last, span=Span(last.span.start, sentence.end)), deadline)
        return True

    def _field(self, clause: Clause) -> bool:
        """``- Cơ quan chủ trì: Sở Tư pháp.`` belongs to the task above it."""
        found = field_line(self.text, clause.content)
        if found and found[0] == "time" and not self.task_open and self._meeting(found[1]):
            return True
        if found is None or not self.task_open:
            return False
        kind, value = found
        last = replace(self.rows[-1], span=Span(self.rows[-1].span.start, clause.content.end))
        if kind == "time":
            deadline = choose(self.deadlines, value) or self._alone(value)
            self.rows[-1] = self._timed(last, deadline) if deadline else last
        elif kind == "product":
            self.rows[-1] = replace(last, product=value.of(self.text).strip(" .;") or None)
        elif kind == "coordinators":
            self.rows[-1] = replace(last, coordinators=split_names(value.of(self.text)))
        else:
            self.rows[-1] = replace(
                last, actors=split_names(value.of(self.text)), actor_source="explicit", actor_rule="field"
            )
        return True

    def _alone(self, value: Span) -> Deadline | None:
        """The time that fills a field by itself (``Quý III/2024``), as a table cell would."""
        text = value.of(self.text).rstrip(" .;")
        found = find_deadlines(f"\t{text}", issued_on(self.header))
        shifted = [replace(d, span=Span(value.start + d.span.start - 1, value.start + d.span.end - 1)) for d in found]
        return choose(shifted, value)

    def _meeting(self, value: Span) -> bool:
        """``Thời gian: 14 giờ 00, ngày …`` gives the time of the invitation before it."""
        deadline = choose(self.deadlines, value)
        if self.invitation is None or deadline is None or self.rows[self.invitation].deadline:
            return False
        self.rows[self.invitation] = self._timed(self.rows[self.invitation], deadline)
        return True

    # ------------------------------------------------------------ tables
    def table(self, clauses: Sequence[Clause]) -> None:
        numbered: dict[str, int] = {}
        for task in read_tasks(self.text, clauses):
            deadline = choose(self.deadlines, task.time) if task.time else None
            actors = _Actors(task.actors, "explicit" if task.actors else None, "table_column" if task.actors else None)
            above = numbered.get(task.label.rpartition(".")[0]) if task.label else None
            self.rows.append(replace(self._task_row(task, actors, deadline), parent=above))
            if task.label:
                numbered[task.label] = len(self.rows) - 1

    def _task_row(self, task: Task, actors: _Actors, deadline: Deadline | None) -> Obligation:
        path = ".".join(p for p in (task.clause.path, task.label) if p) or None
        row = Obligation(
            span=task.span,
            rule="task_table",
            kind="obligation",
            actors=actors.names,
            actor_source=actors.source,
            actor_rule=actors.rule,
            coordinators=task.coordinators,
            action=task.action.of(self.text).strip(),
            product=task.product.of(self.text).strip() if task.product else None,
            target=read_terms(task.action.of(self.text)).target,
            clause=path,
        )
        return self._timed(row, deadline) if deadline else row

    # ------------------------------------------------------------ one row
    def _add(self, clause: Clause, span: Span, reading: Reading, outer: Scope) -> None:
        actors = self._actors(reading, outer, self.limits.holder(span.of(self.text)))
        deadline = of_duty(self.text, span, self.deadlines) or outer.deadline
        sentence = span.of(self.text)
        row = Obligation(
            span=span,
            rule=reading.rule,
            kind=self.parties.kind(reading, actors.names, outer.asked),
            actors=actors.names,
            actor_source=actors.source,
            actor_rule=actors.rule,
            coordinators=coordinators(sentence, actors.names) or self._helpers(actors, outer),
            action=action(self.text, reading.predicate, span),
            report_to=report_to(sentence),
            condition=condition(sentence),
            **read_terms(sentence)._asdict(),
            ordered_by=self._ordered_by(reading, outer),
            parent=outer.row if clause.label is not None else None,
            clause=clause.path,
            warnings=() if actors.names else ("Không xác định được đơn vị thực hiện.",),
        )
        if reading.asked == "mời":
            self.invitation = len(self.rows)
        row = self._timed(row, deadline) if deadline else row
        late = late_part(row.due, self._due(outer.deadline) if outer.deadline else None)
        self.rows.append(replace(row, warnings=row.warnings + late) if late else row)

    def _actors(self, reading: Reading, outer: Scope, holder: str | None) -> _Actors:
        known = bool(outer.names or self.header.addressees)
        matter = reading.rule == "concerning" and known and self.parties.concerned(reading.names)
        if reading.names and self.header.addressees and is_pronoun(reading.names):
            return _Actors(self.header.addressees, "addressee", "addressee")
        if outer.names and reading.asked in ("yêu cầu", "đề nghị") and self._asks_others(reading, outer):
            return _Actors(outer.names, "inherited", outer.rule)
        if reading.names and not matter:
            return _Actors(reading.names, "explicit", self._named_by(reading))
        if outer.names:
            return _Actors(outer.names, "inherited", outer.rule)
        if holder and reading.rule == "bare":
            return _Actors((holder,), "inherited", "time_limit")
        if self.header.addressees:
            return _Actors(self.header.addressees, "addressee", "addressee")
        return _Actors((), None, None)

    def _named_by(self, reading: Reading) -> str:
        """The rule that named the actors; those of the last article of a decision are its executors."""
        return "executory" if _EXECUTORY.match(self.text, reading.predicate) else reading.rule

    def _ordered_by(self, reading: Reading, outer: Scope) -> str | None:
        """Whose order it is when another than the issuer gives it; the closing order is the issuer's own."""
        if reading.rule == "relayed":
            return None
        speaker = reading.speaker or outer.speaker
        return None if speaker is None or self.parties.own_voice(speaker) else speaker

    def _helpers(self, actors: _Actors, outer: Scope) -> tuple[str, ...]:
        """Those of the lead-in, for a row that inherits its actors too."""
        return tuple(n for n in outer.coordinators if n not in actors.names) if actors.source == "inherited" else ()

    def _asks_others(self, reading: Reading, outer: Scope) -> bool:
        """``… thì yêu cầu người khai …`` among the duties of an office is asked by that office."""
        before = self.text[max(0, reading.predicate - 200) : reading.predicate]
        within = re.search(r"\b(?:thì|này|,) (?:yêu cầu|đề nghị) [^.;:]*$", before)
        return bool(within) and self.parties.concerned(reading.names) and not self.parties.concerned(outer.names)

    def _timed(self, row: Obligation, deadline: Deadline) -> Obligation:
        due = self._due(deadline)
        return replace(
            row, deadline=deadline, due=due.isoformat() if due else None,
            recurrence=deadline.value if deadline.type == "recurring" else None,
        )  # fmt: skip

    def _due(self, deadline: Deadline) -> date | None:
        return due_date(deadline, issued_on(self.header), None, vietnam())


def _handed_down(deadline: Deadline | None, reading: Reading | None) -> Deadline | None:
    """The time of a lead-in for the items under it; an event before the asking is the speaker's own affair."""
    own = reading and reading.asked and deadline and deadline.span.start < reading.predicate
    return None if own and deadline and deadline.type in ("event", "immediate") else deadline
