"""A contact as it is being written: nothing is obligatory while a person is on the line."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.models import GbvType
from diemtua.foundation import clock
from diemtua.foundation.text import NotReadable, parse_date, parse_time
from diemtua.hotline import queries
from diemtua.hotline.forms import choices
from diemtua.hotline.models import CallBack, CallerKind, Channel, Danger, Outcome
from diemtua.hotline.services import Written

NOT_YET = [("", _("Chưa xác định"))]
ENDINGS = [choice for choice in Outcome.choices if choice[0] != Outcome.CASE]
CALLBACK = ("phone", "may", "hours", "say", "code_word")
WORDS = ("notes", "phone", "hours", "say", "code_word")  # kept as typed, however long
OF_THE_PAGE = ("tab", "seen", "notice_told")
LONGEST_WORDS, LONGEST_UNREAD = 200_000, 200
TIME_HELP = _("Như 22:31 hoặc 22h31.")


class ContactForm(forms.Form):
    """A contact on its page. Whatever is typed can be saved: see ``written``."""

    danger_now = forms.ChoiceField(
        label=_("Lúc này có ai đang gặp nguy hiểm không?"),
        choices=Danger.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    notice_told = forms.BooleanField(
        label=_("Tôi đã nói trước về việc báo Chủ tịch UBND xã, phường"), required=False
    )
    caller_kind = forms.ChoiceField(
        label=_("Ai gọi?"), choices=CallerKind.choices, widget=forms.RadioSelect, required=False
    )
    unit = forms.ModelChoiceField(
        choices.communes(), label=_("Chuyện xảy ra ở xã, phường nào?"), required=False
    )
    notes = forms.CharField(
        label=_("Chị kể gì?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=20_000,
        help_text=_("Ghi theo lời chị. Phần này được niêm phong."),
    )
    acts = forms.MultipleChoiceField(
        label=_("Hành vi (theo Luật)"), widget=forms.CheckboxSelectMultiple, required=False
    )
    gbv_type = forms.ChoiceField(
        label=_("Loại bạo lực (GBVIMS)"), choices=NOT_YET + GbvType.choices, required=False
    )
    children = forms.IntegerField(
        label=_("Số trẻ em đi cùng"), min_value=0, max_value=20, required=False
    )
    phone = forms.CharField(label=_("Số gọi lại"), max_length=30, required=False)
    may = forms.ChoiceField(
        label=_("Gọi lại được không?"),
        choices=CallBack.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    hours = forms.CharField(
        label=_("Giờ an toàn"),
        max_length=120,
        required=False,
        help_text=_("Ví dụ: 8–10 giờ sáng, khi chồng đi làm."),
    )
    say = forms.CharField(
        label=_("Nếu người khác nghe máy, xưng là"), max_length=120, required=False
    )
    code_word = forms.CharField(label=_("Từ khóa của chị"), max_length=60, required=False)
    call_back = forms.CharField(
        label=_("Hẹn gọi lại lúc"),
        max_length=30,
        required=False,
        help_text=_("Như 8:00, mai 8:00 hoặc 23/11 8:00."),
    )
    outcome = forms.ChoiceField(
        label=_("Cuộc gọi kết thúc thế nào?"),
        choices=ENDINGS,
        widget=forms.RadioSelect,
        required=False,
    )
    handed_to = forms.ChoiceField(label=_("Chuyển máy tới"), required=False)
    started = forms.CharField(
        label=_("Gọi đến lúc"),
        max_length=8,
        required=False,
        help_text=_("Để trống: lấy lúc bắt đầu ghi."),
    )
    line = forms.ChoiceField(label=_("Đường dây"), required=False)
    channel = forms.ChoiceField(
        label=_("Liên hệ bằng"), choices=Channel.choices, initial=Channel.PHONE, required=False
    )
    tab = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        known = {
            "acts": choices.acts(),
            "line": [
                (line.number, line.shown)
                for line in queries.own_lines(besides=str(self["line"].value() or ""))
            ],
            "handed_to": [
                ("", _("Không chuyển")),
                *(
                    (line.number, f"{line.shown} · {line.name}")
                    for line in queries.other_lines(besides=str(self["handed_to"].value() or ""))
                ),
            ],
        }
        for name, of_field in known.items():
            self.fields[name].choices = of_field  # type: ignore[attr-defined]  # choice fields

    def clean_started(self) -> time | None:
        """Return the time of day at which the call came; None when nothing was typed."""
        typed = self.cleaned_data["started"].strip()
        if not typed:
            return None
        try:
            return parse_time(typed)
        except NotReadable as error:
            raise forms.ValidationError(TIME_HELP) from error

    def clean_call_back(self) -> datetime | None:
        """Return when to call back: without a day, the next time the clock says so."""
        typed = self.cleaned_data["call_back"].split()
        if not typed:
            return None
        for size in range(len(typed)):
            day, moment = " ".join(typed[:size]), " ".join(typed[size:])
            try:
                return _moment(day, parse_time(moment), at=self.at)
            except NotReadable:
                continue
        raise forms.ValidationError(_("Ghi như 8:00, mai 8:00 hoặc 23/11 8:00."))

    def written(self) -> Written:
        """Return what stands on the page. What cannot be read is kept as typed, beside the rest."""
        read = self.cleaned_data
        words = {name: self._words(name) for name in WORDS}
        callback = {name: words.get(name, read.get(name)) or "" for name in CALLBACK}
        unit = read.get("unit")
        return Written(
            line=read.get("line") or queries.own_lines()[0].number,
            channel=read.get("channel") or Channel.PHONE,
            started=read.get("started"),
            caller_kind=read.get("caller_kind") or CallerKind.UNKNOWN,
            unit_id=unit.pk if unit else None,
            acts=read.get("acts") or [],
            gbv_type=read.get("gbv_type") or "",
            danger_now=read.get("danger_now") or Danger.UNKNOWN,
            children=read.get("children") or 0,
            is_notice_told=bool(read.get("notice_told")),
            call_back_at=read.get("call_back"),
            outcome=read.get("outcome") or "",
            handed_to=read.get("handed_to") or "",
            notes=words["notes"],
            callback=callback if any(callback.values()) else {},
            unread={
                name: self._typed(name)[:LONGEST_UNREAD]
                for name in self.errors
                if name in self.fields and name not in (*WORDS, *OF_THE_PAGE)
            },
        )

    def _typed(self, name: str) -> str:
        found = self.fields[name].widget.value_from_datadict(self.data, self.files, name)
        return ",".join(found) if isinstance(found, list) else str(found or "")

    def _words(self, name: str) -> str:
        if name in self.cleaned_data:
            return str(self.cleaned_data[name])
        return self._typed(name).strip()[:LONGEST_WORDS]

    def page(self) -> tuple[UUID, int]:
        """Return the page's tab and the version it opened with."""
        return self.cleaned_data.get("tab") or uuid4(), self.cleaned_data.get("seen") or 0


def _moment(day: str, moment: time, *, at: datetime) -> datetime:
    now = at.astimezone(clock.CITY_TIME)
    if day:
        return datetime.combine(parse_date(day, near=now.date()), moment, tzinfo=clock.CITY_TIME)
    today = datetime.combine(now.date(), moment, tzinfo=clock.CITY_TIME)
    return today if today > now else today + timedelta(days=1)
