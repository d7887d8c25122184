"""What a short form asks because no register knows it: names only, never a value."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_objections")]
    operations = [
        migrations.AddField("case", "asked", models.CharField(max_length=200, default="", blank=True)),
    ]
