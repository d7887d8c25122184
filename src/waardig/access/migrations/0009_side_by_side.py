"""Two asks far below the ceiling do not wait for each other."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0008_selected")]
    operations = [migrations.RunSQL(*halves("access", "side_by_side"))]
