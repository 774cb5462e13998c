from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations
from django.db.models import F

LISTS = {"synonyms.txt": "synonyms", "stop_words.txt": "stop"}


def add_new_lines(apps, schema_editor):
    """The wider thesaurus, for portals that were begun with the smaller one. Lines that editors took out in between
    come back; lines that they changed stay as they are, beside these."""
    folder = Path(__file__).parents[1] / "lexicon"
    line = apps.get_model("search", "LexiconLine")
    at = datetime(2026, 11, 25, tzinfo=UTC)
    for name, kind in LISTS.items():
        texts = (text.partition("#")[0].strip() for text in (folder / name).read_text(encoding="utf-8").splitlines())
        rows = [line(kind=kind, text=text, changed_at=at) for text in dict.fromkeys(filter(None, texts))]
        line.objects.bulk_create(rows, ignore_conflicts=True)
    apps.get_model("search", "LexiconRevision").objects.update(revision=F("revision") + 1)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_file_texts")]
    operations = [
        migrations.RunPython(add_new_lines, migrations.RunPython.noop, hints={"floor": "association"}),
    ]
