"""The lists of a ticket are random numbers: they are kept as they are, without trying to make them smaller."""

from __future__ import annotations

from django.db import migrations

FORWARD = """
ALTER TABLE gate.ticket ALTER COLUMN persons SET STORAGE EXTERNAL, ALTER COLUMN spans SET STORAGE EXTERNAL;
"""
REVERSE = """
ALTER TABLE gate.ticket ALTER COLUMN persons SET STORAGE EXTENDED, ALTER COLUMN spans SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0005_retention")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
