"""One table: failed sign-ins per place, to slow down guessing. The place is a keyed digest, never an address."""

from __future__ import annotations

from django.db import models


class SignInFailure(models.Model):
    """A sign-in that failed. Rows older than a day are removed when a new one is written."""

    source = models.CharField(max_length=64)
    failed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["source", "failed_at"], name="identity_failure_source")]
