"""Reaching her without harm: by which way, when, in whose name; everything else is blocked."""
