"""Writes of the room: looking at what ended, a case as a folder."""

from waardig.archive.actions.appraising import appraise, ask_daily
from waardig.archive.actions.exporting import ArchiveCopy, export_case

__all__ = ["ArchiveCopy", "appraise", "ask_daily", "export_case"]
