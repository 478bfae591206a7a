"""Checks of one document: rules with an id, a severity and a text in both languages."""
