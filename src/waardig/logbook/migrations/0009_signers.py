"""The public keys of the log are known and published."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("logbook", "0008_by_subject")]
    operations = [migrations.RunSQL(*halves("logbook", "signers"))]
