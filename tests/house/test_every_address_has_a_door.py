import uuid

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.converters import get_converters
from django.urls.resolvers import URLPattern, URLResolver

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.doors import is_let_through, policy_of

SAMPLES = {"uuid": str(uuid.uuid4()), "int": "1", "str": "p92", "slug": "p92", "path": "x"}


def walk(resolver, prefix="", namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry, prefix + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or ''}", prefix, entry


def addresses():
    return list(walk(get_resolver()))


def concrete(prefix, entry):
    route = prefix + str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        kind = next(k for k, v in get_converters().items() if isinstance(converter, type(v)))
        route = route.replace(f"<{kind}:{name}>", SAMPLES[kind]).replace(
            f"<{name}>", SAMPLES["str"]
        )
    return "/" + route.lstrip("^/").rstrip("$")


def with_doors():
    return [
        (name, concrete(prefix, entry), policy_of(entry.callback))
        for name, prefix, entry in addresses()
        if policy_of(entry.callback) is not None
    ]


def test_every_address_names_its_policy_or_is_let_through_for_a_reason():
    bare = [
        name
        for name, _prefix, entry in addresses()
        if policy_of(entry.callback) is None and not is_let_through(name)
    ]
    assert bare == []


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_everywhere_but_at_public_doors():
    for name, path, policy in with_doors():
        if policy.public:
            continue
        answer = Client().get(path)
        assert answer.status_code in (302, 405), (name, answer.status_code)
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/vao/"), name


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_refused_at_every_door_that_does_not_name_it(role, settings):
    settings.DIEMTUA_MFA_REQUIRED = False
    with as_owner():
        membership = factories.member(role=role)
    client = Client()
    client.force_login(membership.user)
    for name, path, policy in with_doors():
        if policy.public or not policy.roles or role in policy.roles:
            continue
        for method in (client.get, client.post):
            answer = method(path)
            assert answer.status_code in (403, 405), (name, role, answer.status_code)


@pytest.mark.django_db
def test_a_view_without_a_door_refuses(rf):
    from diemtua.foundation.doors import DoorMiddleware

    def forgotten(request):
        raise AssertionError("must not run")

    request = rf.get("/")
    request.resolver_match = None
    request.user = request.session = None
    answer = DoorMiddleware(lambda r: None).process_view(request, forgotten, (), {})
    assert answer is not None
    assert answer.status_code == 403
