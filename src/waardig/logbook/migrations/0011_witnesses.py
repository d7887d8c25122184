"""What witnesses signed, and what this installation saw as a witness for others."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("logbook", "0010_tree_hashes")]
    operations = [migrations.RunSQL(*halves("logbook", "witnesses"))]
