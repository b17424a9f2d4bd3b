"""The page from which a table of cases is taken out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from diemtua.accounts import services as accounts
from diemtua.casework.exports import forms, policies, services
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(policies.MAY_EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """Choose which cases, then give the table; who takes it proves again who she is."""
    accounts.require_recent_sign_in(request)
    form = forms.ExportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "casework/export.html", {"form": form}, status=status)
    made = services.export(asker=asker_behind(request), at=clock.now(), **form.cleaned_data)
    answer = HttpResponse(made, content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="bang.xlsx"'
    return answer
