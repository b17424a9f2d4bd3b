"""The first invitation: on a new installation nobody is there yet to invite anybody."""

import click
from django.conf import settings
from django.urls import reverse

from diemtua.accounts import services
from diemtua.foundation import clock
from diemtua.places import queries as places
from diemtua.site.cli_language import gettext as _


def first_administrator(*, email: str, full_name: str, organisation: str) -> None:
    """Invite an administrator of this city and print the link that accepts the invitation."""
    made = services.invite_first_administrator(
        email=email,
        full_name=full_name,
        organisation_name=organisation,
        unit=places.unit(places.city().key),
        at=clock.now(),
    )
    path = reverse("accounts:invitation", args=[services.link_token(made.pk)])
    host = settings.ALLOWED_HOSTS[0]
    click.secho(_("Mở đường dẫn này trong ba ngày, dùng được một lần:"), fg="green")
    click.echo(f"  https://{host}{path}")
    click.echo(_("Chạy thử trên máy này: http://127.0.0.1:%s%s") % (settings.DIEMTUA_PORT, path))
