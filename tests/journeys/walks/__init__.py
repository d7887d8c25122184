"""Walks through the served town in a real browser.

Every walk is done at telephone and at desktop width, once with and once without JavaScript; with
`WAARDIG_WALKS=every-manner` in all four manners. One town serves all walks of a process and is put back after each.
"""
