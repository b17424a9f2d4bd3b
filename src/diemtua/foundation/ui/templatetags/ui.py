"""Template tags of the layout."""

from django import template

register = template.Library()
