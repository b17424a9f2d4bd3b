"""Measures that protect her: the contact bans and the others of the law."""
