"""The site and its Chinese home page, in place of Wagtail's welcome page. Everything else: cms/setup.py."""

import uuid
from typing import Any

from django.conf import settings
from django.db import migrations


def lay_home(apps: Any, schema_editor: Any) -> None:
    """Put the home page where Wagtail's welcome page stood; a tree that has been changed already is left alone."""
    page_model, site_model = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "Site")
    home_model, locale_model = apps.get_model("cms", "HomePage"), apps.get_model("wagtailcore", "Locale")
    root = page_model.objects.filter(depth=1).first()
    if root is None or home_model.objects.exists():
        return
    # The site goes first: deleting its root page would take it along anyway.
    site_model.objects.all().delete()
    page_model.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    if page_model.objects.filter(depth=2).exists():
        return
    locale, _ = locale_model.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="cms", model="homepage"
    )
    home = home_model.objects.create(
        title="首页", draft_title="首页", slug="home", path="00010001", depth=2, numchild=0, url_path="/home/",
        content_type=content_type, locale=locale, translation_key=uuid.uuid4(), live=True,
    )  # fmt: skip
    page_model.objects.filter(pk=root.pk).update(numchild=1)
    site_model.objects.create(
        hostname=settings.BASE_DOMAIN, port=settings.PORT, site_name=settings.WAGTAIL_SITE_NAME,
        root_page_id=home.pk, is_default_site=True,
    )  # fmt: skip


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [
        ("cms", "0003_pages"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(lay_home, migrations.RunPython.noop, hints={"floor": "association"})]
