"""Batches to workers and back, whatever dies on the way.

Dask itself sends a batch again when its worker dies, as often as the scheduler's ``allowed-failures`` says. A batch
that is given up then is sent again file by file. A file that is given up too may only have shared its worker with one
that kills it, so it is sent a last time with nothing else under way: what ends a worker then is that file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.distributed import RunError, shards
from pipeline.distributed.batches import Batch
from pipeline.distributed.work import Unfetched, failure_rows, read_batch
from pipeline.worker import Failure, program_error

if TYPE_CHECKING:
    from dask.distributed import Client, Future

Finished = tuple[Batch, Failure | None]

#: Batches under way at most: the scheduler must not hold a million.
_AHEAD = 1000
_RETRIES = 1
_KILLER = Failure(
    "Tiến trình đọc bị dừng mỗi lần đọc tệp này (có thể hết bộ nhớ, quá lâu hoặc tệp làm hỏng thư viện đọc); "
    "hãy xem lại tệp gốc.",
    "KilledWorker",
)


@contextmanager
def connected(scheduler: str, jobs: int) -> Iterator[Client]:
    """A client of the scheduler at an address, or, for ``local``, of one on this machine with ``jobs`` workers, for a
    ``with`` block. Raises ``RunError`` when nothing answers at the address."""
    import dask
    from dask.distributed import Client, LocalCluster

    if scheduler != "local":
        try:
            client = Client(scheduler, timeout="20s", set_as_default=False)
        except (OSError, ValueError) as error:
            raise RunError(
                f"Không kết nối được bộ điều phối {scheduler} ({type(error).__name__}). Hãy kiểm tra địa chỉ và xem "
                "lệnh `dask scheduler` còn chạy không."
            ) from error
        with client:
            yield client
        return
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(
            n_workers=jobs, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs="ERROR"
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


def finished(client: Client, batches: Iterable[Batch]) -> Iterator[Finished]:
    """Each batch, or part of it, whose shard is there; with a reason the batches of one file that gave none this time.

    Shards that are there already are not made again. Raises ``RunError`` when the run cannot go on.
    """
    yield from _Sending(client).all(batches)


class _Sending:
    """The batches under way."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._running: dict[str, tuple[Future[None], Batch]] = {}
        self._again: deque[Batch] = deque()
        self._doubtful: list[Batch] = []

    def all(self, batches: Iterable[Batch]) -> Iterator[Finished]:
        """See :func:`finished`."""
        try:
            yield from self._side_by_side(_Left(batches))
            for batch in self._doubtful:
                yield self._alone(batch)
        finally:
            self._client.cancel([future for future, _ in self._running.values()])

    def _side_by_side(self, left: _Left) -> Iterator[Finished]:
        from dask.distributed import as_completed

        done = as_completed(loop=self._client.loop)
        while True:
            while len(self._running) < _AHEAD and (batch := self._next(left)):
                future = self._send(batch)
                self._running[str(future.key)] = (future, batch)
                done.add(future)
            yield from ((batch, None) for batch in left.there())
            if not self._running:
                return
            future = next(done)
            _, batch = self._running.pop(str(future.key))
            yield from self._judge(batch, _error(future))

    def _next(self, left: _Left) -> Batch | None:
        return self._again.popleft() if self._again else left.next()

    def _send(self, batch: Batch) -> Future[None]:
        return self._client.submit(read_batch, batch, pure=False, retries=_RETRIES)

    def _judge(self, batch: Batch, error: BaseException | None) -> Iterator[Finished]:
        from dask.distributed import KilledWorker

        if error is None:
            yield batch, None
        elif len(batch.items) > 1:
            self._again.extend(batch.singles())
        elif isinstance(error, KilledWorker):
            self._doubtful.append(batch)
        else:
            yield batch, _reason(error)

    def _alone(self, batch: Batch) -> Finished:
        from dask.distributed import KilledWorker

        error = _error(self._send(batch))
        if not isinstance(error, KilledWorker):
            return batch, _reason(error) if error else None
        (item,) = batch.items
        shards.write(batch.plan.shards, batch.name, [(item.source, failure_rows(item.source, item.name, _KILLER))])
        return batch, None


class _Left:
    """The batches that are still to be sent; a batch that was read file by file once stays parted."""

    def __init__(self, batches: Iterable[Batch]) -> None:
        self._batches = iter(batches)
        self._parts: deque[Batch] = deque()
        self._there: list[Batch] = []
        self._existing: set[str] | None = None

    def next(self) -> Batch | None:
        """The next one without a shard."""
        while batch := self._parts.popleft() if self._parts else next(self._batches, None):
            existing = self._shards(batch)
            if batch.name in existing:
                self._there.append(batch)
            elif len(batch.items) > 1 and any(single.name in existing for single in batch.singles()):
                self._parts.extend(batch.singles())
            else:
                return batch
        return None

    def there(self) -> Iterator[Batch]:
        """Those passed by since last asked, whose shards are there from an earlier run."""
        found, self._there = self._there, []
        yield from found

    def _shards(self, batch: Batch) -> set[str]:
        if self._existing is None:
            self._existing = shards.existing(batch.plan.shards)
        return self._existing


def _error(future: Future[None]) -> BaseException | None:
    """What became of a batch. Raises what ends the run: a ``RunError`` of the worker, or a scheduler that is gone."""
    error: BaseException | None = future.exception()
    if future.status == "cancelled":
        raise RunError("Mất kết nối với bộ điều phối. Phần đã đọc được giữ nguyên; chạy lại lệnh này để đọc tiếp.")
    if isinstance(error, RunError):
        raise error
    return error


def _reason(error: BaseException) -> Failure:
    """Why a file gave nothing this time; the next run tries it again."""
    if isinstance(error, Unfetched):
        return Failure(
            f"Không lấy được tệp từ nơi lưu trữ ({error}); hãy kiểm tra tệp, quyền truy cập rồi chạy lại.", "Unfetched"
        )
    return program_error(error)
