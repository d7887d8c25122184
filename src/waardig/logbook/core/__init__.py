"""What anybody needs to check the log: the text and leaf of a line, the tree over leaves, checkpoints. Pure."""

from waardig.logbook.core.lines import canonical, leaf, pseudonym
from waardig.logbook.core.notes import key_id, note_text, read_note
from waardig.logbook.core.parts import Span, Tile, path_spans, roots_of, tiles_of
from waardig.logbook.core.tiles import tile_path, tiles_at
from waardig.logbook.core.tree import TILE, differences, is_included, levels, root, roots_at, unfit_hashes

__all__ = [
    "TILE",
    "Span",
    "Tile",
    "canonical",
    "differences",
    "is_included",
    "key_id",
    "leaf",
    "levels",
    "note_text",
    "path_spans",
    "pseudonym",
    "read_note",
    "root",
    "roots_at",
    "roots_of",
    "tile_path",
    "tiles_at",
    "tiles_of",
    "unfit_hashes",
]
