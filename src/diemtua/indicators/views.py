"""Pages of figures: the whole picture, one figure explained, one page for a leader."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.ui import charts
from diemtua.indicators import queries
from diemtua.indicators.forms import CommuneForm, PeriodForm
from diemtua.indicators.periods import Period, Span
from diemtua.indicators.policies import SEES_FIGURES

COMPUTED = "3.2a"
SHOWN_BACK = {Span.MONTH: 12, Span.QUARTER: 8, Span.HALF: 6, Span.YEAR: 5}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of an objective as the dashboard shows it."""

    definition: queries.Definition
    target: str
    year: str
    figure: queries.CityFigure | None

    @property
    def percent(self) -> int | None:
        """The figure as a whole percentage, for the meter."""
        value = self.figure.value if self.figure else None
        return None if value is None else round(value * 100)


@dataclass(frozen=True, slots=True)
class Path:
    """An objective's way to 2030."""

    objective: queries.Objective
    lines: tuple[Line, ...]

    @property
    def known(self) -> int:
        """How many of its figures have numbers."""
        return sum(line.figure is not None for line in self.lines)


@require_safe
@door(SEES_FIGURES)
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the strategy's paths to 2030 and where help is reached, city and communes."""
    form, narrow = PeriodForm(request.GET), CommuneForm(request.GET)
    period, asker = form.period(), asker_behind(request)
    page = _figures(asker, period)
    if period.span is Span.QUARTER:
        table = queries.by_commune(asker=asker, period=period, at=page["now"].as_of)
        page |= {"table": table, "rows": _narrowed(table, narrow)}
    page |= {"form": form, "narrow": narrow, "strategy": queries.strategy()}
    page |= {"paths": _paths(page["now"])}
    return render(request, "indicators/dashboard.html", page)


@require_safe
@door(SEES_FIGURES)
def brief(request: HttpRequest) -> HttpResponse:
    """Show a leader one page: three sentences, one picture, one table; it prints on one A4."""
    form = PeriodForm(request.GET)
    page = _figures(asker_behind(request), form.period()) | {"form": form}
    return render(request, "indicators/brief.html", page)


@require_safe
@door(SEES_FIGURES)
def definition(request: HttpRequest, code: str) -> HttpResponse:
    """Explain a figure: what it is, what is counted, from where, and what is hidden."""
    found = queries.definition(code)
    form = PeriodForm(request.GET)
    targets = [(str(one.year), queries.target_in_words(found, one)) for one in found.targets]
    page: dict[str, Any] = {
        "definition": found,
        "strategy": queries.strategy(),
        "minimum": queries.minimum(),
        "targets": targets,
        "form": form,
    }
    if found.is_computed:
        page["now"] = queries.figure(
            asker=asker_behind(request), period=form.period(), code=code, at=clock.now()
        )
    return render(request, "indicators/definition.html", page)


def _figures(asker: Asker, period: Period) -> dict[str, Any]:
    shown = period.back(SHOWN_BACK[period.span])
    trend = queries.trend(asker=asker, periods=shown, code=COMPUTED, at=clock.now())
    return {
        "period": period,
        "now": trend[-1],
        "trend": trend,
        "headline": queries.headline(trend[-1]),
        "sentences": queries.sentences(trend[-1], previous=trend[-2]),
        "definition": queries.definition(COMPUTED),
        "picture": charts.svg(queries.trend_chart(trend)),
        "picture_words": queries.trend_in_words(trend),
    }


def _paths(now: queries.CityFigure) -> list[Path]:
    return [
        Path(objective, tuple(_line(one, now) for one in objective.figures))
        for objective in queries.strategy().objectives
    ]


def _line(one: queries.Definition, now: queries.CityFigure) -> Line:
    last = one.targets[-1]
    return Line(
        definition=one,
        target=queries.target_in_words(one, last),
        year=str(last.year),
        figure=now if one.code == now.code else None,
    )


def _narrowed(table: queries.ByCommune, form: CommuneForm) -> list[queries.CommuneFigure]:
    return queries.arranged(
        table.rows,
        text=form.text,
        order=form.order,
        is_all=form.is_all,
    )
