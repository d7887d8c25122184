"""Decisions that looked at an older one again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waardig.cases.terms import objections


class Review(models.Model):
    """A decision that looked at an older one again, by somebody else (Awb 7:11, 10:3 lid 3); rows are only added."""

    decision = models.OneToOneField("cases.Decision", on_delete=models.CASCADE, related_name="review", primary_key=True)
    against = models.ForeignKey("cases.Decision", on_delete=models.CASCADE, related_name="reviews")
    decided_by = models.CharField(max_length=80)
    first_official = models.CharField(max_length=80)
    new_outcome = models.CharField(max_length=20, default="", blank=True)
    new_amount_eurocent = models.BigIntegerField(null=True)
    payable_eurocent = models.BigIntegerField(null=True)
    hearing_ground = models.CharField(max_length=2, default="", blank=True)
    costs_eurocent = models.BigIntegerField(null=True)
    costs_ground = models.CharField(max_length=20, default="", blank=True)
    costs_to_lawyer = models.BooleanField(default=False)

    class Meta:
        db_table = "cases_review"
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=models.F("first_official")), name="cases_review_other_official"
            ),
            models.CheckConstraint(
                condition=Q(payable_eurocent__isnull=True) | Q(payable_eurocent__gt=0), name="cases_review_pays_more"
            ),
            models.CheckConstraint(
                condition=(
                    Q(costs_ground="granted", costs_eurocent__gt=0) & ~Q(new_outcome="")
                    | (Q(costs_eurocent__isnull=True, costs_to_lawyer=False) & ~Q(costs_ground="granted"))
                ),
                name="cases_review_costs",
            ),
        ]

    def to_term(self) -> objections.Review:
        """The review as other rooms see it."""
        return objections.Review(
            decision=self.decision_id,
            against=self.against_id,
            new_outcome=self.new_outcome,
            new_amount_eurocent=self.new_amount_eurocent,
            payable_eurocent=self.payable_eurocent,
            hearing_ground=self.hearing_ground,
            costs_eurocent=self.costs_eurocent,
            costs_ground=self.costs_ground,
            costs_to_lawyer=self.costs_to_lawyer,
        )
