from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Record",
            fields=[
                ("case", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=30, unique=True)),
                ("service", models.CharField(max_length=60)),
                ("ending", models.CharField(max_length=40)),
                ("ended_on", models.DateField()),
                ("result", models.CharField(max_length=10)),
                ("appraisal", models.CharField(max_length=20)),
                ("term", models.CharField(blank=True, default="", max_length=10)),
                ("starts_on", models.DateField(null=True)),
                ("action_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "archive_record",
                "indexes": [models.Index(fields=["action_on", "number"], name="archive_record_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("appraisal__in", ["vernietigen", "blijvend_bewaren"])),
                        name="archive_record_appraisal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("action_on__isnull", True),
                            models.Q(("appraisal", "vernietigen"), ("starts_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="archive_record_has_a_start",
                    ),
                ],
            },
        ),
    ]
