"""Builders of the desk's pages: what waits, one case, a batch of grants, reports, and the counter beside a resident."""
