"""The name a file is shown and downloaded under. On disk a file is named by its content only."""

import re
import unicodedata
from urllib.parse import quote

MOST_CHARACTERS = 120
NAMELESS = "file"
DANGEROUS = frozenset(
    f".{extension}"
    for line in (
        "exe com scr pif bat cmd msi msp dll jar js jse vbs vbe wsf wsh hta ps1 sh apk app desktop lnk url reg",
        "php phtml asp aspx jsp cgi pl py html htm xhtml shtml svg xml docm xlsm pptm dotm xltm",
    )
    for extension in line.split()
)
_FORBIDDEN = re.compile(r'[<>:"|?*%]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def clean_name(name: str) -> str:
    """A name without folders, invisible or controlling characters, and signs that some system forbids.

    Bidirectional marks go: they can show `报表exe.docx` as `报表xcod.exe`. The result is never empty.
    """
    base = re.split(r"[/\\]", name.replace("\x00", ""))[-1]
    normal = unicodedata.normalize("NFC", base)
    shown = "".join(char for char in normal if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    flat = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", shown)).strip(" .")
    flat = flat.removeprefix("~$").strip(" .")
    return f"_{flat}" if _RESERVED.fullmatch(flat) else flat or NAMELESS


def split_extension(name: str) -> tuple[str, str]:
    """(stem, extension in lower case with its point) of a cleaned name."""
    stem, point, extension = name.rpartition(".")
    return (stem, f".{extension.lower()}") if point and stem else (name, "")


def set_extension(stem: str, extension: str) -> str:
    """A name of bearable length that ends as its content wants."""
    return (stem[:MOST_CHARACTERS].strip(" .") or NAMELESS) + extension


def has_hidden_extension(stem: str) -> bool:
    """Whether an executable extension stands before the last one (`报告.exe.pdf`), which some systems hide."""
    return any(f".{part.strip().lower()}" in DANGEROUS for part in stem.split(".")[1:])


def disposition(name: str, is_inline: bool = False) -> str:
    """The Content-Disposition for a name: RFC 6266 with the UTF-8 form, and an ASCII one for old programs."""
    cleaned = clean_name(name)
    stem, extension = split_extension(cleaned)
    ascii_stem = re.sub(r"[^A-Za-z0-9._-]+", "_", stem).strip("_") or NAMELESS
    ascii_extension = extension if extension.isascii() else ""
    kind = "inline" if is_inline else "attachment"
    return f"{kind}; filename=\"{ascii_stem}{ascii_extension}\"; filename*=UTF-8''{quote(cleaned, safe='')}"
