"""Addresses of pages: letters and figures only, Chinese by its pinyin."""

from django.utils.text import slugify

#: Long enough to recognise a headline, short enough to read out on the telephone.
LONGEST = 60


def slug_of(title: str) -> str:
    """The address part for a title: 能源公报 2026 gives `neng-yuan-gong-bao-2026`; `page` where nothing is left.

    Cut at a syllable, never inside one.
    """
    from pypinyin import lazy_pinyin  # 50 MB of dictionaries, needed only where a page is named

    syllables = slugify(" ".join(lazy_pinyin(title))).split("-")
    kept = ""
    for syllable in filter(None, syllables):
        longer = f"{kept}-{syllable}" if kept else syllable
        if len(longer) > LONGEST:
            break
        kept = longer
    return kept or (syllables[0][:LONGEST] if syllables else "") or "page"
