"""Tables of cases: references and dates only, never a copy of a person's values (those stay behind the gate)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waardig.cases import terms
from waardig.cases.models.reviews import Review as Review
from waardig.cases.models.tallies import Tally as Tally
from waardig.cases.terms import objections


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
    asked = models.CharField(max_length=200, default="", blank=True)

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
            asked=tuple(self.asked.split()),
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
    """A report that a value is wrong, the fact it is about, and the fact that took its place."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="correction", primary_key=True)
    person = models.UUIDField(db_index=True)
    attribute = models.CharField(max_length=80)
    fact = models.UUIDField(null=True)
    holder = models.CharField(max_length=60)
    answer_by = models.DateField()
    replaced_by = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_correction"


class Objection(models.Model):
    """An objection (bezwaar) against one decision; what was written stands behind the gate."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="objection", primary_key=True)
    about = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="objections")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="objections")
    person = models.UUIDField(db_index=True)
    first_official = models.CharField(max_length=80)
    received_on = models.DateField()
    posted_on = models.DateField(null=True)
    channel = models.CharField(max_length=20)
    is_timely = models.BooleanField()
    has_reasons = models.BooleanField()
    has_late_reason = models.BooleanField(default=False)
    asked_on = models.DateField(null=True)
    repair_until = models.DateField(null=True)
    repaired_on = models.DateField(null=True)
    wants_hearing = models.BooleanField(null=True)
    hearing_reply_by = models.DateField()
    asks_costs = models.BooleanField(default=False)
    handler = models.CharField(max_length=80, default="", blank=True)
    postponed_on = models.DateField(null=True)
    withdrawn = models.BooleanField(default=False)
    forwarded_to = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        db_table = "cases_objection"
        constraints = [
            models.CheckConstraint(
                condition=Q(handler="") | ~Q(handler=models.F("first_official")), name="cases_objection_other_official"
            ),
            models.UniqueConstraint(
                fields=["decision", "person"],
                condition=Q(withdrawn=False, forwarded_to=""),
                name="cases_objection_once",
            ),
        ]

    def to_term(self) -> objections.Objection:
        """The objection as other rooms see it."""
        names = (
            "person first_official received_on posted_on is_timely has_reasons has_late_reason asked_on repair_until"
            " repaired_on wants_hearing hearing_reply_by asks_costs handler postponed_on forwarded_to"
        )
        return objections.Objection(
            case=self.case_id,
            number=self.case.number,
            about=self.about_id,
            decision=self.decision_id,
            service=self.case.service,
            state=self.case.state,
            channel=objections.Channel(self.channel),
            decide_by=self.case.decide_by or self.received_on,
            **{name: getattr(self, name) for name in names.split()},
        )


class Hearing(models.Model):
    """The hearing (horen) of an objection."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="hearing", primary_key=True)
    state = models.CharField(max_length=20)
    on = models.DateField()
    at = models.CharField(max_length=20)
    place = models.CharField(max_length=200)
    by_phone = models.BooleanField(default=False)
    invited_on = models.DateField()
    papers_until = models.DateField()
    inspection_from = models.DateField()
    held_on = models.DateField(null=True)
    invitations = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "cases_hearing"

    def to_term(self) -> objections.Hearing:
        """The hearing as other rooms see it."""
        return objections.Hearing(
            case=self.case_id,
            state=objections.HearingState(self.state),
            plan=objections.HearingPlan(self.on, self.at, self.place, self.by_phone),
            invited_on=self.invited_on,
            papers_until=self.papers_until,
            inspection_from=self.inspection_from,
            held_on=self.held_on,
        )


class Paper(models.Model):
    """A text in the file of a case: where it stands behind the gate, never what it says; rows are only added."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers")
    document = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20)
    added_on = models.DateField()
    by = models.CharField(max_length=20)

    class Meta:
        db_table = "cases_paper"

    def to_term(self) -> objections.Paper:
        """The paper as other rooms see it."""
        return objections.Paper(self.case_id, self.document, objections.PaperKind(self.kind), self.added_on, self.by)


class SecondLook(models.Model):
    """Please look again (kijk nog eens): lighter than an objection, answered by somebody else."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="second_look", primary_key=True)
    about = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="second_looks")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, null=True, related_name="second_looks")
    person = models.UUIDField(db_index=True)
    first_official = models.CharField(max_length=80, default="", blank=True)
    answer_by = models.DateField()
    objection_until = models.DateField(null=True)
    outcome = models.CharField(max_length=20, default="", blank=True)
    answered_by = models.CharField(max_length=80, default="", blank=True)
    objection = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        db_table = "cases_second_look"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by="") | ~Q(answered_by=models.F("first_official")),
                name="cases_second_look_other_official",
            )
        ]

    def to_term(self) -> objections.SecondLook:
        """The second look as other rooms see it."""
        return objections.SecondLook(
            case=self.case_id,
            number=self.case.number,
            about=self.about_id,
            decision=self.decision_id,
            person=self.person,
            service=self.case.service,
            state=self.case.state,
            first_official=self.first_official,
            asked_on=self.case.opened_on,
            answer_by=self.answer_by,
            objection_until=self.objection_until,
            outcome=objections.LookOutcome(self.outcome) if self.outcome else None,
            objection=self.objection_id,
        )


class Penalty(models.Model):
    """A notice of default (ingebrekestelling) about a case we are late with, and its days (Awb 4:17)."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="penalty", primary_key=True)
    about = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="penalties")
    person = models.UUIDField(db_index=True)
    received_on = models.DateField()
    channel = models.CharField(max_length=20)
    due_on = models.DateField()
    decide_before = models.DateField()
    first_day = models.DateField()
    last_day = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "cases_penalty"
        constraints = [models.UniqueConstraint(fields=["about", "person"], name="cases_penalty_once")]

    def to_term(self) -> objections.Penalty:
        """The penalty as other rooms see it."""
        names = "person received_on due_on decide_before first_day last_day ended_on"
        return objections.Penalty(
            case=self.case_id,
            number=self.case.number,
            about=self.about_id,
            service=self.case.service,
            state=self.case.state,
            **{name: getattr(self, name) for name in names.split()},
        )
