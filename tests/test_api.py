"""The API over HTTP: what the OpenAPI document says holds for any request, answers are those of the exports, and nobody
without the token gets one."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from conftest import directive, dispatch, make_result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from sqlalchemy import Engine, text
from starlette.testclient import TestClient
from typer.testing import CliRunner

from extractors.model import Header
from pipeline.api.app import OPENAPI, make_app
from pipeline.api.service import Service
from pipeline.cli import app
from pipeline.cli.serving import criteria
from pipeline.export import write
from pipeline.query_filters import Filters
from pipeline.resolve import resolve_citations
from pipeline.store import open_store, save

TOKEN = "mã-bí-mật".encode().hex()
ASKED = {"Authorization": f"Bearer {TOKEN}"}
DRAFTER = "Lan 03b"


def filled(engine: Engine) -> Engine:
    """A dispatch, the directive it carries out, and a second version of the dispatch."""
    for number, result in enumerate((dispatch(), directive(), make_result("cv2.txt", header=Header(code="9/KH-UBND")))):
        save(engine, result, f"/{number}")
    resolve_citations(engine)
    return engine


def service_of(engine: Engine, *hosts: str) -> Service:
    """The API of that database on a fixed day."""
    return Service(engine, criteria(), TOKEN, hosts=hosts or ("*",), today=lambda: date(2020, 4, 1))


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    """A program that asks, and may."""
    with TestClient(make_app(service_of(filled(engine))), headers=ASKED, raise_server_exceptions=False) as client:
        yield client


def get(client: TestClient, address: str) -> Any:
    """The answer to a question that is in order."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


# ---------------------------------------------------------------- the promise
@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The API as its own document describes it."""
    engine = open_store(tmp_path_factory.mktemp("api") / "vanthu.db", create=True)
    yield schemathesis.openapi.from_asgi(OPENAPI, make_app(service_of(filled(engine))))
    engine.dispose()


QUESTIONS = ("/documents", "/documents/{doc_id}", "/obligations", "/citations", "/graph")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("question", QUESTIONS)
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_request_is_answered_as_promised(
    described: Any, question: str, mode: GenerationMode, data: st.DataObject
) -> None:
    """Right and wrong requests alike: status, headers and every key of the answer are what the document says."""
    operation = described.find_operation_by_label(f"GET {question}")
    data.draw(operation.as_strategy(generation_mode=mode)).call_and_validate(headers=ASKED)


def test_document_is_openapi(client: TestClient) -> None:
    """Any program may read what may be asked; the schemas in it are JSON Schemas that say something."""
    document = get(client, OPENAPI)
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == set(QUESTIONS)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
        assert schema["required"]


def test_criteria_are_those_of_the_command_line() -> None:
    """Whatever ``vanthu query`` takes as a filter the API takes under the same name, and nothing else."""
    options = CliRunner().invoke(app, ["query", "--help"], env={"COLUMNS": "200"}).output
    named = {f"--{one.name.replace('_', '-')}" for one in criteria()}
    assert named <= set(re.findall(r"--[a-z-]+", options))
    assert {one.field for one in criteria()} == {one.name for one in fields(Filters)} - {"on", "overdue_on", "daily"}
    kinds = {one.name: one.schema for one in criteria()}
    assert kinds["before"] == {"type": "string", "format": "date"}
    assert kinds["kind"]["enum"] == ["obligation", "prohibition", "permission", "recommendation"]
    assert kinds["status"]["type"] == "array"


# ---------------------------------------------------------------- answers
def test_obligations_are_those_of_query(client: TestClient, engine: Engine) -> None:
    """The same rows with the same keys as ``vanthu query --format json``."""
    for asked, options in (
        ("", []),
        ("?unit=so+y+te", ["--unit", "so y te"]),
        ("?kind=prohibition", ["--kind", "prohibition"]),
        ("?before=2020-04-04&issued_from=2020-03-01", ["--before", "2020-04-04", "--issued-from", "2020-03-01"]),
        ("?because=07/CT-TTg&relation=implements", ["--because", "07/CT-TTg", "--relation", "implements"]),
        ("?status=new&status=done&type=công+văn", ["--status", "new", "--status", "done", "--type", "công văn"]),
        ("?text=không+có+ở+đâu", ["--text", "không có ở đâu"]),
    ):
        day = ["--today", "2020-04-01", "--format", "json", "--db", str(engine.url.database)]
        shown = CliRunner().invoke(app, ["query", *options, *day])
        assert get(client, f"/obligations{asked}")["items"] == json.loads(shown.stdout), asked
    assert len(get(client, "/obligations?unit=so+y+te")["items"]) == 1


def test_documents_and_citations_are_those_of_the_export(client: TestClient, engine: Engine, tmp_path: Path) -> None:
    """The records of ``vanthu export``; the list leaves out the text alone, and no answer names a drafter."""
    write(engine, "jsonl", tmp_path)
    for table in ("documents", "citations"):
        records = [json.loads(line) for line in (tmp_path / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]
        if table == "documents":
            for record in records:
                assert get(client, f"/documents/{record['doc_id']}") == record
                del record["text"]
        assert get(client, f"/{table}")["items"] == records
    assert DRAFTER not in client.get("/documents").text


def test_documents_can_be_filtered(client: TestClient) -> None:
    """By number, type, issuer and day; citations by relation and the document that cites."""

    def paths(asked: str) -> list[str]:
        return [row["path"] for row in get(client, asked)["items"]]

    assert paths("/documents?doc=12/UBND-VX") == ["cv.txt"]
    assert paths("/documents?type=chỉ+thị") == ["ct.txt"]
    assert paths("/documents?issuer=binh+luc&issued_from=2020-03-03") == ["cv.txt"]
    assert paths("/documents?issued_to=2019-01-01") == []
    assert paths("/citations?relation=implements") == ["cv.txt"]
    assert paths("/citations?relation=basis") == []
    assert paths("/citations?doc=07/CT-TTg") == []


def test_another_file_of_a_document_is_not_listed(client: TestClient, engine: Engine) -> None:
    """A second version shows when all versions are asked for, as on the command line."""
    ids = {row["path"]: row["doc_id"] for row in get(client, "/documents")["items"]}
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE documents SET version_of = :main WHERE doc_id = :own"),
            {"main": ids["cv.txt"], "own": ids["cv2.txt"]},
        )
    assert [row["path"] for row in get(client, "/documents")["items"]] == ["ct.txt", "cv.txt"]
    assert len(get(client, "/documents?all_versions=true")["items"]) == 3


@pytest.mark.parametrize("question", ["documents", "obligations"])
def test_pages_follow_each_other(client: TestClient, question: str) -> None:
    """Every row stands on one page; the last page says that it is the last."""
    whole, seen, at = get(client, f"/{question}")["items"], [], 0
    while at is not None:
        page = get(client, f"/{question}?limit=1&offset={at}")
        assert len(page["items"]) == 1
        seen += page["items"]
        at = page["next"]
    assert seen == whole
    assert get(client, f"/{question}?offset=900") == {"items": [], "next": None}


def test_graph_around_a_document(client: TestClient) -> None:
    """The document, its neighbours, and what they do to each other."""
    found = get(client, "/graph?doc=12/UBND-VX")
    labels = {node["id"]: node["code"] for node in found["nodes"]}
    assert set(labels.values()) == {"12/UBND-VX", "07/CT-TTg"}
    (edge,) = found["edges"]
    assert (labels[edge["source"]], edge["relation"], labels[edge["target"]]) == (
        "12/UBND-VX", "implements", "07/CT-TTg",
    )  # fmt: skip
    assert labels[found["around"]] == "12/UBND-VX"
    assert get(client, "/graph?doc=12/UBND-VX&depth=0")["edges"] == []
    assert get(client, "/graph?doc=12/UBND-VX&relation=basis")["edges"] == []


# ---------------------------------------------------------------- refusals
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/obligations?units=so+y+te", 400, "Không có tham số units"),
        ("/obligations?before=05/4/2020", 400, "2020-04-05"),
        ("/obligations?before=2020-02-30", 400, "before"),
        ("/obligations?kind=duty", 400, "prohibition"),
        ("/obligations?unit=a&unit=b", 400, "unit"),
        ("/obligations?unit=", 400, "unit"),
        ("/obligations?unit=%00", 400, "unit"),
        ("/obligations?coordinators=yes", 400, "true"),
        ("/obligations?limit=501", 400, "500"),
        ("/obligations?offset=-1", 400, "offset"),
        ("/graph", 400, "Thiếu tham số doc"),
        ("/graph?doc=404/QĐ-KHONG", 404, "Không có"),
        ("/documents/0000000000000000", 404, "Không có"),
        ("/documents/0000000000000000?x=1", 400, "x"),
        ("/unknown", 404, "Không có"),
    ],
)
def test_wrong_questions(client: TestClient, address: str, status: int, words: str) -> None:
    """A sentence in Vietnamese says what is wrong, as JSON."""
    answer = client.get(address)
    assert (answer.status_code, set(answer.json())) == (status, {"error", "message"})
    assert words in answer.json()["message"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    """The API takes GET alone."""
    answer = client.request(method, "/obligations")
    assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    assert "chỉ để đọc" in answer.json()["message"]


@pytest.mark.parametrize("given", [None, "", "Bearer", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x", TOKEN])
def test_no_answer_without_the_token(engine: Engine, given: str | None) -> None:
    """Who has no token learns nothing but how to ask."""
    client = TestClient(make_app(service_of(filled(engine))))
    for address in ("/documents", "/unknown"):
        answer = client.get(address, headers={"Authorization": given} if given is not None else {})
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert "12/UBND-VX" not in answer.text
    assert client.get(OPENAPI).status_code == 200


def test_no_answer_under_a_foreign_name(engine: Engine) -> None:
    """A name that somebody pointed at this machine opens nothing."""
    client = TestClient(make_app(service_of(filled(engine), "127.0.0.1")), base_url="http://127.0.0.1", headers=ASKED)
    assert client.get("/documents").status_code == 200
    assert client.get("/documents", headers={"Host": "evil.example"}).status_code == 400


def test_a_broken_database_is_no_traceback(client: TestClient, engine: Engine) -> None:
    """What fails on the way is said in one sentence."""
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE citations"))
    answer = client.get("/citations")
    assert (answer.status_code, answer.json()["error"]) == (503, "busy")


# ---------------------------------------------------------------- the command
def test_command_serves(engine: Engine) -> None:
    """The command prints where and how to ask, answers there, and ends when told to."""
    filled(engine)
    command = [sys.executable, "-m", "pipeline.cli", "serve", "--api", "--port", "0", "--db", str(engine.url.database)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout
            said = "".join(server.stdout.readline() for _ in range(3))
            port = int(re.findall(r"http://127\.0\.0\.1:(\d+)/openapi\.json", said)[0])
            token = re.findall(r"Bearer (\S+)", said)[0]
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/documents", headers={"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            assert (answer.status, len(json.loads(answer.read())["items"])) == (200, 3)
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0


def test_command_refuses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without ``--api``, with a token that anybody guesses, or without a database it says what to do."""
    assert "vanthu review" in CliRunner().invoke(app, ["serve"]).output
    missing = CliRunner().invoke(app, ["serve", "--api", "--port", "0", "--db", str(tmp_path / "x.db")])
    assert (missing.exit_code, "Không thấy cơ sở dữ liệu" in missing.output) == (2, True)
    monkeypatch.setenv("VANTHU_API_TOKEN", "ngắn")
    short = CliRunner().invoke(app, ["serve", "--api", "--port", "0"])
    assert (short.exit_code, "VANTHU_API_TOKEN" in short.output) == (2, True)
