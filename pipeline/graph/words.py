"""The words for relations: those of the exports in Vietnamese, the names of the records in English."""

from __future__ import annotations

from pipeline.export.labels import VALUES
from pipeline.language import Language, Say


def relation_word(name: str, say: Say) -> str:
    """The word for a relation between documents, or for the make-up of one, in the language of ``say``."""
    if name not in VALUES["relation"]:
        return say(f"relation.{name}")
    return VALUES["relation"][name] if say("language") == Language.VI else name.replace("_", " ")
