"""Tests by generated input, with the targets of the folder `fuzz`."""
