"""The corpus is sound: each document has gold, gold is well formed and findable, built files are current."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from corpus import build, calibrate, check

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
DOCUMENTS = sorted((CORPUS / "documents").iterdir())
GOLD = sorted((CORPUS / "gold").glob("*.json"))
SOURCES = sorted((CORPUS / "sources").glob("*.toml"))
BUILT = [(source, kind) for source in SOURCES for kind in build.load(source).formats]


def load(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_gold_is_well_formed_and_found_in_its_document(path: Path) -> None:
    """Keys, vocabularies, dates, and every first and last word in order."""
    assert check.problems(path) == []


def test_each_document_has_one_gold() -> None:
    """No document without gold, no gold without document."""
    assert sorted(load(path)["file"] for path in GOLD) == [path.name for path in DOCUMENTS]


def test_the_readme_lists_each_document() -> None:
    """The table of the README is complete."""
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in DOCUMENTS if f"`{path.name}`" not in readme] == []


def test_documents_stay_small() -> None:
    """A clone carries the whole corpus."""
    assert [path.name for path in DOCUMENTS if path.stat().st_size > 160_000] == []


@pytest.mark.parametrize(("source", "kind"), BUILT, ids=lambda v: v if isinstance(v, str) else v.stem)
def test_built_files_say_what_their_source_says(source: Path, kind: str) -> None:
    """The words of the built file are those of the source, page numbers of a PDF apart."""
    wanted = check.tokens(build.txt(build.load(source)).decode())
    path = CORPUS / "documents" / f"{source.stem}.{build.SUFFIXES.get(kind, kind)}"
    got = check.tokens(check.document_text(path))
    assert Counter(wanted) - Counter(got) == Counter()
    extra = Counter(got) - Counter(wanted)
    assert all(kind == "pdf" and word in {"2", "3", "4"} for word in extra)


@pytest.mark.parametrize(("source", "kind"), BUILT, ids=lambda v: v if isinstance(v, str) else v.stem)
def test_a_build_is_repeatable(source: Path, kind: str) -> None:
    """Two builds of one source give the same bytes."""
    if kind in ("pdf", "scan") and not build.FONTS.is_dir():
        pytest.skip("fonts-croscore is not installed")
    loaded = build.load(source)
    assert build.WRITERS[kind](loaded) == build.WRITERS[kind](loaded)


def test_the_three_forms_of_one_notice_have_one_gold() -> None:
    """The same wording as TXT, DOCX and PDF is annotated alike."""
    golds = [load(CORPUS / "gold" / f"tb_ketluan_pccc_{kind}.json") for kind in ("txt", "docx", "pdf")]
    for gold in golds:
        del gold["file"]
    assert golds[0] == golds[1] == golds[2]


def test_nfd_source_is_stored_decomposed() -> None:
    """The document meant to test decomposed letters really holds them."""
    stems = [source.stem for source in SOURCES if build.load(source).nfd]
    assert stems
    for stem in stems:
        assert "\u0301" in check.document_text(CORPUS / "documents" / f"{stem}.docx")


def test_floors_are_readable() -> None:
    """The floors that an evaluation is held against."""
    assert isinstance(load(CORPUS / "floors.json")["floors"], dict)


BROKEN = {
    "header: signing_mode": lambda g: g["header"].update(signing_mode="PP."),
    "header: date": lambda g: g["header"].update(date="24/5/2024"),
    "citation 0": lambda g: g["citations"][0].update(relation="cites"),
    "no actors": lambda g: g["obligations"][0].update(actors=[]),
    "actor_source": lambda g: g["obligations"][1].update(actor_source="heading"),
    "start not found": lambda g: g["obligations"][0].update(start="câu này không có"),
    "end": lambda g: g["obligations"][0].update(end="câu này không có"),
    "start not found after": lambda g: g["obligations"].reverse(),
    "none of type": lambda g: g["obligations"][0]["deadline"].update(value="30/6/2024"),
    "'from' belongs": lambda g: g["obligations"][0]["deadline"].update(type="relative", value="P5D"),
    "citation 0: 'khoản 9": lambda g: g["citations"][0].update(pinpoint="khoản 9 Điều 99"),
    "signer_name: 'Ai": lambda g: g["header"].update(signer_name="Ai Đó"),
    "is not in the document": lambda g: g["obligations"][0]["deadline"].update(text="trước ngày 01/01/1999"),
    "keys differ": lambda g: g["obligations"][0].pop("clause"),
    "is not in documents/": lambda g: g.update(file="khong_co.txt"),
}


@pytest.mark.parametrize("complaint", BROKEN)
def test_broken_gold_is_named(complaint: str, tmp_path: Path) -> None:
    """A damaged gold file is refused with a sentence that names the file and what is wrong."""
    gold = load(CORPUS / "gold" / "tb_ketluan_pccc_txt.json")
    BROKEN[complaint](gold)
    path = tmp_path / "damaged.json"
    path.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    found = check.problems(path)
    assert any(line.startswith("damaged.json: ") and complaint in line for line in found), found


def test_confidence_can_be_learned_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command prints the reliability on left-out issuers and writes the table that the extractors read."""
    monkeypatch.setattr(calibrate, "WEIGHTS", tmp_path / "confidence.toml")
    calibrate.main(["--write"])
    printed = capsys.readouterr().out
    assert "Left-out issuers" in printed and "AUC" in printed
    learned = tomllib.loads((tmp_path / "confidence.toml").read_text(encoding="utf-8"))
    assert 0.5 < learned["intercept"] < 5
    assert {"actors explicit", "deadline none", "kind obligation"} <= set(learned["weights"])
