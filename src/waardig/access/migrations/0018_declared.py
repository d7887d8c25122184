"""What runs must have declared the activity under which it asks."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0017_line_pages")]
    operations = [migrations.RunSQL(*halves("access", "declared"))]
