"""The outer shell: settings, server, commands, embedded database, wiring."""
