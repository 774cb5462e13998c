"""Pinyin of titles and words: joined syllables, initials, and the beginnings under which a title is suggested."""

import re
from functools import lru_cache

from search.planning.lexicon import Lexicon
from search.planning.normal import CJK_RUN, RUN, normalised

#: A beginning is kept to this length: nobody types more before choosing.
LEAD_CHARACTERS = 24
MOST_LEADS = 40
_TYPED = re.compile(r"[a-z][a-z0-9' ]*")
_TONES = re.compile(r"(?<=[a-z])[1-5](?=[a-z' ]|$)")
#: What speakers of many regions do not tell apart.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


@lru_cache(maxsize=50_000)
def full(text: str) -> str:
    """Joined syllables without tones: shitang for the two characters of a canteen; letters and figures stay."""
    from pypinyin import Style, lazy_pinyin  # 50 MB of dictionaries: a worker that shows pages does without

    syllables = lazy_pinyin(normalised(text), style=Style.NORMAL, v_to_u=False)
    return "".join("".join(RUN.findall(syllable)) for syllable in syllables)


@lru_cache(maxsize=50_000)
def initials(text: str) -> str:
    """First letters of the syllables; words of letters by their first letter, figures stay."""
    from pypinyin import lazy_pinyin

    found = []
    for run in RUN.findall(normalised(text)):
        if CJK_RUN.match(run):
            found += [syllable[0] for syllable in lazy_pinyin(run)]
        else:
            found.append(run if run.isdigit() else run[0])
    return "".join(found)


def alike(pinyin: str) -> str:
    """Pinyin with the sounds that many do not tell apart as one."""
    for one, other in _ALIKE:
        pinyin = pinyin.replace(one, other)
    return pinyin


def typed_pinyin(text: str) -> str:
    """What somebody typed as pinyin, joined and without tones; empty where it cannot be pinyin."""
    plain = normalised(text).strip()
    if not _TYPED.fullmatch(plain):
        return ""
    joined = re.sub(r"[' ]", "", _TONES.sub("", plain))
    return joined if joined.isalpha() else ""


def leads(title: str, lexicon: Lexicon) -> list[str]:
    """Every beginning under which a title is suggested: from each of its words on, as written, in pinyin, by initials."""
    cut = (part for word in lexicon.cut(normalised(title)) for part in lexicon.sub_words(word) or (word,))
    words = [word for word in cut if RUN.search(word)]
    found: dict[str, None] = {}
    for start in range(len(words)):
        rest = "".join("".join(RUN.findall(word)) for word in words[start : start + LEAD_CHARACTERS])
        for lead in (rest, full(rest), initials(rest)):
            found[lead[:LEAD_CHARACTERS]] = None
    return [lead for lead in found if lead][:MOST_LEADS]


def typed_lead(text: str) -> str:
    """What is typed so far, in the form of a beginning."""
    pinyin = typed_pinyin(text)
    return (pinyin or "".join(RUN.findall(normalised(text))))[:LEAD_CHARACTERS]
