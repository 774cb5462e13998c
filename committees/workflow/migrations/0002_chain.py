"""Moves carry a chained hash; those made before get theirs now."""

from django.db import migrations, models

from committees.workflow.chain import link


def chain_up(apps, schema_editor):
    subject, before = None, ""
    for trail in apps.get_model("workflow", "Trail").objects.order_by("subject", "version").iterator(500):
        before = link(before if trail.subject == subject else "", trail)
        subject = trail.subject
        type(trail).objects.filter(pk=trail.pk).update(chain=before)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]
    operations = [
        migrations.AddField("trail", "chain", models.CharField(default="", editable=False, max_length=64)),
        migrations.RunPython(chain_up, migrations.RunPython.noop, hints={"floor": "association"}),
    ]
