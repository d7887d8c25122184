"""Form fields of a page: what was typed, what may be chosen, what was wrong. The words of an error stand in the
look.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .words import Words


class FieldError(StrEnum):
    """What was wrong with a field. Each has a text in the look that says what to do, in Dutch and English."""

    HOUSEHOLD_EMPTY = "household_empty"
    WEALTH_EMPTY = "wealth_empty"
    WEALTH_NOT_A_NUMBER = "wealth_not_a_number"
    WEALTH_NEGATIVE = "wealth_negative"
    ACCOUNT_EMPTY = "account_empty"
    ACCOUNT_NOT_IBAN = "account_not_iban"
    NOTE_EMPTY = "note_empty"
    TOO_LONG = "too_long"
    ANSWER_EMPTY = "answer_empty"
    CORRECTION_EMPTY = "correction_empty"
    QUESTION_EMPTY = "question_empty"
    CHANNEL_EMPTY = "channel_empty"
    LANGUAGE_EMPTY = "language_empty"
    DAY_WRONG = "day_wrong"
    DAY_IMPOSSIBLE = "day_impossible"
    PLACE_EMPTY = "place_empty"
    HEARING_TOO_SOON = "hearing_too_soon"
    HEARING_MISSING = "hearing_missing"
    HEARING_WHY = "hearing_why"
    BODY_EMPTY = "body_empty"
    COSTS_UNANSWERED = "costs_unanswered"
    COSTS_NOT_POSSIBLE = "costs_not_possible"
    CHANCE_NOT_GIVEN = "chance_not_given"
    POSTPONED_TOO_FAR = "postponed_too_far"
    AMOUNT_TOO_LOW = "amount_too_low"
    REVIEW_EMPTY = "review_empty"
    REVIEW_AMOUNT = "review_amount"
    REPAIR_EMPTY = "repair_empty"
    APPOINTMENT_EMPTY = "appointment_empty"
    RULING_EMPTY = "ruling_empty"
    DAYS_TOGETHER = "days_together"
    NOT_ONESELF = "not_oneself"
    VALUE_MOVED = "value_moved"
    NOT_YOURS = "not_yours"
    PHONE_NOT_A_NUMBER = "phone_not_a_number"
    OUTCOME_EMPTY = "outcome_empty"
    REASON_EMPTY = "reason_empty"
    REASON_TOO_SHORT = "reason_too_short"
    ASK_EMPTY = "ask_empty"
    AMOUNT_NOT_A_NUMBER = "amount_not_a_number"
    OTHER_TOTAL = "other_total"
    TOLD_EMPTY = "told_empty"
    TOLD_NOT_A_NUMBER = "told_not_a_number"
    TOLD_NOT_A_DATE = "told_not_a_date"
    NOTHING_CHOSEN = "nothing_chosen"
    NOT_SEEN = "not_seen"
    OVER_MANDATE = "over_mandate"
    ALREADY_DECIDED = "already_decided"
    PERSON_NOT_FOUND = "person_not_found"
    KVK_WRONG = "kvk_wrong"
    IDENTIFICATION_EMPTY = "identification_empty"
    CODE_UNKNOWN = "code_unknown"
    ANSWER_TOO_SHORT = "answer_too_short"
    CORRECTION_OPEN = "correction_open"
    FACTS_TOO_OLD = "facts_too_old"
    NORM_AGAINST = "norm_against"
    VALUE_WRONG = "value_wrong"
    VERDICT_EMPTY = "verdict_empty"
    CHECK_AMOUNT = "check_amount"
    CHECK_NUMBER = "check_number"
    CHECK_DATE = "check_date"
    CHECK_FUTURE = "check_future"
    CHECK_CHOICE = "check_choice"
    CHECK_LOW = "check_low"
    CHECK_HIGH = "check_high"
    THEMES_EMPTY = "themes_empty"
    RIGHTS_EMPTY = "rights_empty"
    MONTHS_EMPTY = "months_empty"
    MANDATE_CODE_UNKNOWN = "mandate_code_unknown"
    ORIGIN_EMPTY = "origin_empty"
    FORM_REFERENCE_EMPTY = "form_reference_empty"
    NAME_TOO_LONG = "name_too_long"
    TOO_MANY_NOW = "too_many_now"
    ANSWER_OR_NOT = "answer_or_not"
    REACTION_TOO_LONG = "reaction_too_long"
    DONE_TOO_LONG = "done_too_long"
    FORM_OLD = "form_old"
    TOO_MANY_REACTIONS = "too_many_reactions"
    POSTCODE_WRONG = "postcode_wrong"
    HOUSE_NUMBER_WRONG = "house_number_wrong"
    ADDRESS_NOT_FOUND = "address_not_found"
    PERSONS_TOO_MANY = "persons_too_many"
    LOOKUPS_TOO_MANY = "lookups_too_many"
    PERSON_EMPTY = "person_empty"
    PERSONAL_BSN = "personal_bsn"
    PERSONAL_ACCOUNT = "personal_account"
    PERSONAL_EMAIL = "personal_email"
    PERSONAL_PHONE = "personal_phone"
    PERSONAL_CASE = "personal_case"


@dataclass(frozen=True)
class Option:
    """One choice of a field. Args: value what is posted; words its label; hint one sentence beneath, or None."""

    value: str
    words: Words
    hint: Words | None = None
    chosen: bool = False


@dataclass(frozen=True)
class Field:
    """One field as it stands on the page now.

    Args: name the name in the form (the id is "id_" plus name); value what was typed, kept literally; error or None;
    options for a choice, else ().
    """

    name: str
    value: str = ""
    error: FieldError | None = None
    options: tuple[Option, ...] = ()
