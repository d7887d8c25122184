"""The hashes of full tiles of the tree are kept, also of the log that is there."""

from __future__ import annotations

from django.db import migrations

from waardig.kernel.sql_file import halves


class Migration(migrations.Migration):
    dependencies = [("logbook", "0009_signers")]
    operations = [migrations.RunSQL(*halves("logbook", "tree_hashes"))]
