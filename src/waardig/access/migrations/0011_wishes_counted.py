"""Opt-outs of many people are counted at once."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0010_through")]
    operations = [migrations.RunSQL(*halves("access", "wishes_counted"))]
