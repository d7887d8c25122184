"""What the catalogue refuses."""

from __future__ import annotations

from collections.abc import Iterable

from waardig.kernel.errors import Refusal


class UnknownService(Refusal):
    """No content describes this service."""

    def __init__(self, service: str, known: Iterable[str]) -> None:
        self.service = service
        super().__init__(
            code="unknown_service",
            text_nl=f"De dienst '{service}' is er niet.",
            text_en=f"There is no service '{service}'. Known: {', '.join(sorted(known)) or 'none'}.",
            remedy="Use one of these, or add services/<service>/service.yaml to the content.",
        )


class UnknownActivity(Refusal):
    """No content declares this activity."""

    def __init__(self, activity: str, known: Iterable[str]) -> None:
        self.activity = activity
        super().__init__(
            code="unknown_activity",
            text_nl=f"De verwerking '{activity}' is er niet.",
            text_en=f"There is no activity '{activity}'. Known: {', '.join(sorted(known)) or 'none'}.",
            remedy="Use one of these, or add it to an activities.yaml and publish the content.",
        )


class UnknownCheck(Refusal):
    """No content describes this self-check."""

    def __init__(self, check: str, known: Iterable[str]) -> None:
        self.check = check
        super().__init__(
            code="unknown_check",
            text_nl=f"Zelf nagaan kan hier niet voor '{check}'.",
            text_en=f"There is no self-check '{check}'. Known: {', '.join(sorted(known)) or 'none'}.",
            remedy="Use one of these, or add services/<service>/check.yaml or checks/<check>.yaml to the content.",
        )


class NotPublished(Refusal):
    """The activity is declared but no version of it is published."""

    def __init__(self, activity: str) -> None:
        self.activity = activity
        super().__init__(
            code="activity_not_published",
            text_nl=f"De verwerking '{activity}' is nog niet openbaar gemaakt.",
            text_en=f"No version of activity '{activity}' is published.",
            remedy="Publish the content first (`waardig migrate` does).",
        )


class OwnerNeeded(Refusal):
    """Only the owner of the policy tables may do this, and this process has no address of the owner."""

    def __init__(self) -> None:
        super().__init__(
            code="owner_needed",
            text_nl="Dit mag alleen de beheerder van de database.",
            text_en="Only the owner of the policy tables may do this; DATABASE_OWNER_URL is not set here.",
            remedy="Run the command where DATABASE_OWNER_URL is set; web and worker never have it.",
        )
