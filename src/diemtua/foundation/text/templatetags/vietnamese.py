"""Template filters for Vietnamese numbers, dates and money."""

from django import template

register = template.Library()
