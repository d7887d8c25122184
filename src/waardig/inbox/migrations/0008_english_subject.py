"""Who chose English sees an English subject in the list too: neutral, like the Dutch one, so it stands beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0007_retention"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="english_subject",
            field=models.CharField(blank=True, db_default="", default="", max_length=50),
        ),
    ]
