"""Archived lines of the log are read like the others."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0018_declared"), ("logbook", "0014_archive")]
    operations = [migrations.RunSQL(*halves("access", "archived"))]
