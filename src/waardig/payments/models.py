"""Tables of payments: references, amounts and dates; never a name or an account number (those stay behind the gate)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from waardig.payments import terms


class Counter(models.Model):
    """The last list number of a year; locked while a number is given."""

    prefix = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "payments_counter"


class Order(models.Model):
    """One payment order; one per decision, and one for costs besides it, whatever happens to jobs and processes."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=35, unique=True)
    kind = models.CharField(max_length=20)
    decision = models.UUIDField()
    case = models.UUIDField(db_index=True)
    service = models.CharField(max_length=60)
    beneficiary = models.UUIDField(db_index=True)
    amount_eurocent = models.BigIntegerField()
    difference_eurocent = models.BigIntegerField(default=0)
    pay_by = models.DateField()
    ordered_on = models.DateField()
    decided_by = models.CharField(max_length=80)
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=60, default="", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    paid_on = models.DateField(null=True)
    checked_account = models.UUIDField(null=True)

    class Meta:
        db_table = "payments_order"
        indexes = [models.Index(fields=["state", "pay_by"], name="payments_order_queue")]
        constraints = [
            models.UniqueConstraint(fields=["decision"], condition=~Q(kind="costs"), name="payments_order_once"),
            models.UniqueConstraint(fields=["decision"], condition=Q(kind="costs"), name="payments_costs_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in terms.OrderKind]), name="payments_order_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in terms.OrderState]), name="payments_order_state"
            ),
            models.CheckConstraint(condition=Q(amount_eurocent__gte=0), name="payments_never_claims_back"),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "listed", "released", "paid"]) | Q(amount_eurocent__gt=0),
                name="payments_order_pays_something",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_on__isnull=False), name="payments_paid_on_a_day"
            ),
        ]

    def to_term(self) -> terms.Order:
        """The order as other rooms see it."""
        return terms.Order(
            id=self.id,
            number=self.number,
            kind=terms.OrderKind(self.kind),
            decision=self.decision,
            case=self.case,
            service=self.service,
            beneficiary=self.beneficiary,
            amount_eurocent=self.amount_eurocent,
            difference_eurocent=self.difference_eurocent,
            pay_by=self.pay_by,
            ordered_on=self.ordered_on,
            decided_by=self.decided_by,
            state=terms.OrderState(self.state),
            reason=self.reason,
            attempts=self.attempts,
            paid_on=self.paid_on,
        )


class OrderEvent(models.Model):
    """What happened to an order; rows are only added."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor = models.CharField(max_length=80)
    code = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        db_table = "payments_order_event"
        indexes = [models.Index(fields=["order", "id"], name="payments_event_line")]

    def to_term(self) -> terms.OrderEvent:
        """The event as other rooms see it."""
        return terms.OrderEvent(terms.EventKind(self.kind), self.on, self.at, self.actor_kind, self.actor, self.code)


class PaymentList(models.Model):
    """A list of orders. Who made it never releases it; a released list never changes (also by a trigger)."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=35, unique=True)
    state = models.CharField(max_length=20)
    made_on = models.DateField()
    made_by = models.CharField(max_length=80)
    count = models.PositiveIntegerField()
    total_eurocent = models.BigIntegerField()
    execution_on = models.DateField()
    released_by = models.CharField(max_length=80, default="", blank=True)
    released_on = models.DateField(null=True)
    released_at = models.DateTimeField(null=True)
    package_sha256 = models.CharField(max_length=64, default="", blank=True)
    pain_sha256 = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        db_table = "payments_list"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in terms.ListState]), name="payments_list_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="released")
                | (~Q(released_by="") & Q(released_on__isnull=False, released_at__isnull=False, count__gt=0)),
                name="payments_released_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(released_by=F("made_by")), name="payments_list_four_eyes"),
        ]

    def to_term(self) -> terms.PaymentList:
        """The list as other rooms see it."""
        return terms.PaymentList(
            id=self.id,
            number=self.number,
            state=terms.ListState(self.state),
            made_on=self.made_on,
            made_by=self.made_by,
            count=self.count,
            total_eurocent=self.total_eurocent,
            execution_on=self.execution_on,
            released_by=self.released_by,
            released_on=self.released_on,
            released_at=self.released_at,
        )


class Line(models.Model):
    """An order in a list. `live`: it may still pay, or did; at most one live line an order."""

    list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, related_name="lines")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    amount_eurocent = models.BigIntegerField()
    attempt = models.PositiveSmallIntegerField()
    document = models.UUIDField()
    live = models.BooleanField(default=True)
    outcome = models.CharField(max_length=20, default=terms.LineOutcome.WAITING.value)
    reason = models.CharField(max_length=20, default="", blank=True)
    outcome_on = models.DateField(null=True)

    class Meta:
        db_table = "payments_line"
        constraints = [
            models.UniqueConstraint(fields=["list", "order"], name="payments_line_once_a_list"),
            models.UniqueConstraint(fields=["list", "place"], name="payments_line_place"),
            models.UniqueConstraint(fields=["order"], condition=Q(live=True), name="payments_order_in_one_live_list"),
            models.UniqueConstraint(
                fields=["order", "attempt"], condition=~Q(live=False, outcome="waiting"), name="payments_attempt_once"
            ),
            models.CheckConstraint(condition=Q(amount_eurocent__gt=0), name="payments_line_pays_something"),
            models.CheckConstraint(
                condition=Q(outcome__in=[o.value for o in terms.LineOutcome]), name="payments_line_outcome"
            ),
        ]

    def to_term(self) -> terms.Line:
        """The line as other rooms see it; its order must be loaded."""
        return terms.Line(
            place=self.place,
            order=self.order.to_term(),
            amount_eurocent=self.amount_eurocent,
            attempt=self.attempt,
            document=self.document,
            outcome=terms.LineOutcome(self.outcome),
            reason=self.reason,
            outcome_on=self.outcome_on,
        )


class ReturnFile(models.Model):
    """A file that came back, known by its bytes: the same file again changes nothing."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    form = models.CharField(max_length=20)
    received_on = models.DateField()
    lines = models.PositiveIntegerField()

    class Meta:
        db_table = "payments_return_file"


class ReturnLine(models.Model):
    """What one line of a file said and what we did with it; written together with its effect."""

    file = models.ForeignKey(ReturnFile, on_delete=models.PROTECT, related_name="seen")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=40, default="", blank=True)
    amount_eurocent = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=20, default="", blank=True)
    reason = models.CharField(max_length=20, default="", blank=True)
    verdict = models.CharField(max_length=20)
    line = models.ForeignKey(Line, null=True, on_delete=models.PROTECT, related_name="returns")

    class Meta:
        db_table = "payments_return_line"
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="payments_return_line_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=[v.value for v in terms.Verdict]), name="payments_return_verdict"
            ),
        ]


class Tally(models.Model):
    """What destroyed lines of a list add up to, so that the list still agrees."""

    list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, related_name="tallies")
    service = models.CharField(max_length=60)
    outcome = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    eurocent = models.BigIntegerField()

    class Meta:
        db_table = "payments_tally"
        constraints = [
            models.UniqueConstraint(
                fields=["list", "service", "outcome"], name="payments_tally_once", nulls_distinct=False
            ),
        ]
