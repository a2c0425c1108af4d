"""Words instead of syllables: underthesea's segmentation, laid over our tokens.

Vietnamese writes a space between the syllables of a word (*hồ sơ* is one word). Only runs of syllables with single
spaces between them are shown to underthesea, so that numbers, dates and symbols stay as they are and no offset moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: The longest run that is shown to the model at once; a word that straddles such a cut stays in two.
LONGEST_RUN = 128


def join_words(tokens: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Join the syllables of ``tokens`` (each with whether a space follows) to words with spaces inside.

    Joined with their spaces, what comes out is what came in, character by character. Never raises.
    """
    run: list[str] = []
    for token, space in tokens:
        if token.isalpha():
            run.append(token)
            if not space or len(run) == LONGEST_RUN:
                yield from _words(run, space)
                run = []
        else:
            yield from _words(run, True)
            run = []
            yield token, space
    yield from _words(run, True)


def _words(run: list[str], space: bool) -> Iterator[tuple[str, bool]]:
    """The words of a run of syllables; ``space`` follows the last one."""
    words = _segmented(run) if len(run) > 1 else run
    for number, word in enumerate(words, 1):
        yield word, number < len(words) or space


def _segmented(run: list[str]) -> list[str]:
    from underthesea import word_tokenize

    text = " ".join(run)
    try:
        words: list[str] = word_tokenize(text, use_token_normalize=False)
    except Exception:  # whatever the model stumbles over, the syllables are there
        return run
    return words if " ".join(words) == text else run
