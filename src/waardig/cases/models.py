"""Tables of cases: references and dates only, never a copy of a person's values (those stay behind the gate)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waardig.cases import terms


class Counter(models.Model):
    """The last case number of a year; locked while numbers are given, so that there are no gaps and no doubles."""

    prefix = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "cases_counter"


class Case(models.Model):
    """One case (zaak)."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=30, unique=True)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    service = models.CharField(max_length=60)
    opened_on = models.DateField()
    applied_on = models.DateField(null=True)
    decide_by = models.DateField(null=True)
    amount_eurocent = models.BigIntegerField(null=True)
    run = models.UUIDField(null=True)
    rule_set = models.CharField(max_length=64, default="", blank=True)
    as_of = models.DateField(null=True)
    team = models.CharField(max_length=60, default="", blank=True)
    household_type = models.CharField(max_length=40, default="", blank=True)
    reader = models.CharField(max_length=20, default="self")
    lane = models.CharField(max_length=20, default="", blank=True)
    say_no_until = models.DateField(null=True)

    class Meta:
        db_table = "cases_case"
        indexes = [models.Index(fields=["state", "decide_by"], name="cases_case_queue")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in terms.CaseKind]), name="cases_case_kind"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in terms.CaseState]), name="cases_case_state"),
            models.CheckConstraint(
                condition=~Q(kind="application") | Q(applied_on__isnull=False, decide_by__isnull=False),
                name="cases_application_has_a_term",
            ),
            models.CheckConstraint(
                condition=~Q(state="announced") | Q(kind="own_initiative", say_no_until__isnull=False),
                name="cases_announced_has_a_term",
            ),
        ]

    def to_term(self, parties: tuple[terms.Party, ...] = ()) -> terms.Case:
        """The case as other rooms see it."""
        return terms.Case(
            id=self.id,
            number=self.number,
            kind=terms.CaseKind(self.kind),
            state=terms.CaseState(self.state),
            service=self.service,
            opened_on=self.opened_on,
            applied_on=self.applied_on,
            decide_by=self.decide_by,
            amount_eurocent=self.amount_eurocent,
            run=self.run,
            rule_set=self.rule_set,
            as_of=self.as_of,
            team=self.team,
            household_type=self.household_type,
            reader=self.reader,
            parties=parties,
            lane=self.lane,
            say_no_until=self.say_no_until,
        )


class CaseParty(models.Model):
    """A person in a case and in which role."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    person = models.UUIDField(db_index=True)
    role = models.CharField(max_length=20)

    class Meta:
        db_table = "cases_party"
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="cases_party_once")]


class CaseEvent(models.Model):
    """What happened in a case; rows are only added."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=40)
    on = models.DateField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor = models.CharField(max_length=80)
    code = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        db_table = "cases_event"
        indexes = [models.Index(fields=["case", "id"], name="cases_event_line")]

    def to_term(self) -> terms.CaseEvent:
        """The event as other rooms see it."""
        return terms.CaseEvent(
            kind=terms.EventKind(self.kind),
            on=self.on,
            at=self.at,
            actor_kind=self.actor_kind,
            actor=self.actor,
            code=self.code,
        )


class Assessment(models.Model):
    """What the law said when it ran for an application, as codes and an amount; the steps are made again on demand."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="assessment", primary_key=True)
    lane = models.CharField(max_length=20)
    reasons = models.JSONField(default=list)
    amount_eurocent = models.BigIntegerField(null=True)
    household_type = models.CharField(max_length=40, default="", blank=True)
    rule_set = models.CharField(max_length=64)
    as_of = models.DateField()
    made_at = models.DateTimeField()
    sampled = models.BooleanField(default=False)

    class Meta:
        db_table = "cases_assessment"


class Decision(models.Model):
    """A decision (besluit); its text stands behind the gate under `document`."""

    id = models.UUIDField(primary_key=True)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=20)
    amount_eurocent = models.BigIntegerField(null=True)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    official = models.CharField(max_length=80)
    body = models.CharField(max_length=120)
    mandate = models.CharField(max_length=200)
    objection_until = models.DateField()
    pay_by = models.DateField(null=True)
    rule_set = models.CharField(max_length=64, default="", blank=True)
    document = models.UUIDField()

    class Meta:
        db_table = "cases_decision"
        constraints = [
            models.CheckConstraint(condition=Q(actor_kind="employee"), name="cases_decision_by_a_person"),
            models.CheckConstraint(
                condition=~Q(outcome="grant") | Q(amount_eurocent__gt=0, pay_by__isnull=False),
                name="cases_grant_has_amount_and_payment_day",
            ),
        ]


class Correction(models.Model):
    """A report that a value is wrong, and the fact it is about."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="correction", primary_key=True)
    person = models.UUIDField(db_index=True)
    attribute = models.CharField(max_length=80)
    fact = models.UUIDField(null=True)
    holder = models.CharField(max_length=60)
    answer_by = models.DateField()

    class Meta:
        db_table = "cases_correction"
