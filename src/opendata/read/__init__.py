"""Readers: bytes of one format in, text with its structure out."""
