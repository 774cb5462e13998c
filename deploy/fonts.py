"""Cuts the fonts of the papers (committees/papers/fonts) from Debian's fonts-noto-cjk: `python -m deploy.fonts`.

Needed only when the fonts change: what it makes is committed, with the hashes in fonts.sha256. Needs fontTools
(requirements-dev.txt) and the package fonts-noto-cjk (SIL Open Font License 1.1).
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path("/usr/share/fonts/opentype/noto")
MENPAI = Path(__file__).parents[1] / "portal" / "static" / "portal" / "fonts"
GOAL = Path(__file__).parents[1] / "committees" / "papers" / "fonts"
#: Collection, name of the face to take from it, file to make.
FACES = (
    ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", "sans-regular.otf"),
    ("NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", "sans-bold.otf"),
    ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", "serif-regular.otf"),
)
#: The numerals of the door plates, as typst reads them.
NUMERALS = (("menpai-500.woff2", "menpai-500.otf"), ("menpai-600.woff2", "menpai-600.otf"))
#: Latin with accents, punctuation, units, arrows, boxes, CJK punctuation, kana (sources of figures), full width forms.
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2044), (0x2070, 0x209C), (0x20AC, 0x20AC), (0x2100, 0x218B),
    (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x25FF), (0x3000, 0x30FF), (0x3200, 0x33FF),
    (0xFF00, 0xFFEF),
)  # fmt: skip
#: Characters in names of people and places that GB2312 lacks.
NAMES = (
    "镕喆堃昇淼翀頔珺玥琲曈煊祎赟犇鑫垚燚骉祐禛甯囍濛瀞睿闫玙瑀珮峣嫚婳偲嬿玘珉翯鋆炘晞旸弢玚芃苡菡葳蕤髙棽淏澍瀚烨焜"
)


def characters(*, with_forms: bool) -> Iterator[int]:
    """What a cut font holds: the ranges, GB2312 and a few characters of names; `with_forms`: their traditional and
    Japanese forms too (names, sources of figures). The bold has none: the regular one steps in."""
    for first, last in RANGES:
        yield from range(first, last + 1)
    simple = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF)]
    kept = [char for char in simple if char]
    yield from map(ord, kept)
    yield from map(ord, NAMES)
    if with_forms:
        from opencc import OpenCC

        traditional = OpenCC("s2t").convert("".join(kept))
        yield from map(ord, traditional + OpenCC("t2jp").convert(traditional))


def cut() -> None:
    """Make the three files and the two of numerals, and write their hashes."""
    from fontTools import subset
    from fontTools.ttLib import TTCollection, TTFont

    for source, family, name in FACES:
        face = next(font for font in TTCollection(SOURCE / source) if font["name"].getDebugName(1) == family)
        options = subset.Options(hinting=False, desubroutinize=False, notdef_outline=True, name_IDs=["*"], drop_tables=[
            "DSIG", "vhea", "vmtx", "VORG", "BASE"])  # fmt: skip
        options.layout_features = ["kern", "tnum"]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(set(characters(with_forms="bold" not in name))))
        cutter.subset(face)
        face["head"].modified = face["head"].created
        face.recalcTimestamp = False
        face.save(GOAL / name)
    for source, name in NUMERALS:
        font = TTFont(MENPAI / source)
        font.flavor, font.recalcTimestamp = None, False
        font.save(GOAL / name)
    names = sorted(path for path in GOAL.glob("*.otf"))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in names]
    (GOAL / "fonts.sha256").write_text("".join(lines))


if __name__ == "__main__":
    cut()
