"""Whom a court appointed gets a copy of each message beside the person's own."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0008_english_subject"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="message",
            name="inbox_message_reader",
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("reader__in", ["self", "administrator", "representative"])),
                name="inbox_message_reader",
            ),
        ),
    ]
