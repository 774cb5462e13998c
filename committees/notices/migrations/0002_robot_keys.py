"""The keys of robots are kept encrypted; those in clear are taken over."""

from django.db import migrations, models

from tenants.kept_secrets import cipher, mark_of

PURPOSE = "robot"


def lock_up(apps, schema_editor):
    for robot in apps.get_model("notices", "Robot").objects.all():
        robot.token_kept = cipher(PURPOSE).encrypt(robot.token.encode()).decode()
        robot.token_mark, robot.ending = mark_of(robot.token, PURPOSE), robot.token[-4:]
        robot.secret_kept = cipher(PURPOSE).encrypt(robot.secret.encode()).decode() if robot.secret else ""
        robot.save()


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [
        migrations.AddField("robot", "token_kept", models.TextField(default=""), preserve_default=False),
        migrations.AddField("robot", "token_mark", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.AddField("robot", "ending", models.CharField(default="", max_length=4), preserve_default=False),
        migrations.AddField("robot", "secret_kept", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunPython(lock_up, migrations.RunPython.noop, hints={"floor": "association"}),
        migrations.RemoveConstraint("robot", "robot_once"),
        migrations.RemoveField("robot", "token"),
        migrations.RemoveField("robot", "secret"),
        migrations.AddConstraint(
            "robot",
            models.UniqueConstraint(
                condition=models.Q(retired_at__isnull=True), fields=["owner", "kind", "token_mark"], name="robot_once"
            ),
        ),
    ]
