"""vanthu as a library: ``process`` reads one file, ``run`` a folder into a database, ``load`` gives its tables.

>>> from pipeline import load, process, run

The three are imported when they are first asked for, so that ``vanthu --help`` answers at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.library import run as run
    from pipeline.loading import load as load
    from pipeline.process import process as process

__all__ = ["load", "process", "run"]

_HOMES = {"load": "loading", "process": "process", "run": "library"}


class _Package(ModuleType):
    """This package: ``pipeline.process`` is the function, although its module bears the same name.

    The import system puts a module into its package under its name, whenever it is first imported; here the function
    takes that place, as it would with ``from pipeline.process import process`` at the top of this file.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name == "process" and isinstance(value, ModuleType):
            value = value.process
        super().__setattr__(name, value)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


sys.modules[__name__].__class__ = _Package
