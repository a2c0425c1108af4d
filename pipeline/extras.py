"""Libraries that only some formats need: they come with an extra of the package."""

from __future__ import annotations

from pipeline.language import Language, speaker


class MissingExtra(Exception):
    """A library is not installed; the message says, in Vietnamese, which and how to get it."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(speaker(Language.VI)("missing_extra", library=library, extra=extra))
        self.library, self.extra = library, extra
