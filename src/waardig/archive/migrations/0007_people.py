"""Whom nothing is left of goes from the registers."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0006_archived_lines"),
        ("cases", "0009_answers"),
        ("contact", "0004_mandates"),
        ("inbox", "0009_court"),
        ("mandates", "0004_court"),
        ("proposals", "0007_item_of_run"),
        ("registers", "0022_held_persons"),
    ]
    operations = [migrations.RunSQL(*halves("archive", "people"))]
