"""Why an uploaded file is not taken: one rule object for each reason, with what the person can do about it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Text: TypeAlias = "str | StrPromise"


@dataclass(frozen=True, slots=True)
class UploadRule:
    """A reason to refuse a file. `id` is stable; braces in `reason` are filled where it is raised."""

    id: str
    name: Text
    reason: Text
    advice: Text
    examples: tuple[str, ...]


_RULES = (
    UploadRule("empty", _("Empty file"), _("The file is empty."), _("Save it again and upload it."), ("0 bytes",)),
    UploadRule(
        "too_large",
        _("File too large"),
        _("The file has {size} MB; at most {most} MB are taken."),
        _("Scan with less resolution, or split it."),
        ("21 MB",),
    ),
    UploadRule(
        "unknown",
        _("Kind not taken"),
        _("Files of this kind are not taken. Taken are: {kinds}."),
        _("Save it as PDF."),
        ("setup.exe", "a.txt"),
    ),
    UploadRule(
        "archive",
        _("Compressed archive"),
        _("Archives are not taken: what is in them could not be looked at here."),
        _("Upload the files one by one."),
        ("evidence.zip", "evidence.rar"),
    ),
    UploadRule(
        "markup",
        _("Web page or drawing with script"),
        _("Web pages, XML and SVG are not taken: they can contain programs."),
        _("Save it as PDF or as a picture."),
        ("page.html", "plan.svg"),
    ),
    UploadRule(
        "macro",
        _("Macros"),
        _("The document contains macros. For safety none is taken."),
        _("Save it without macros (.xlsx, .docx, .pptx) or as PDF."),
        ("plan.docm",),
    ),
    UploadRule(
        "active",
        _("Programs inside"),
        _(
            "The document holds objects of other programs (OLE, ActiveX, DDE), or a template that is fetched from elsewhere. "
            "Both could run where it is opened."
        ),
        _("Remove the objects, or save it as PDF."),
        ("embeddings/oleObject1.bin", "a field DDEAUTO", "a template from the network"),
    ),
    UploadRule(
        "infected",
        _("Harmful program"),
        _("The virus scanner has found a harmful program in this file."),
        _("Do not pass it on. Have your computer looked at, and take the file from another source."),
        ("EICAR",),
    ),
    UploadRule(
        "unscanned",
        _("Not looked at"),
        _("The virus scanner does not answer at the moment, and what it has not looked at is not taken."),
        _("Try again in some minutes; tell the administrator if it stays so."),
        ("a scanner that is being updated",),
    ),
    UploadRule(
        "password",
        _("Password"),
        _("The document is protected by a password, so nobody could open it here."),
        _("Remove the password and upload it again."),
        ("EncryptedPackage",),
    ),
    UploadRule(
        "old_office",
        _("Old Office or WPS format"),
        _("This is an old Office or WPS document (.doc, .xls, .ppt, .wps, .et)."),
        _("Save it as .docx, .xlsx, .pptx or PDF."),
        ("plan.doc", "plan.wps"),
    ),
    UploadRule(
        "heic",
        _("Photo of an iPhone"),
        _("This is a photo in HEIC, which many browsers cannot show."),
        _("Choose “Most compatible” in the camera's settings, or save it as JPEG."),
        ("IMG_0001.heic",),
    ),
    UploadRule(
        "other_extension",
        _("Name and content differ"),
        _("The name says {extension}, but the content is {kind}."),
        _("Rename it to what it is, or upload the right file."),
        ("photo.jpg with a PDF in it",),
    ),
    UploadRule(
        "hidden_extension",
        _("Two extensions"),
        _("The name has an extension of a program before the last one."),
        _("Rename the file."),
        ("report.exe.pdf",),
    ),
    UploadRule(
        "too_many_pixels",
        _("Picture too large"),
        _("The picture measures {width} x {height}; at most {most} million pixels are taken."),
        _("Make it smaller."),
        ("30,000 x 30,000 pixels",),
    ),
    UploadRule(
        "broken",
        _("Broken file"),
        _("The file is damaged or was cut off while it was sent."),
        _("Open it, save it again and upload that."),
        ("half of a .docx",),
    ),
    UploadRule(
        "bomb",
        _("Unpacks too large"),
        _("Unpacked, the document would be far larger than it can honestly be."),
        _("Save it as PDF."),
        ("1 MB that unpacks to 1 GB",),
    ),
)
UPLOAD_RULES = {rule.id: rule for rule in _RULES}
