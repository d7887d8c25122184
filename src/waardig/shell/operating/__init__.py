"""Running a real server: health, metrics, the witness of the log, backup and restore, upgrades."""
