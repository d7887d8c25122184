"""What anybody needs to check the log: the text and leaf of a line, the tree over leaves, checkpoints. Pure."""

from waardig.logbook.core.cosigning import (
    COSIGNATURE,
    consistency_spans,
    cosigned_text,
    is_consistent,
    read_submission,
    read_verifier_key,
    submission_text,
    verifier_key,
)
from waardig.logbook.core.counting import BUCKETS, bucket_path, counts_line, counts_root, counts_tree
from waardig.logbook.core.lines import canonical, leaf, pseudonym
from waardig.logbook.core.notes import ED25519, key_id, note_text, read_note
from waardig.logbook.core.parts import Span, Tile, path_spans, roots_of, tiles_of
from waardig.logbook.core.policy import read_policy
from waardig.logbook.core.tiles import tile_path, tiles_at
from waardig.logbook.core.tree import TILE, differences, is_included, levels, root, roots_at, unfit_hashes

__all__ = [
    "BUCKETS",
    "COSIGNATURE",
    "ED25519",
    "TILE",
    "Span",
    "Tile",
    "bucket_path",
    "canonical",
    "consistency_spans",
    "cosigned_text",
    "counts_line",
    "counts_root",
    "counts_tree",
    "differences",
    "is_consistent",
    "is_included",
    "key_id",
    "leaf",
    "levels",
    "note_text",
    "path_spans",
    "pseudonym",
    "read_note",
    "read_policy",
    "read_submission",
    "read_verifier_key",
    "root",
    "roots_at",
    "roots_of",
    "submission_text",
    "tile_path",
    "tiles_at",
    "tiles_of",
    "unfit_hashes",
    "verifier_key",
]
