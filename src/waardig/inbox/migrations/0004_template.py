"""With which template a message was written; of earlier messages nobody knows it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0003_display"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="template",
            field=models.TextField(blank=True, default="", db_default=""),
        ),
    ]
