"""What every export has, whatever it holds: files with rows, a manifest with control totals, cells to read."""
