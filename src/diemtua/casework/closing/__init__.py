"""Closing a case: asked by who works it, agreed to by another, and opened again when she needs it."""
