"""The canonical model: each field is said once, and every schema is derived from it."""
