from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations

LISTS = {"words.txt": "word", "synonyms.txt": "synonyms", "stop_words.txt": "stop"}


def write_first_lexicon(apps, schema_editor):
    """The words the portal starts with, as lines that editors change."""
    folder = Path(__file__).parents[1] / "lexicon"
    line = apps.get_model("search", "LexiconLine")
    at = datetime(2026, 11, 24, tzinfo=UTC)
    for name, kind in LISTS.items():
        texts = (text.partition("#")[0].strip() for text in (folder / name).read_text(encoding="utf-8").splitlines())
        rows = [line(kind=kind, text=text, changed_at=at) for text in dict.fromkeys(filter(None, texts))]
        line.objects.bulk_create(rows, ignore_conflicts=True)
    apps.get_model("search", "LexiconRevision").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RunPython(write_first_lexicon, migrations.RunPython.noop, hints={"floor": "association"}),
    ]
