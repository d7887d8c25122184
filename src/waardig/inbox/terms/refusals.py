"""What the message box refuses, and what to do then."""

from __future__ import annotations

from uuid import UUID

from waardig.inbox.terms.messages import DeliveryState, EventKind
from waardig.inbox.terms.templates import TemplateProblem
from waardig.kernel.errors import Refusal


class TemplateInvalid(Refusal):
    """A message template cannot be used: file, line and what to change."""

    def __init__(self, problem: TemplateProblem) -> None:
        self.problem = problem
        super().__init__(
            code="template_invalid",
            text_nl=f"De tekst van dit bericht klopt niet: {problem}",
            text_en=f"This message template cannot be used: {problem}",
            remedy="Correct the named line of the template; the grammar stands in inbox/README.md.",
        )


class KeyReused(Refusal):
    """The same key came again with another text: the first message stays as it was sent."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            code="key_reused",
            text_nl=f"Onder sleutel {key} is al een ander bericht verstuurd.",
            text_en=f"Another message was already sent under key {key}.",
            remedy="Send the corrected text under a new key, and say in it what it corrects.",
        )


class StepNotAllowed(Refusal):
    """A delivery cannot take this step from where it stands."""

    def __init__(self, state: DeliveryState, event: EventKind) -> None:
        self.state = state
        self.event = event
        super().__init__(
            code="step_not_allowed",
            text_nl=f"Een bezorging met stand '{state}' kan niet '{event}' worden.",
            text_en=f"A delivery that is '{state}' cannot become '{event}'.",
            remedy="Read the events of this delivery: another worker or colleague was first.",
        )


class MessageUnknown(Refusal):
    """No such message, or not for this reader: the same answer for both."""

    def __init__(self, message: UUID) -> None:
        self.message = message
        super().__init__(
            code="message_unknown",
            text_nl="Dit bericht bestaat niet, of het is niet voor u.",
            text_en="This message does not exist, or it is not for you.",
            remedy="Open the message from the list of messages.",
        )


class NotInTransaction(Refusal):
    """Messages are only sent together with what they tell of."""

    def __init__(self) -> None:
        super().__init__(
            code="not_in_transaction",
            text_nl="Een bericht kan alleen samen met de wijziging zelf worden verstuurd.",
            text_en="Messages were sent outside a transaction, so they could exist without their cause.",
            remedy="Call send_messages inside transaction.atomic(), together with the rows they tell of.",
        )


class TooMany(Refusal):
    """More messages in one call than one transaction may hold."""

    def __init__(self, given: int, most: int) -> None:
        self.given = given
        self.most = most
        super().__init__(
            code="too_many",
            text_nl=f"{given} berichten tegelijk kan niet; {most} wel.",
            text_en=f"{given} messages were given in one call; the most is {most}.",
            remedy=f"Send them in groups of at most {most}, each in its own transaction.",
        )
