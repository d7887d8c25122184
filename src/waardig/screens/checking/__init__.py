"""Zelf nagaan on the screen: list, first page, one question a page, outcome; for the portal and the counter alike."""
