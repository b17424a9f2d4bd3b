"""The one page of the roof: is the site alive?"""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from diemtua.foundation.database.policy import Policy
from diemtua.foundation.doors import door

MAY_ASK_HEALTH = Policy(code="site.health", public=True)


@door(MAY_ASK_HEALTH)
def health(_request: HttpRequest) -> HttpResponse:
    """Answer ``ok`` when the web server and its database answer; nothing else is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
