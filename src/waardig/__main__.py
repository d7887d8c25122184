"""`python -m waardig` is the command `waardig`."""

from waardig.shell.cli import main

main()
