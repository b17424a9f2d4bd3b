"""Verbs of this room: there is one, loading the units and what became of them."""

from diemtua.places.services.load import load_units

__all__ = ["load_units"]
