"""Training data from reviews: read back with spaCy, as CoNLL-U Plus and as JSON lines, down to the character."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import DISPATCH, directive, dispatch
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from typer.testing import CliRunner

from extractors.model import Span
from pipeline.cli import app
from pipeline.decisions import Action, Decision, decide
from pipeline.export import training
from pipeline.export.training import conll
from pipeline.export.training.marks import GROUPS, Annotated, Mark
from pipeline.query import Filters, find_obligations
from pipeline.store import save

Place = tuple[str, str, str]
REPORT, WARD, BASIS = DISPATCH.splitlines()
ACCEPTED: set[Place] = {
    ("obligations", "obligation", REPORT),
    ("units", "actor", "Cục HQ TP Cửa Biển"),
    ("deadlines", "deadline", "trước ngày 05/4/2020"),
}


@pytest.fixture
def store(engine: Engine) -> Engine:
    """Two documents, of one of which a row was accepted."""
    for number, result in enumerate((dispatch(), directive())):
        save(engine, result, f"/{number}")
    decide(engine, [Decision("Lan", Action.ACCEPT, id_of(engine, "báo cáo"))])
    return engine


def id_of(engine: Engine, words: str) -> str:
    """The id of the row with these words."""
    (row,) = find_obligations(engine, Filters(text=words))
    return str(row["obligation_id"])


def read_spacy(paths: list[Path]) -> dict[str, set[Place]]:
    """The marked words of each document as spaCy reads them, in a process that knows nothing of our component."""
    import spacy
    from spacy.tokens import DocBin

    docs = [doc for path in paths for doc in DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab)]
    return {
        doc.user_data["path"]: {(group, span.label_, span.text) for group, spans in doc.spans.items() for span in spans}
        for doc in docs
    }


def read_jsonl(paths: list[Path]) -> dict[str, set[Place]]:
    """The same from JSON lines; both ways of writing a place must agree."""
    found = {}
    for line in paths[0].read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text, spans = record["text"], record["spans"]
        assert record["label"] == [[span["start"], span["end"], span["label"]] for span in spans]
        found[record["meta"]["path"]] = {(s["group"], s["label"], text[s["start"] : s["end"]]) for s in spans}
    return found


def read_conll(paths: list[Path], texts: dict[str, str]) -> dict[str, set[Place]]:
    """The same from BIO; each token stands where it says, and no ``I-`` follows anything but its own ``B-``."""
    found: dict[str, set[Place]] = {}
    head, *rest = paths[0].read_text(encoding="utf-8").split("# newdoc ")
    assert head.split()[:3] == ["#", "global.columns", "="]
    for block in rest:
        path = next(line.removeprefix("# path = ") for line in block.splitlines() if line.startswith("# path = "))
        found[path] = set()
        for sentence in block.split("\n\n"):
            rows = [line.split("\t") for line in sentence.splitlines() if "\t" in line]
            assert all(texts[path][int(start) : int(end)] == form for form, start, end, *_ in rows)
            for number, group in enumerate(GROUPS, 3):
                for label, start, end in _runs([(row[number], int(row[1]), int(row[2])) for row in rows]):
                    found[path].add((group, label, texts[path][start:end]))
    return found


def _runs(tagged: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    runs: list[tuple[str, int, int]] = []
    before = "O"
    for tag, start, end in tagged:
        if tag.startswith("B-"):
            runs.append((tag[2:], start, end))
        elif tag.startswith("I-"):
            assert before[2:] == tag[2:], tag
            runs[-1] = (tag[2:], runs[-1][1], end)
        before = tag
    return runs


def all_readings(engine: Engine, target: Path, *, every: bool = False) -> list[dict[str, set[Place]]]:
    """What each format gives back."""
    paths = {form: training.write(engine, form, target, every=every).paths for form in training.FORMATS}
    texts = {"cv.txt": DISPATCH, "ct.txt": directive().document.text}
    return [
        read_spacy(paths["spacy"]),
        read_jsonl(paths["jsonl-annotations"]),
        read_conll(paths["conll"], texts),
    ]


def test_accepted_rows_come_back(store: Engine, tmp_path: Path) -> None:
    """Every format marks the accepted row, its actor and its deadline, and nothing that nobody looked at."""
    assert [{"cv.txt": ACCEPTED}] * 3 == all_readings(store, tmp_path)


def test_all_rows_come_back(store: Engine, tmp_path: Path) -> None:
    """With the rows of the machine: the other duty, the citation, and the document without any."""
    both = ACCEPTED | {
        ("obligations", "prohibition", WARD),
        ("units", "actor", "Sở Y tế tỉnh Bình Lục"),
        ("citations", "implements", "Chỉ thị số 07/CT-TTg ngày 02/3/2020 của Thủ tướng Chính phủ"),
    }
    assert [{"cv.txt": both, "ct.txt": set()}] * 3 == all_readings(store, tmp_path, every=True)


def test_corrections_additions_and_rejections_count(store: Engine, tmp_path: Path) -> None:
    """A corrected row is marked as corrected, an added one as added, a rejected one not at all."""
    place = DISPATCH.index(BASIS)
    basis = next(one for one in find_obligations(store) if one["path"] == "cv.txt")["doc_id"]
    decide(
        store,
        [
            Decision("Lan", Action.CORRECT, id_of(store, "trực"), {"kind": "recommendation"}),
            Decision("Lan", Action.REJECT, id_of(store, "kho lạnh")),
            Decision("Lan", Action.ADD, None, {"kind": "permission"}, basis, Span(place, place + len(BASIS))),
        ],
    )
    wanted = {
        ("obligations", "recommendation", WARD),
        ("units", "actor", "Sở Y tế tỉnh Bình Lục"),
        ("obligations", "permission", BASIS),
    }
    assert [{"cv.txt": wanted}] * 3 == all_readings(store, tmp_path)


def test_it_says_what_nobody_reviewed(store: Engine, tmp_path: Path) -> None:
    """Who trains on a document must know that rows of it may be missing."""
    written = training.write(store, "jsonl-annotations", tmp_path)
    assert (written.documents, written.unreviewed) == (1, 1)
    assert json.loads(written.paths[0].read_text(encoding="utf-8"))["meta"]["unreviewed"] == 1
    decide(store, [Decision("Lan", Action.REJECT, id_of(store, "trực"))])
    assert training.write(store, "jsonl-annotations", tmp_path).unreviewed == 0


def test_another_file_of_the_same_document_is_not_counted_twice(store: Engine, tmp_path: Path) -> None:
    """A second copy gives no second example, unless somebody reviewed it."""
    from sqlalchemy import update

    from pipeline.tables import documents

    save(store, dispatch("cv2.txt"), "/2")
    main = next(one for one in find_obligations(store) if one["path"] == "cv.txt")["doc_id"]
    with store.begin() as connection:
        connection.execute(update(documents).where(documents.c.path == "cv2.txt").values(version_of=main))
    assert training.write(store, "conll", tmp_path, every=True).documents == 2


def test_secret_documents_stay_here(store: Engine, tmp_path: Path) -> None:
    """What bears a mark of secrecy is no training data, reviewed or not; the command says so."""
    from sqlalchemy import update

    from pipeline.tables import documents

    with store.begin() as connection:
        connection.execute(update(documents).where(documents.c.path == "cv.txt").values(secrecy="Mật"))
    written = training.write(store, "jsonl-annotations", tmp_path, every=True)
    assert (written.documents, written.secret) == (1, ["cv.txt"])
    assert "kho lạnh" not in written.paths[0].read_text(encoding="utf-8")
    command = ["export", str(tmp_path), "--db", str(store.url.database), "--format", "conll"]
    said = " ".join(CliRunner().invoke(app, command).output.split())
    assert "Không xuất 1 văn bản có dấu độ mật" in said


def test_spacy_learns_from_it(store: Engine, tmp_path: Path) -> None:
    """The files are what ``spacy train`` reads: a span categorizer takes them and its loss falls."""
    import spacy
    from spacy.training import Corpus

    training.write(store, "spacy", tmp_path / "train")
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "vanthu.Tokenizer.v1"}}})
    suggester = {"@misc": "spacy.ngram_range_suggester.v1", "min_size": 4, "max_size": 6}
    nlp.add_pipe("spancat", config={"spans_key": "units", "suggester": suggester})
    examples = list(Corpus(tmp_path / "train")(nlp))
    optimizer = nlp.initialize(lambda: examples)
    losses = [nlp.update(examples, sgd=optimizer)["spancat"] for _ in range(8)]
    assert losses[-1] < losses[0]


def test_documents_go_into_several_files(store: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large collection does not make one file that no memory holds; the parts together hold everything."""
    from pipeline.export.training import spacy as writer

    monkeypatch.setattr(writer, "IN_ONE_FILE", 1)
    paths = training.write(store, "spacy", tmp_path, every=True).paths
    assert [path.name for path in paths] == ["annotations-0001.spacy", "annotations-0002.spacy"]
    assert set(read_spacy(paths)) == {"cv.txt", "ct.txt"}


def conll_of(text: str, marks: list[Mark], folder: Path) -> str:
    """A document with marks of obligations as CoNLL."""
    empty: dict[str, list[Mark]] = {group: [] for group in GROUPS}
    document = Annotated("0" * 16, "a\nb.txt", None, text, 0, empty | {"obligations": marks})
    return conll.write([document], folder)[0].read_text(encoding="utf-8")


def test_bio_keeps_the_longest_mark(tmp_path: Path) -> None:
    """A duty inside another finds no room in a column, and the file says how many did not."""
    inside = conll_of("Sở Y tế báo cáo", [Mark(0, 15, "obligation", "a"), Mark(8, 15, "obligation", "b")], tmp_path)
    assert "# left_out = 1" in inside
    assert inside.count("B-obligation") == 1
    beside = conll_of("Sở Y tế báo cáo", [Mark(0, 7, "obligation", "a"), Mark(8, 15, "obligation", "b")], tmp_path)
    assert ("# left_out = 0" in beside, beside.count("B-obligation")) == (True, 2)


def test_a_mark_over_two_lines_is_one_sentence(tmp_path: Path) -> None:
    """A blank line would leave an ``I-`` at the start of a sentence."""
    text = "Sở Y tế\nbáo cáo\nHết"
    assert conll_of(text, [], tmp_path).count("\n\n") == 3
    assert conll_of(text, [Mark(0, 15, "obligation", "a")], tmp_path).count("\n\n") == 2
    assert "# path = a b.txt\n" in conll_of(text, [], tmp_path)


@given(st.text(alphabet="aàđ1/.- \n\tS\u2028\x85\x1c", max_size=60), st.data())
def test_conll_holds_any_text(tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject) -> None:
    """Whatever the text, tokens stand where they say and all but white space is there."""
    ends = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6))
    marks = [Mark(a, b, "obligation", "x") for a, b in pairwise(ends) if a < b]
    written = conll_of(text, marks, tmp_path_factory.getbasetemp())
    rows = [line.split("\t") for line in written.split("\n") if "\t" in line]
    assert all(len(row) == len(conll.COLUMNS) and text[int(row[1]) : int(row[2])] == row[0] for row in rows)
    assert "".join(row[0] for row in rows) == "".join(text.split())


def test_command(store: Engine, tmp_path: Path) -> None:
    """The command says how many documents and rows; ``--all`` is refused where it would mean nothing."""
    db, out = str(store.url.database), str(tmp_path / "out")
    done = CliRunner().invoke(app, ["export", out, "--db", db, "--format", "spacy"])
    assert (done.exit_code, "1 văn bản" in done.output) == (0, True), done.output
    assert (tmp_path / "out" / "annotations-0001.spacy").is_file()
    wrong = CliRunner().invoke(app, ["export", out, "--db", db, "--all"])
    assert (wrong.exit_code, "--format spacy" in wrong.output) == (2, True)
    decide(store, [Decision("Lan", Action.UNDO, id_of(store, "báo cáo"))])
    none = CliRunner().invoke(app, ["export", out, "--db", db, "--format", "conll"])
    assert (none.exit_code, "--all" in none.output, out in none.output) == (0, True, False), none.output
