"""Comparison of two texts word by word, Chinese too.

Wagtail takes a whole run of Han for one word, so one changed character marks a paragraph. Its comparing classes look the
function up in their module, so it is put there when the app starts; a test fails when Wagtail no longer asks it.
"""

import difflib
import re
from collections.abc import Iterator

from wagtail.admin import compare

#: Runs that are cut by the dictionary, words and figures of other scripts, and every other sign by itself.
_RUNS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W\u3400-\u9fff\uf900-\ufaff]+|.", re.DOTALL)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def words_of(text: str) -> list[str]:
    """The words of a text, joined they give it back: 食堂用电, 3.5 and signs each by themselves."""
    import rjieba  # 30 MB of dictionary, needed only where an editor compares

    found: list[str] = []
    for run in _RUNS.findall(text or ""):
        found.extend(rjieba.cut(run, True) if _HAN.match(run) else [run])
    return found


def diff_words(a: str, b: str) -> compare.TextDiff:
    """What was taken out and what was put in, words that follow each other in one piece."""
    return compare.TextDiff(list(_changes(words_of(a), words_of(b))))


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    for move, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if move == "equal":
            yield "equal", "".join(old[i1:i2])
            continue
        if i1 != i2:
            yield "deletion", "".join(old[i1:i2])
        if j1 != j2:
            yield "addition", "".join(new[j1:j2])


def install() -> None:
    """Let Wagtail's comparison ask this module."""
    compare.diff_text = diff_words
