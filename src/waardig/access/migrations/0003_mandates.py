"""The populations of the room below: whom a helper acts for, and who is party of a mandate."""

from __future__ import annotations

from django.db import migrations

FORWARD = """
SELECT pol.register_population('mandated', 'public.mandates_population_mandated(jsonb,uuid[],jsonb)', 'mandates');
SELECT pol.register_population('mandate_party', 'public.mandates_population_party(jsonb,uuid[],jsonb)', 'mandates');
"""
REVERSE = "DELETE FROM pol.population_door WHERE room = 'mandates';"


class Migration(migrations.Migration):
    dependencies = [("access", "0002_alike"), ("mandates", "0002_population")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
