"""Measurements of safeguards: only ever added; the application role has no right to change or remove one."""

from __future__ import annotations

from django.db import models

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms import Finding, Verdict
from waardig.values.terms import Measurement as MeasurementTerm


class Measurement(models.Model):
    """One finding of one safeguard of one service."""

    service = models.TextField()
    safeguard = models.TextField()
    kind = models.CharField(max_length=3)
    measured_on = models.DateField()
    recorded_at = models.DateTimeField()
    verdict = models.CharField(max_length=16, choices=[(verdict.value, verdict.name) for verdict in Verdict])
    n = models.IntegerField()
    value = models.IntegerField()
    words_nl = models.TextField()
    words_en = models.TextField()

    class Meta:
        db_table = "values_measurement"
        indexes = [models.Index(fields=["service", "safeguard", "-measured_on"], name="values_measurement_latest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict__in=[verdict.value for verdict in Verdict]),
                name="values_measurement_verdict_known",
            ),
            models.CheckConstraint(condition=models.Q(n__gte=0), name="values_measurement_n_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.safeguard} {self.measured_on}: {self.verdict}"

    def to_term(self) -> MeasurementTerm:
        """The measurement as a term."""
        words = Bilingual(self.words_nl, self.words_en)
        return MeasurementTerm(
            service=self.service,
            safeguard=self.safeguard,
            kind=self.kind,
            measured_on=self.measured_on,
            recorded_at=self.recorded_at,
            finding=Finding(Verdict(self.verdict), self.n, self.value, words),
        )
