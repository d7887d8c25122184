"""Archived lines of the log past their term go too."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("archive", "0005_facts"), ("access", "0019_archived")]
    operations = [migrations.RunSQL(*halves("archive", "archived_lines"))]
