"""Pages for the tests: rendered without database, session or sign-in."""

from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils.csp import LazyNonce
from django_cotton.compiler_regex import CottonCompiler


def request(path="/", **headers):
    """Return a request as the layout sees it, nobody signed in."""
    made = RequestFactory().get(path, headers=headers)
    return dressed(made)


def dressed(made):
    """Give a request what middleware would have given it."""
    made.user = AnonymousUser()
    made.number = "AB12CD34"
    made._csp_nonce = LazyNonce()
    return made


def render(source, made=None, **context):
    """Return a template's text, components and all."""
    compiled = CottonCompiler().process(source)
    return engines["django"].from_string(compiled).render(context, made or request())
