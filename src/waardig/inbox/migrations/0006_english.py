"""Who chose English also gets an English text beside the Dutch one; its fingerprint stands beside that of the Dutch."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0005_destruction"),
    ]

    operations = [
        migrations.AddField(
            model_name="display",
            name="language",
            field=models.CharField(db_default="nl", default="nl", max_length=2),
        ),
        migrations.AddField(
            model_name="message",
            name="english_sha256",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddConstraint(
            model_name="display",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "en"])), name="inbox_display_language"
            ),
        ),
    ]
