from django.db import migrations, models

# Append-only for the application role; the owner of the tables never writes measurements.
_APPEND_ONLY = """
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON values_measurement FROM %I', (SELECT application FROM vault.role));
    EXECUTE format('GRANT SELECT, INSERT ON values_measurement TO %I', (SELECT application FROM vault.role));
END $$;
"""
_VERDICTS = ["passes", "warns", "fails", "too_little_data"]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("logbook", "0001_log")]
    operations = [
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.TextField()),
                ("safeguard", models.TextField()),
                ("kind", models.CharField(max_length=3)),
                ("measured_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("passes", "PASSES"),
                            ("warns", "WARNS"),
                            ("fails", "FAILS"),
                            ("too_little_data", "TOO_LITTLE_DATA"),
                        ],
                        max_length=16,
                    ),
                ),
                ("n", models.IntegerField()),
                ("value", models.IntegerField()),
                ("words_nl", models.TextField()),
                ("words_en", models.TextField()),
            ],
            options={
                "db_table": "values_measurement",
                "indexes": [
                    models.Index(fields=["service", "safeguard", "-measured_on"], name="values_measurement_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", _VERDICTS)), name="values_measurement_verdict_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("n__gte", 0)), name="values_measurement_n_not_negative"),
                ],
            },
        ),
        migrations.RunSQL(_APPEND_ONLY, migrations.RunSQL.noop),
    ]
