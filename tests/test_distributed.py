"""Runs on workers of a real Dask scheduler, over a real S3 server: nothing is lost, whoever dies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import DISPATCH
from containers_fixtures import zipped
from dask.distributed import Client
from sqlalchemy import Engine, select
from typer.testing import CliRunner

from pipeline import batch
from pipeline.batch import Counts, Settings
from pipeline.cli import app
from pipeline.collect import collect
from pipeline.distributed import RunError, shards
from pipeline.distributed.batches import Batch, Plan, batches
from pipeline.distributed.places import Item, find, results_in, storage_of
from pipeline.distributed.run import Order, plan, run
from pipeline.distributed.sending import connected, finished
from pipeline.distributed.work import Unfetched, read_batch
from pipeline.fingerprint import extractor_version
from pipeline.header_corrections import correct_header
from pipeline.query import each_failure
from pipeline.readers import Options
from pipeline.store import DATABASE_NAME, open_store
from pipeline.tables import documents, meta, metadata

ROOT = Path(__file__).resolve().parents[1]
#: A worker that loads this dies by ``kill -9`` whenever it opens a file of that name.
KILLER = """
import os, sys
sys.addaudithook(lambda event, args: event == "open" and "giet" in str(args[0]) and os.kill(os.getpid(), 9))
"""
Rows = dict[str, list[dict[str, Any]]]


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An S3 server, and what tells programs of it."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    told = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "mau", "AWS_SECRET_ACCESS_KEY": "mau",
        "AWS_DEFAULT_REGION": "us-east-1",
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for name, value in told.items():
            patch.setenv(name, value)
        yield told
    server.stop()


@pytest.fixture(scope="module")
def scheduler(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, each a process tree of its own."""
    folder = tmp_path_factory.mktemp("may-doc")
    preload = folder / "killer.py"
    preload.write_text(KILLER, encoding="utf-8")
    settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0", "PYTHONPATH": str(ROOT)}
    port = _port()
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "dask"]
    commands = [[*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]]
    for n in (1, 2):
        local = str(folder / str(n))
        commands.append(
            [*dask, "worker", address, "--nthreads", "1", "--no-dashboard", "--preload", str(preload),
             "--local-directory", local, "--memory-limit", "0"]
        )  # fmt: skip
    log = (folder / "log").open("w")
    programs = [
        subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log, start_new_session=True)
        for command in commands
    ]
    with Client(address, timeout="30s", set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    yield address
    for program in reversed(programs):
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()
    log.close()


@pytest.fixture
def client(scheduler: str) -> Iterator[Client]:
    """A client with both workers there."""
    with connected(scheduler, 1) as client:
        client.wait_for_workers(2, timeout=60)
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Dispatches, one in an archive, a broken file, and what is no dispatch."""
    folder = tmp_path / "kho"
    (folder / "con").mkdir(parents=True)
    for n in range(6):
        text = DISPATCH.replace("05/4/2020", f"{n + 10}/4/2020")
        (folder / ("con" if n % 2 else "") / f"cv {n}.txt").write_text(text, encoding="utf-8")
    (folder / "hoso.zip").write_bytes(zipped({"a.txt": DISPATCH.encode(), "ghi-chu.xyz": b"x"}))
    (folder / "hong.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (folder / "la.xml").write_text("<la/>", encoding="utf-8")
    (folder / ".an.txt").write_text(DISPATCH, encoding="utf-8")
    return folder


Opened = Callable[[str], Engine]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Opened]:
    """New databases by name."""
    engines: list[Engine] = []

    def made(name: str) -> Engine:
        engines.append(open_store(tmp_path / name, create=True))
        return engines[-1]

    yield made
    for engine in engines:
        engine.dispose()


def _rows(engine: Engine, *without: str) -> Rows:
    """Everything in the database but the numbers that the order of writing gives."""
    tables = [table for table in metadata.sorted_tables if table is not meta]
    with engine.connect() as connection:
        return {
            table.name: sorted(
                ({k: v for k, v in row._mapping.items() if k not in ("n", *without)}
                 for row in connection.execute(select(table))),
                key=repr,
            )
            for table in tables
        }  # fmt: skip


def _plain(folder: Path, engine: Engine) -> Counts:
    return batch.run(collect([folder]), engine, Settings(1))


def _order(place: str | Path, out: str | Path) -> Order:
    return Order(find([str(place)], str(out)), str(out), Settings(1))


def _seen(counts: Counts) -> tuple[int, int, int, int]:
    return counts.read, counts.unchanged, counts.failed, counts.removed


# ---------------------------------------------------------------- batches, shards and places, without workers
def _items(names: Iterator[str] | list[str]) -> list[Item]:
    return [Item(f"/kho/{name}", name, f"/kho/{name}", "1", 1000) for name in names]


def test_a_new_file_changes_few_batches() -> None:
    """All other shards of an earlier run are found again; a file with another content is another batch."""
    made = Plan("v", Options(), "/out")
    many = _items([f"{n:05d}.txt" for n in range(3000)])
    before = {one.name for one in batches(many, made)}
    after = {one.name for one in batches(sorted([*many, *_items(["01234a.txt"])], key=lambda i: i.source), made)}
    assert 20 < len(before)
    assert 1 <= len(before - after) <= 2
    changed = [*many[:-1], Item("/kho/02999.txt", "02999.txt", "/kho/02999.txt", "2", 1000)]
    assert 1 == len(before - {one.name for one in batches(changed, made)})


def test_batches_hold_every_file_once_and_office_files_apart() -> None:
    """An office program is started once a batch, and heavy files come in small batches."""
    items = _items(["a.doc", "b.txt", "c.odt", "d.txt"] * 50)
    made = [one.items for one in batches(items, Plan("v", Options(), "/out"))]
    assert sorted(map(repr, items)) == sorted(repr(item) for part in made for item in part)
    assert all(len({item.name[-4:] == ".txt" for item in part}) == 1 for part in made)
    heavy = [Item("/k/a", "a", f"/k/{n}", "1", 9 << 20) for n in range(200)]
    assert {1} == {len(one.items) for one in batches(heavy, Plan("v", Options(), "/out"))}


def test_shards_in_any_storage_come_back_as_written() -> None:
    """With everything JSON holds and text that UTF-8 does not; a broken one says what to do."""
    rows = {"documents": [{"doc_id": "1", "text": "đ\ud800", "lines": [[1, 2.5]], "ocr": False, "code": None}]}
    folder = "memory://ket-qua/shards"
    assert set() == shards.existing(folder)
    shards.write(folder, "ab", [("/kho/a", rows), ("/kho/b", {"failures": [{"page": 0}]})])
    assert {"ab"} == shards.existing(folder)
    assert {"/kho/a": rows, "/kho/b": {"failures": [{"page": 0}]}} == dict(shards.read(folder, "ab"))
    storage, path = storage_of(folder)
    storage.pipe_file(f"{path}/cd.parquet", b"PAR1")
    for name in ("cd", "mat"):
        with pytest.raises(RunError, match="xoá tệp này"):
            list(shards.read(folder, name))


def test_urls_are_searched_like_folders(folder: Path) -> None:
    """The same files under the same names, except that a worker looks into XML; results are no input."""
    storage, path = storage_of("memory://nguon")
    storage.put(str(folder), path, recursive=True)
    storage.pipe_file(f"{path}/out/shards/x.txt", b"x")
    here, there = find([str(folder)], "/out"), find(["memory://nguon"], "memory://nguon/out")
    assert [item.name for item in here.items] == [item.name for item in there.items if item.name != "la.xml"]
    assert "memory://nguon/cv 0.txt" in {item.source for item in there.items}
    with pytest.raises(FileNotFoundError):
        find(["memory://khong-co"], "/out")
    for mixed in (["memory://nguon", str(folder)], ["memory://nguon", "s3://kho"]):
        with pytest.raises(RunError, match=r"cùng một nơi|từng loại"):
            find(mixed, "/out")
    with pytest.raises(RunError, match=r"Không truy cập được la://"):
        find(["la://kho"], "/out")
    with pytest.raises(RunError, match="mật khẩu"):
        find(["sftp://lan:bi-mat@may/kho"], "/out")


def test_a_file_named_by_its_url_is_read_alone() -> None:
    """Its name is that of the file, as on this machine."""
    storage_of("memory://don")[0].pipe_file("/don/con/cv.txt", b"x")
    (item,) = find(["memory://don/con/cv.txt"], "/out").items
    assert ("memory://don/con/cv.txt", "cv.txt", 1) == (item.address, item.name, item.size)


def test_a_disk_that_workers_do_not_share_leaves_no_shards(tmp_path: Path) -> None:
    """What only this machine sees must not look like broken files to the next run."""
    with pytest.raises(RunError, match="dùng chung"):
        shards.write(str(tmp_path / "khong-co"), "ab", [])
    with pytest.raises(Unfetched):
        read_batch(Batch(tuple(_items(["khong-co.txt"])), Plan(extractor_version(), Options(), str(tmp_path))))
    assert [] == list(tmp_path.iterdir())


def test_results_of_a_url_are_put_there_with_what_lay_there(tmp_path: Path) -> None:
    """A second run goes on with the database of the first."""
    for expected in ([], [DATABASE_NAME]):
        with results_in("memory://so/out") as place:
            assert expected == [path.name for path in place.iterdir()]
            (place / DATABASE_NAME).write_bytes(b"so")
    assert b"so" == storage_of("memory://so/out")[0].cat_file(f"/so/out/{DATABASE_NAME}")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["s3://kho"], 2, "--scheduler local"),
        (["corpus/documents", "--out", "s3://kho/out"], 2, "--scheduler local"),
        (["khong-co", "--scheduler", "local"], 2, "khong-co. Hãy kiểm tra lại đường dẫn"),
        (["corpus/documents", "--scheduler", "tcp//x"], 1, "Không kết nối được bộ điều phối tcp//x"),
    ],
)
def test_wrong_use_is_a_sentence(arguments: list[str], code: int, said: str, tmp_path: Path) -> None:
    """It ends at once and says what to do."""
    given = arguments if "--out" in arguments else [*arguments, "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, ["run", *given])
    assert code == done.exit_code
    assert said in done.output


# ---------------------------------------------------------------- with workers
def test_an_s3_run_gives_the_rows_of_a_plain_run(folder: Path, client: Client, database: Opened) -> None:
    """A second run and a second load change nothing; a file that is gone loses its rows."""
    storage, _ = storage_of("s3://kho")
    storage.mkdir("kho")
    storage.put(f"{folder}/", "kho/den/", recursive=True)
    plain, spread = database("plain.db"), database("spread.db")
    counted = _plain(folder, plain)
    order = _order("s3://kho/den", "s3://kho/out")
    counts = run(client, order, spread)
    assert _seen(counted) == _seen(counts) == (7, 0, 1, 0)
    assert counted.passed_over + Counter({".xml": 1}) == counts.passed_over
    assert _rows(plain, "source") == _rows(spread, "source")
    before, made = _rows(spread), storage.ls(plan(order).shards.removeprefix("s3://"), detail=True)
    assert (0, 7, 1, 0) == _seen(run(client, order, spread))
    assert before == _rows(spread)
    storage.invalidate_cache()
    assert made == storage.ls(plan(order).shards.removeprefix("s3://"), detail=True)
    storage.rm("kho/den/cv 0.txt")
    assert (0, 6, 1, 1) == _seen(run(client, _order("s3://kho/den", "s3://kho/out"), spread))


def test_a_run_goes_on_from_the_shards_of_one_that_was_stopped(
    folder: Path, client: Client, database: Opened, tmp_path: Path
) -> None:
    """Also when the database of that one is lost."""

    def stop(_files: int) -> None:
        raise KeyboardInterrupt

    order, engine = _order(folder, tmp_path / "out"), database("spread.db")
    counts = run(client, order, engine, stop)
    assert counts.interrupted
    made = {path: path.stat().st_mtime_ns for path in Path(plan(order).shards).glob("*.parquet")}
    assert made
    again = database("again.db")
    assert (7, 0, 1, 0) == _seen(run(client, order, again))
    assert made.items() <= {path: path.stat().st_mtime_ns for path in made}.items()
    assert not list(Path(plan(order).shards).glob(".*"))


def test_workers_of_another_version_end_the_run(folder: Path, client: Client, tmp_path: Path) -> None:
    """Rows of two versions in one database could not be told from mistakes."""
    other = Plan("khac", Options(), str(tmp_path / "out"))
    with pytest.raises(RunError, match="phiên bản vanthu khác"):
        list(finished(client, batches(find([str(folder)], "").items, other)))


def test_a_killed_worker_loses_nothing(folder: Path, client: Client, database: Opened, tmp_path: Path) -> None:
    """``kill -9`` in the middle of a run: the other worker, and the one that comes in its place, read on."""
    pids = client.run(os.getpid)
    killed: list[int] = []

    def kill(_files: int) -> None:
        if not killed:
            killed.append(next(iter(pids.values())))
            os.kill(killed[0], signal.SIGKILL)

    spread = database("spread.db")
    assert (7, 0, 1, 0) == _seen(run(client, _order(folder, tmp_path / "out"), spread, kill))
    assert set(client.run(os.getpid).values()) != set(pids.values())
    plain = database("plain.db")
    _plain(folder, plain)
    assert _rows(plain) == _rows(spread)


def test_a_file_that_kills_its_worker_costs_only_itself(
    folder: Path, client: Client, database: Opened, tmp_path: Path
) -> None:
    """Its batch is read file by file; it becomes a failure with a reason, and is not sent again by the next run."""
    (folder / "cv 0.txt").rename(folder / "giet.txt")
    order, engine = _order(folder, tmp_path / "out"), database("spread.db")
    together = Batch(order.found.items, plan(order))
    shards.existing(together.plan.shards)
    done = list(finished(client, [together]))
    assert {(item.name, None) for item in together.items} == {(one.items[0].name, failure) for one, failure in done}
    client.wait_for_workers(2, timeout=60)
    pids = client.run(os.getpid)
    assert (6, 0, 2, 0) == _seen(run(client, order, engine))
    assert pids == client.run(os.getpid)
    (failure,) = (row for row in each_failure(engine) if row["path"] == "giet.txt")
    assert ("KilledWorker", True) == (failure["error"], "mỗi lần đọc tệp này" in failure["reason"])


def test_one_machine_is_a_cluster_too(folder: Path, tmp_path: Path) -> None:
    """``--scheduler local`` says where to watch it and ends like any run."""
    out = tmp_path / "out"
    done = CliRunner().invoke(
        app, ["run", str(folder), "--out", str(out), "--scheduler", "local", "--jobs", "1", "--today", "2020-04-03"]
    )
    assert 1 == done.exit_code
    assert "Có 1 tiến trình đọc. Theo dõi tại http://127.0.0.1:" in done.output
    assert "Đọc mới 7 văn bản, giữ nguyên 0, lỗi 1" in done.output
    assert sorted(path.name for path in out.iterdir() if not path.name.startswith(".")) == [
        "obligations.xlsx", "shards", DATABASE_NAME,
    ]  # fmt: skip


def test_a_corrected_header_outlives_another_reading(client: Client, folder: Path, database: Opened) -> None:
    """On workers as on one machine: the machine reads again, the person is still believed."""
    one, order = database("mot.db"), _order(folder / "con", folder.parent / "ra")
    run(client, order, one)
    with one.connect() as connection:
        (doc_id, *_) = connection.scalars(select(documents.c.doc_id).order_by(documents.c.path)).all()
    correct_header(one, doc_id, {"subject": "kho lạnh"}, "Lan")
    with one.begin() as connection:
        connection.execute(documents.update().values(version="another"))
    assert 3 == run(client, order, one).read
    subjects = select(documents.c.subject).order_by(documents.c.path)
    with one.connect() as connection:
        assert ["kho lạnh", None, None] == connection.scalars(subjects).all()
