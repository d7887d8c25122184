"""Every outcome has its run: checked once a statement, in place of a foreign key that looked it up for every row."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION proposals_need_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT run_id FROM added) a
               WHERE NOT EXISTS (SELECT FROM proposals_run r WHERE r.id = a.run_id)) THEN
        RAISE EXCEPTION 'an outcome without its run is refused' USING ERRCODE = '23503';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER has_its_run AFTER INSERT ON proposals_run_item REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION proposals_need_run();
CREATE TRIGGER keeps_its_run AFTER UPDATE ON proposals_run_item REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION proposals_need_run();
CREATE FUNCTION proposals_keep_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM gone g JOIN proposals_run_item i ON i.run_id = g.id) THEN
        RAISE EXCEPTION 'a run with outcomes stays' USING ERRCODE = '23503';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keeps_its_items AFTER DELETE ON proposals_run REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION proposals_keep_run();
"""
REVERSE = """
DROP TRIGGER keeps_its_items ON proposals_run;
DROP FUNCTION proposals_keep_run();
DROP TRIGGER keeps_its_run ON proposals_run_item;
DROP TRIGGER has_its_run ON proposals_run_item;
DROP FUNCTION proposals_need_run();
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0006_destruction")]
    operations = [
        migrations.AlterField(
            "runitem",
            "run",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="proposals.run",
            ),
        ),
        migrations.RunSQL(FORWARD, REVERSE),
    ]
