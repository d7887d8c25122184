"""Events are kept as they happened: no update, no delete, whatever role tries (Awb 2:10, proof of sending).

The trigger refuses every role; the application role, whatever its name, has not even the right to try.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import connections, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FORWARD = """
CREATE FUNCTION inbox_event_is_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'an event of a message is never changed or removed' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER inbox_event_is_kept BEFORE UPDATE OR DELETE ON inbox_message_event
  FOR EACH ROW EXECUTE FUNCTION inbox_event_is_kept();
"""
BACK = """
DROP TRIGGER inbox_event_is_kept ON inbox_message_event;
DROP FUNCTION inbox_event_is_kept();
"""


def _take_rights(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(f"REVOKE UPDATE, DELETE ON inbox_message_event FROM {_role(editor)}")


def _give_rights(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(f"GRANT UPDATE, DELETE ON inbox_message_event TO {_role(editor)}")


def _role(editor: BaseDatabaseSchemaEditor) -> str:
    return editor.connection.ops.quote_name(connections["default"].settings_dict["USER"])


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_messages")]
    operations = [migrations.RunSQL(FORWARD, BACK), migrations.RunPython(_take_rights, _give_rights)]
