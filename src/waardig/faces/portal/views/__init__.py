"""Views of the portal, one module per kind of page; each says for whom it is."""
