"""What is the same for everybody on a ticket is done once."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0013_reading")]
    operations = [migrations.RunSQL(*halves("access", "same_trace"))]
