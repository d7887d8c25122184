"""The database functions of the gate."""
