"""Until when what the registers came to know counts in a run; what ran before asked about the moment it began."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_grant_lists")]
    operations = [
        migrations.AddField("run", "known_at", models.DateTimeField(null=True)),
        migrations.RunSQL("UPDATE proposals_run SET known_at = started_at", migrations.RunSQL.noop),
        migrations.AlterField("run", "known_at", models.DateTimeField()),
    ]
