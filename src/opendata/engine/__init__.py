"""Where `convert()` runs, and the part files that it leaves."""
