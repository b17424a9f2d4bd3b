"""What the pages of figures are asked: which period, which communes, in which order."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from diemtua.foundation import clock
from diemtua.indicators.periods import Calendar, Period, Span, choices, containing, parse
from diemtua.indicators.queries import ORDERS

OFFERED = {Span.QUARTER: 8, Span.MONTH: 6, Span.HALF: 4, Span.YEAR: 3}
REPORTING = "R"


class PeriodForm(forms.Form):
    """Which period, in which of the two calendars."""

    ky = forms.ChoiceField(label=_("Kỳ"))
    lich = forms.ChoiceField(
        label=_("Lịch"),
        choices=[
            (REPORTING, _("Kỳ báo cáo (15 đến 14)")),
            ("S", _("Kỳ thống kê (theo lịch)")),
        ],
    )

    def __init__(self, asked: QueryDict) -> None:
        super().__init__()  # shown with what was asked, never with errors: each part has its default
        self.asked = asked
        today = clock.today()
        period = self.fields["ky"]
        assert isinstance(period, forms.ChoiceField)  # noqa: S101 - tells the type checker
        period.choices = [
            (
                span.label,
                [(_plain(one), one.name) for one in choices(today, span=span, count=count)],
            )
            for span, count in OFFERED.items()
        ]
        self.initial = {"ky": _plain(self.period()), "lich": self.letter()}

    use_required_attribute = False

    def letter(self) -> str:
        """Return the code of the calendar asked for; without one the reporting calendar."""
        return "S" if self.asked.get("lich") == "S" else REPORTING

    def period(self) -> Period:
        """Return the period asked for; without one the present quarter.

        Raises:
            PeriodUnknown: what was asked for names no period.
        """
        calendar = Calendar.STATISTICS if self.letter() == "S" else Calendar.REPORTING
        if not self.asked.get("ky"):
            return containing(clock.today(), calendar=calendar)
        asked = parse(str(self.asked["ky"]).removesuffix(REPORTING))
        return Period(asked.year, asked.number, asked.span, calendar)


class CommuneForm(forms.Form):
    """Which communes, in which order; whatever is left out has its default."""

    use_required_attribute = False

    q = forms.CharField(label=_("Tìm xã, phường"), max_length=80)
    sap = forms.ChoiceField(label=_("Sắp xếp"), choices=[(one.code, one.label) for one in ORDERS])
    tat_ca = forms.BooleanField(label=_("Cả nơi không ghi nhận"))

    def __init__(self, asked: QueryDict) -> None:
        super().__init__()
        self.text = asked.get("q", "")[:80]
        self.order = asked.get("sap", "")
        self.is_all = "tat_ca" in asked
        self.initial = {"q": self.text, "sap": self.order, "tat_ca": self.is_all}


def _plain(period: Period) -> str:
    return period.code.removesuffix(REPORTING)
