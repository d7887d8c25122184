"""Django configuration of the room."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Feedback: reactions to pages and messages."""

    name = "waardig.feedback"
    label = "feedback"
