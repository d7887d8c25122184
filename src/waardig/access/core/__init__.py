"""Pure decisions of purpose binding: the words of a refusal, and whether an act fits an activity."""

from waardig.access.core.reasons import FOR_CALLERS, TEXTS, reason_of

__all__ = ["FOR_CALLERS", "TEXTS", "reason_of"]
