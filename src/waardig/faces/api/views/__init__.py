"""Views of the face."""
