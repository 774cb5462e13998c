"""Pictures: from a telephone's HEIC to sizes that stand ready before the first visitor."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from cms.models import Picture
from cms.models.media import PictureRendition
from cms.tasks import draw_pictures
from tests.ground.clients import association_client as client_for


def heic() -> bytes:
    """A drawing as a telephone saves it."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), "#0a625e").save(drawn, "HEIF")
    return drawn.getvalue()


def written(size: PictureRendition) -> tuple[str | None, tuple[int, int]]:
    """Format and size of a file, as it lies on the disk."""
    with size.file.open("rb") as file, Image.open(file) as read:
        return read.format, read.size


@pytest.mark.requirement("S9-38")
def test_a_picture_of_a_telephone_is_taken_and_goes_out_as_jpeg_webp_and_avif(site, cast):
    editor = client_for(cast["editor"])
    upload = SimpleUploadedFile("IMG_0001.HEIC", heic(), "image/heic")
    from wagtail.models import Collection

    form = {"title": "阀门间", "file": upload, "alt_text": "绿色的阀门", "credit": "", "tags": "",
            "collection": Collection.get_first_root_node().pk}  # fmt: skip
    answer = editor.post("/cms/images/add/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    row = Picture.objects.get(title="阀门间")
    assert (row.width, row.height) == (640, 480)
    made = {kind: row.get_rendition(f"width-320|format-{kind}") for kind in ("jpeg", "webp", "avif")}
    made["as it comes"] = row.get_rendition("width-320")
    sizes = {kind: written(one) for kind, one in made.items()}
    assert sizes == {
        "jpeg": ("JPEG", (320, 240)), "webp": ("WEBP", (320, 240)), "avif": ("AVIF", (320, 240)),
        "as it comes": ("JPEG", (320, 240)),
    }  # fmt: skip


def test_the_worker_writes_all_sizes_before_the_first_visitor(make_news, picture, association_client, no_strip):
    page = make_news(cover=picture, body=[("picture", {"picture": picture, "caption": "灶"})])
    job = ProcrastinateJob.objects.get(task_name="site.draw", status="todo")
    assert job.args == {"page": page.pk}
    assert not PictureRendition.objects.exists()
    draw_pictures(**job.args)
    written = PictureRendition.objects.count()
    assert written >= 12
    for path in (page.url, "/news/", "/"):
        assert association_client.get(path).status_code == 200
    assert PictureRendition.objects.count() == written, "a visitor waited for a picture"


def test_a_page_without_pictures_or_no_longer_live_asks_for_nothing(make_news, picture):
    make_news()
    assert not ProcrastinateJob.objects.filter(task_name="site.draw").exists()
    page = make_news(cover=picture)
    page.unpublish()
    draw_pictures(page.pk)
    assert not PictureRendition.objects.exists()
