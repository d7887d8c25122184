"""Until when what the registers came to know counts in a run; what ran before asked about the moment it began."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import F


def _since_it_began(apps: Any, schema_editor: Any) -> None:
    runs = apps.get_model("proposals", "Run").objects.using(schema_editor.connection.alias)
    runs.update(known_at=F("started_at"))


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_grant_lists")]
    operations = [
        migrations.AddField("run", "known_at", models.DateTimeField(null=True)),
        migrations.RunPython(_since_it_began, migrations.RunPython.noop),
        migrations.AlterField("run", "known_at", models.DateTimeField()),
    ]
