"""Who may ask for decisions, and the log of what was decided for them."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("access", "0011_wishes_counted")]
    operations = [migrations.RunSQL(*halves("access", "evaluation"))]
