from django.db import migrations

_BATCH = 500


def write_marks(apps, schema_editor):
    """Vectors say now who may read an entry, of which month it is, and what its title holds; the documents are the same."""
    from search.engines.vectors import leads_of, marks_of, vector_of
    from search.lexicons import lexicon_of
    from search.planning.pinyin import leads
    from search.planning.tokens import TITLE_GAP, index_tokens

    entry = apps.get_model("search", "Entry")
    lexicon = lexicon_of(apps.get_model("search", "LexiconLine").objects.values_list("kind", "text"))
    last = 0
    while rows := list(entry.objects.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        for row in rows:
            marks = marks_of(row.key, row.space, row.audience, row.day)
            row.vector = vector_of(index_tokens(row.title), index_tokens(row.text), TITLE_GAP, marks)
            row.leads = leads_of(leads(row.title, lexicon), marks) if row.piece == 0 else ""
        entry.objects.bulk_update(rows, ["vector", "leads"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("search", "0004_wider_lexicon")]
    operations = [
        # Long texts and vectors stand apart from the rows that are counted and put in order.
        migrations.RunSQL(
            "ALTER TABLE public.search_entry SET (toast_tuple_target = 512)",
            "ALTER TABLE public.search_entry RESET (toast_tuple_target)",
            hints={"floor": "association"},
        ),
        migrations.RunPython(write_marks, migrations.RunPython.noop, hints={"floor": "association"}),
    ]
