"""Releases: made aside, checked, switched in one rename; proved again at any time."""
