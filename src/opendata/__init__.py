"""Disclosures of public bodies in, open data out."""

__version__ = "0.1.0"
