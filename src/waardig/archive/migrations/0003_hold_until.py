"""On which day an official looks again at a case that is kept; the hold does not end by itself."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_destruction")]

    operations = [
        migrations.AddField(
            model_name="placedhold",
            name="until",
            field=models.DateField(null=True),
        ),
    ]
