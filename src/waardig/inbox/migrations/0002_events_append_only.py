"""Events are kept as they happened: no update, no delete, whatever role tries (Awb 2:10, proof of sending)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION inbox_event_is_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'an event of a message is never changed or removed' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER inbox_event_is_kept BEFORE UPDATE OR DELETE ON inbox_message_event
  FOR EACH ROW EXECUTE FUNCTION inbox_event_is_kept();
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'waardig_app') THEN
    REVOKE UPDATE, DELETE ON inbox_message_event FROM waardig_app;
  END IF;
END $$;
"""
BACK = """
DROP TRIGGER inbox_event_is_kept ON inbox_message_event;
DROP FUNCTION inbox_event_is_kept();
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'waardig_app') THEN
    GRANT UPDATE, DELETE ON inbox_message_event TO waardig_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_messages")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
