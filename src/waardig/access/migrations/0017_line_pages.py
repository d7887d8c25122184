"""A person reads their own lines by the page: chosen, grouped and counted in the database."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0016_forwarding")]
    operations = [migrations.RunSQL(*halves("access", "line_pages"))]
