"""The page of an assessment as a form: one field a question, made from the instrument."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from diemtua.casework.assessments import queries
from diemtua.casework.assessments.models import Level
from diemtua.casework.assessments.queries import Kind
from diemtua.casework.assessments.services import Written

LONGEST = 4000


class AssessmentForm(forms.Form):
    """The questions of an instrument. Nothing is required: an answer may be missing and is then missing."""

    tab = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Ghi thêm"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Điều các câu hỏi chưa nói hết. Được mã hóa cùng hồ sơ."),
    )

    def __init__(self, *args: Any, instrument: queries.Instrument, **kwargs: Any) -> None:
        """Make a field for each question."""
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        for question in instrument.questions:
            self.fields[name_of(question)] = _field(question)

    def questions(self) -> list[tuple[BoundField, queries.Question]]:
        """Return the fields of the questions in their order, each with its question."""
        return [(self[name_of(question)], question) for question in self.instrument.questions]

    def page(self) -> tuple[UUID, int]:
        """Return which page this is and which revision it opened with."""
        read = getattr(self, "cleaned_data", {})
        return read.get("tab") or uuid4(), read.get("seen") or 0

    def written(self) -> Written:
        """Return what stands on the page; what could not be read is left out."""
        read = self.cleaned_data
        answers = {q.code: read.get(name_of(q)) for q in self.instrument.questions}
        return Written({code: a for code, a in answers.items() if a}, read.get("note") or "")


class JudgementForm(forms.Form):
    """Another level than the answers say, and why."""

    level = forms.ChoiceField(
        label=_("Mức bạn xác định"),
        choices=list(reversed(Level.choices)),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Vì sao"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Được mã hóa. Người giám sát đọc được; tên bạn và giờ ghi được giữ lại."),
    )


class ReviewForm(forms.Form):
    """The supervisor has looked; a word to the worker may go with it."""

    note = forms.CharField(
        label=_("Lời nhắn cho người phụ trách"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def name_of(question: queries.Question) -> str:
    """Return the name of a question's field."""
    return f"q-{question.code}"


def shown(
    instrument: queries.Instrument, answers: Mapping[str, Any], *, note: str, tab: UUID, seen: int
) -> dict[str, Any]:
    """Return what the form opens with."""
    given = {name_of(q): answers.get(q.code) for q in instrument.questions}
    return given | {"note": note, "tab": str(tab), "seen": seen}


def _field(question: queries.Question) -> forms.Field:
    label, note = str(question.text), str(question.note or "")
    if question.kind == Kind.TEXT:
        return forms.CharField(
            label=label,
            help_text=note,
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    choices = [(option.code, str(option.label)) for option in question.options]
    if question.kind == Kind.MANY:
        return forms.MultipleChoiceField(
            label=label,
            help_text=note,
            required=False,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.ChoiceField(
        label=label, help_text=note, required=False, choices=choices, widget=forms.RadioSelect
    )
