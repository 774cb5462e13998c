"""Small files of each kind, honest and hostile."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

WORDS = "锅炉房巡检周期"


def word(text: str = WORDS) -> bytes:
    from docx import Document

    made, out = Document(), BytesIO()
    made.add_paragraph(text)
    made.add_table(1, 1).cell(0, 0).text = "表里的阀门"
    made.save(out)
    return out.getvalue()


def slides(text: str = WORDS) -> bytes:
    from pptx import Presentation

    made, out = Presentation(), BytesIO()
    slide = made.slides.add_slide(made.slide_layouts[0])
    slide.shapes.title.text = text
    slide.notes_slide.notes_text_frame.text = "备注里的水泵"
    made.save(out)
    return out.getvalue()


def workbook(text: str = WORDS) -> bytes:
    from xlsxwriter import Workbook

    out = BytesIO()
    made = Workbook(out, {"in_memory": True})
    made.add_worksheet("台账").write(3, 2, text)
    made.close()
    return out.getvalue()


def pdf(text: str = "Boiler inspection") -> bytes:
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /MediaBox [0 0 600 800] >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )  # fmt: skip


def endless_pdf() -> bytes:
    """Its list of pages contains itself."""
    return _pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9999999 >>")


def swollen_pdf() -> bytes:
    """One page whose content unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 16_000_000) for _ in range(64)) + packer.flush()
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 600 800] >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    )  # fmt: skip


def _pdf(*objects: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + tail


def bomb() -> bytes:
    """A Word file whose text unpacks to 400 MB."""
    return _replaced(word(), "word/document.xml", b" " * 400_000_000)


def with_entities() -> bytes:
    """A Word file that wants a billion laughs, and a file of the machine."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "哈">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
        "&f;&l9;</w:t></w:r></w:p></w:body></w:document>"
    )
    return _replaced(word(), "word/document.xml", body.encode())


def _replaced(package: bytes, part: str, content: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()
