"""The table of failed sign-ins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Reversible: creates one empty table."""

    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SignInFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=64)),
                ("failed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["source", "failed_at"], name="identity_failure_source")],
            },
        ),
    ]
