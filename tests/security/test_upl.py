"""The catalogue UPL: what comes in as a file, each case by its id."""

import contextlib
import io
import re
import socket
import struct
import threading
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from cms.metadata import without_metadata
from committees.files.inspection import EVIDENCE, Inspection, Refusal, inspect_upload
from committees.files.names import clean_name, disposition
from committees.files.registry import known_hashes
from committees.files.store import file_store
from committees.files.sweep import find_missing
from committees.filings.models import DraftEvidence
from committees.filings.school import evidence
from tenants.context import school_scope
from tests.committees.filings.school.ground import make_case
from tests.prove.bombs import makers

MB = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def office(*names, **parts):
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        for name in names:
            archive.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], b"<x/>"))
    return out.getvalue()


def picture(kind="JPEG", width=40, height=30):
    made, out = Image.new("RGB", (width, height), "red"), io.BytesIO()
    exif = made.getexif()
    exif[0x9286] = "CANARY-PLACE"
    exif.get_ifd(0x8825)[2] = (38.0, 59.0, 1.0)
    made.save(out, kind, exif=exif)
    return out.getvalue()


def png_of(width, height):
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0" + bytes(MB)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
DDE = b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(*runs, **parts):
    """A text with these runs, as Word writes it."""
    body = f"<?xml version='1.0' encoding='UTF-8'?><w:document {WORD}><w:body><w:p>{''.join(runs)}</w:p></w:body></w:document>"
    names = [name.replace("__", "/") for name in parts]
    return office("word/document.xml", *(f"word/{name}" for name in names), document=body.encode(), **{
        name.rpartition("/")[2].partition(".")[0]: text.encode() for name, text in zip(names, parts.values(), strict=True)
    })  # fmt: skip


def field(*pieces, shown="9"):
    """A field whose instruction is cut into pieces."""
    text = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    marks = [f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", "separate", "end")]
    return f"{marks[0]}{text}{marks[1]}<w:r><w:t>{shown}</w:t></w:r>{marks[2]}"


def linked(kind, target):
    """A text whose settings name something outside of it."""
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    tag = f'<Relationship Id="r1" Type="{types}/{kind}" Target="{target}" TargetMode="External"/>'
    text = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{tag}</Relationships>'
    return word("<w:r><w:t>x</w:t></w:r>", **{"_rels__settings.xml.rels": text})


COMMAND = r'c:\\windows\\system32\\cmd.exe "/k calc"'
DDE_TEXTS = [
    word(field(f"DDEAUTO {COMMAND}")), word(field("DD", "EAU", "TO ", COMMAND)), word(field(f" dde {COMMAND}")),
    word(field(f"&#68;DEAUTO {COMMAND}")), word(field(f"<![CDATA[DDEAUTO]]> {COMMAND}")),
    word(f"<w:fldSimple w:instr='DDEAUTO {COMMAND[:4]}'/>"),
    word(field("</w:instrText></w:r>" + field("QUOTE 68 68 69") + "<w:r><w:instrText>")),
    word("<w:r><w:t>" + "x" * 700_000 + "</w:t></w:r>", field(f"DDEAUTO {COMMAND}")),
    word("<w:r/>", **{"footer1.xml": f"<w:ftr {WORD}>{field('DDE ' + COMMAND)}</w:ftr>"}),
]  # fmt: skip
TEMPLATES = [
    linked("attachedTemplate", target)
    for target in ("https://a.test/x.dotm", "HTTP://a.test/x", r"\\a.test\x.dotm", "//a.test/x", "file://a.test/x.dotm",
                   r"file:\\a.test\x.dotm", "ftp://a.test/x", "mhtml:https://a.test/x!x", " https://a.test/x")
] + [linked("oleObject", "https://a.test/x.html!"), linked("frame", "http://a.test/")]  # fmt: skip
HARMLESS = [
    word(field('TOC \\o "1-3"'), field("PAGE")), word(field("HYPERLINK ", '"https://a.test/DDE"')),
    word("<w:r><w:t>DDEAUTO</w:t></w:r>"), word(field("PAGE", shown="DDE")),
    word(field('IF "a" = "' + "</w:instrText></w:r>" + field("PAGE") + "<w:r><w:instrText>" + '" "DDE"')),
    linked("attachedTemplate", "file:///C:/Templates/Normal.dotm"), linked("hyperlink", "https://a.test/"),
    linked("image", "https://a.test/x.png"),
]  # fmt: skip


@pytest.mark.parametrize("content", HARMLESS, ids=range(len(HARMLESS)))
def test_upl_07_what_offices_write_every_day_is_taken(content):
    assert isinstance(found := inspect_upload("a.docx", content), Inspection), found


@pytest.mark.parametrize("head", [b"<!DOCTYPE x [<!ENTITY d 'DDE'>]>", b"\xff\xfe", b"<w:instrText>"])
def test_upl_07_a_text_that_hides_its_words_is_refused_as_broken(head):
    found = inspect_upload("a.docx", office("word/document.xml", document=head + b"<w:instrText>&d;</w:instrText>\0"))
    assert isinstance(found, Refusal)
    assert found.code == "broken"


REFUSED = [
    ("UPL-01", b"", "a.pdf", "empty"),
    ("UPL-01", PDF + bytes(20 * MB), "a.pdf", "too_large"),
    ("UPL-02", office("a.txt"), "a.xlsx", "archive"),
    ("UPL-02", b"<html><table></table></html>", "a.xlsx", "markup"),
    ("UPL-02", b"MZ\x90\x00" + bytes(400), "a.xlsx", "unknown"),
    ("UPL-02", OLE, "a.xlsx", "old_office"),
    ("UPL-02", OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
    ("UPL-02", office("xl/workbook.xml")[:-30], "a.xlsx", "broken"),
    ("UPL-03", makers.endless_cells, "a.xlsx", "bomb"),
    ("UPL-03", lambda: makers.many_entries(70_000), "a.xlsx", "bomb"),
    ("UPL-03", lambda: makers.many_entries(400_000), "a.xlsx", "bomb"),
    ("UPL-03", makers.deep_zip, "a.zip", "archive"),
    ("UPL-03", makers.twice, "a.xlsx", "bomb"),
    ("UPL-07", office("xl/workbook.xml", "xl/vbaProject.bin"), "a.xlsx", "macro"),
    ("UPL-07", office("word/document.xml", "word/vbaProject.bin"), "a.docm", "macro"),
    ("UPL-07", office("word/document.xml", "word/embeddings/oleObject1.bin"), "a.docx", "active"),
    ("UPL-07", office("ppt/presentation.xml", "ppt/activeX/activeX1.xml"), "a.pptx", "active"),
    ("UPL-07", office("xl/workbook.xml", "xl/externalLinks/externalLink1.xml", externalLink1=DDE), "a.xlsx", "active"),
    *(("UPL-07", content, "a.docx", "active") for content in [*DDE_TEXTS, *TEMPLATES]),
    ("UPL-07", office("xl/workbook.xml", "xl/externalLinks/externalLink1.xml", externalLink1=b"<x>" + b" " * 700_000 + DDE),
     "a.xlsx", "active"),
    ("UPL-08", SVG, "plan.svg", "markup"),
    ("UPL-08", b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG, "plan.png", "markup"),
    ("UPL-09", b"<html><script>alert(1)</script>", "photo.jpg", "markup"),
    ("UPL-09", b"  \n<?xml version='1.0'?><x/>", "photo.jpg", "markup"),
    ("UPL-09", PDF, "photo.jpg", "other_extension"),
    ("UPL-10", png_of(30_000, 30_000), "a.png", "too_many_pixels"),
    ("UPL-10", b"GIF89a" + bytes(200), "a.gif", "unknown"),
    ("UPL-10", b"\xff\xd8\xff\xe1\xff\xff" + b"Exif\0\0" + bytes(40), "a.jpg", "broken"),
    ("UPL-12", PDF, "报表.exe.pdf", "hidden_extension"),
    ("UPL-17", EICAR, "a.txt", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "content", "name", "code"), REFUSED,
                         ids=[f"{case}-{code}-{number}" for number, (case, _c, _n, code) in enumerate(REFUSED)])  # fmt: skip
def test_refused_with_a_chinese_reason(case, content, name, code):
    content = content() if callable(content) else content
    found = inspect_upload(name, content, EVIDENCE)
    assert isinstance(found, Refusal), found
    assert found.code == code
    with translation.override("zh-hans"):
        assert re.search("[\u4e00-\u9fff]", f"{found.message}")
        assert re.search("[\u4e00-\u9fff]", f"{found.advice}")


NAMES = [
    ("UPL-11", "../../x.pdf", "x.pdf"), ("UPL-11", "..\\..\\x.pdf", "x.pdf"), ("UPL-11", "CON.pdf", "_CON.pdf"),
    ("UPL-11", "a" * 300 + ".pdf", "a" * 120 + ".pdf"), ("UPL-11", ".pdf", "pdf.pdf"), ("UPL-11", "a\x00b.pdf", "ab.pdf"),
    ("UPL-11", "   ", "file.pdf"), ("UPL-11", "%2e%2e%2fx.pdf", "_2e_2e_2fx.pdf"), ("UPL-11", "~$报表.pdf", "报表.pdf"),
    ("UPL-11", "", "file.pdf"), ("UPL-11", "a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
    ("UPL-12", "报表\u202efdp.pdf", "报表fdp.pdf"), ("UPL-12", "a\u200bb\ufeff.pdf", "ab.pdf"),
    ("UPL-12", "r\u0435port.pdf", "r\u0435port.pdf"),
    ("UPL-12", "<img src=x onerror=alert(1)>.pdf", "_img src=x onerror=alert(1)_.pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "given", "shown"), NAMES,
                         ids=[f"{case}-{number}" for number, (case, *_rest) in enumerate(NAMES)])  # fmt: skip
def test_names_are_cleaned_and_the_extension_kept(case, given, shown):
    found = inspect_upload(given, PDF)
    assert isinstance(found, Inspection), found
    assert found.name == shown
    header = disposition(given)
    assert header.isascii()
    assert "\n" not in header
    assert "\r" not in header
    assert clean_name(clean_name(given)) == clean_name(given)


@pytest.fixture
def begun(cast):
    case = make_case(cast)
    case.begin()
    return case


def attach(case, content=PDF, name="a.pdf"):
    return case.client().post(f"{case.path}evidence/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def names_of(case):
    with school_scope(case.filing.school):
        return sorted(DraftEvidence.objects.values_list("name", flat=True))


@pytest.mark.requirement("UPL-13")
def test_upl_13_same_content_once_same_name_twice(begun):
    attach(begun)
    assert "已经在" in attach(begun).text
    attach(begun, PDF + b"%other")
    assert names_of(begun) == ["a.pdf", "a.pdf"]


@pytest.mark.requirement("UPL-14")
def test_upl_14_a_body_cut_in_the_middle_leaves_no_row(begun):
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + PDF + bytes(200_000)
    request = {
        "PATH_INFO": f"{begun.path}evidence/", "REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO(body),
        "CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": str(len(body) * 3),
    }  # fmt: skip
    assert begun.client().request(**request).status_code == 400
    assert names_of(begun) == []


@pytest.mark.requirement("UPL-15")
def test_upl_15_a_missing_content_is_said_and_no_500(begun):
    attach(begun)
    with school_scope(begun.filing.school):
        row = DraftEvidence.objects.get()
    path = f"{begun.path}evidence/{row.public_id}/"
    assert b"".join(begun.client().get(path).streaming_content) == PDF
    file_store().path_of(row.sha256).unlink()
    page = begun.client().get(path)
    assert page.status_code == 404
    assert "文件缺失" in page.text
    assert list(find_missing(file_store(), known_hashes())) == [row.sha256]
    assert row.name in begun.client().get(f"{begun.path}prepare/").text, "the page of the return goes on"


@pytest.mark.requirement("UPL-16")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_upl_16_what_is_published_does_not_say_where(kind):
    content = picture(kind)
    bare = without_metadata(content)
    assert b"CANARY-PLACE" in content
    assert b"CANARY-PLACE" not in bare
    before, after = Image.open(io.BytesIO(content)), Image.open(io.BytesIO(bare))
    assert not dict(after.getexif())
    assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
    assert without_metadata(content[:50]) is not None


class Clamd(threading.Thread):
    """Stands for the scanner: its protocol, and one virus that it knows. `says` replaces its answer."""

    def __init__(self, says: bytes = b"") -> None:
        super().__init__(daemon=True)
        self.says, self.seen, self.door = says, b"", socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self.door.getsockname()[1]}"

    def run(self) -> None:
        """One connection after the other, until the door is closed."""
        while True:
            try:
                guest, _address = self.door.accept()
            except OSError:
                return
            with guest, guest.makefile("rwb") as talk:
                assert talk.read(10) == b"zINSTREAM\0"
                self.seen = b""
                while length := struct.unpack("!L", talk.read(4))[0]:
                    self.seen += talk.read(length)
                found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in self.seen else b"stream: OK\0"
                talk.write(self.says or found)

    def stop(self) -> None:
        """Answer nobody any more. A door that is only closed still lets in whom `accept` waits for."""
        with contextlib.suppress(OSError):
            self.door.shutdown(socket.SHUT_RDWR)
        self.join()
        self.door.close()


@pytest.fixture
def clamd(settings):
    started = []

    def start(says: bytes = b"") -> Clamd:
        scanner = Clamd(says)
        scanner.start()
        started.append(scanner)
        settings.FILE_SCANNER = scanner.place
        return scanner

    yield start
    for scanner in started:
        scanner.stop()


@pytest.mark.requirement("UPL-17")
def test_upl_17_what_the_scanner_finds_is_refused_and_the_rest_is_sent_to_it_whole(begun, clamd):
    scanner, clean = clamd(), PDF + bytes(MB)
    assert "有害程序" in attach(begun, PDF + EICAR).text
    assert names_of(begun) == []
    attach(begun, clean, "clean.pdf")
    assert scanner.seen == clean
    assert names_of(begun) == ["clean.pdf"]


@pytest.mark.requirement("UPL-17")
@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"stream: OK, but\0", None])
def test_upl_17_nothing_comes_in_while_the_scanner_does_not_look(begun, clamd, says, settings):
    scanner = clamd(says or b"")
    if says is None:
        scanner.stop()
    page = attach(begun).text
    assert "病毒扫描程序" in page
    assert "过几分钟" in page
    assert names_of(begun) == []
    settings.FILE_SCANNER = ""
    attach(begun)
    assert names_of(begun) == ["a.pdf"], "without a scanner in the settings files come in"


@pytest.mark.requirement("UPL-19")
def test_upl_19_count_and_bytes_of_a_return_are_limited(begun, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_BYTES", 2 * MB)
    attach(begun, PDF + bytes(MB), "one.pdf")
    page = attach(begun, PDF + b"2" + bytes(MB), "two.pdf").text
    assert "合计最多2MB" in page
    assert "还剩1.0MB" in page
    assert names_of(begun) == ["one.pdf"]
    monkeypatch.setattr(evidence, "MOST_FILES", 1)
    attach(begun, PDF, "three.pdf")
    assert names_of(begun) == ["one.pdf"]
