"""Feedback (terugkoppeling): was this page or message clear? It reaches the author of the text."""
