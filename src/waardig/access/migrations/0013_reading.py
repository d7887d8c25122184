"""Oversight reads the log, in two calls."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0012_evaluation")]
    operations = [migrations.RunSQL(*halves("access", "reading"))]
