"""The one error of the readers: a file that cannot be read, with the reason as a clerk understands it."""

from __future__ import annotations

from pathlib import Path


class UnreadableDocument(Exception):
    """A file that yields no text. ``reason`` is a Vietnamese sentence that says what is wrong and what to do."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type[UnreadableDocument], tuple[Path, str]]:
        """Survive the way back from a worker process."""
        return type(self), (self.path, self.reason)
