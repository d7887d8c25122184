"""The Page dataclasses: one frozen dataclass per page, the contract between builders and templates."""
