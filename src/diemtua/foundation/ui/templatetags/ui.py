"""Template tags of the layout and its components."""

import uuid
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.forms import BoundField, widgets
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe  # noqa: TID251 - see chart() and its test

from diemtua.foundation import clock, text
from diemtua.foundation.ui import bar, countdowns, styles
from diemtua.foundation.ui import behaviours as known_behaviours

register = template.Library()

CLASSES: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.CheckboxInput, "form-check-input"),
    (widgets.RadioSelect, "choices"),
    (widgets.CheckboxSelectMultiple, "choices"),
    (widgets.Select, "form-select"),
    (widgets.Widget, "form-control"),
)
KINDS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.HiddenInput, "hidden"),
    (widgets.CheckboxInput, "tick"),
    (widgets.RadioSelect, "choices"),
    (widgets.CheckboxSelectMultiple, "choices"),
    (widgets.Widget, "plain"),
)


@register.simple_tag(takes_context=True)
def hx(context: Context) -> SafeString:
    """Write the nonce without which an element's ``hx-`` attributes are taken away by the page."""
    return format_html('hx-nonce="{}"', context.get("csp_nonce", ""))


@register.simple_tag(takes_context=True)
def form_key(context: Context, action: str = "") -> str:
    """Return the key under which a form's record is made once.

    A form that comes back with its errors keeps the key it was sent with.
    """
    request = context.get("request")
    if request is not None and request.method == "POST" and action in {"", request.path}:
        try:
            return str(uuid.UUID(request.POST.get("key", "")))
        except ValueError:
            pass
    return str(uuid.uuid4())


@register.filter
def kind_of(field: BoundField) -> str:
    """Return how a field is laid out: ``plain``, ``tick``, ``choices`` or ``hidden``."""
    return next(kind for widget, kind in KINDS if isinstance(field.field.widget, widget))


@register.simple_tag
def control(field: BoundField, **attributes: Any) -> SafeString:
    """Write a field's control, tied to its help and its errors."""
    widget = field.field.widget
    style = next(style for kind, style in CLASSES if isinstance(widget, kind))
    own = widget.attrs.get("class", "")
    attrs = {"class": f"{style} {own}".strip()}
    described = " ".join(
        f"{field.auto_id}_{what}"
        for what, is_there in (("error", field.errors), ("help", field.help_text))
        if is_there
    )
    if described:
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
        attrs["class"] += " is-invalid"
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    return field.as_widget(attrs={**attrs, **named})


@register.filter
def shown_value(field: BoundField) -> str:
    """Return a chosen record's name as people read it, empty when nothing valid is chosen."""
    value = field.value()
    if value in (None, ""):
        return ""
    if hasattr(field.field, "display"):
        return str(field.field.display(value))
    if hasattr(field.field, "label_from_instance"):
        try:
            chosen = field.field.to_python(value)
        except Exception:  # noqa: BLE001 - whatever is wrong with the value, the form says it itself
            return ""
        return str(field.field.label_from_instance(chosen)) if chosen is not None else ""
    return str(value)


@register.simple_tag
def chart(svg: str, label: str = "") -> SafeString:
    """Write a chart into the page as one picture; only what ``ui.charts`` made may come here.

    Raises:
        ValueError: the text is no chart of ours, or could do anything but draw.
    """
    from diemtua.foundation.ui import charts  # noqa: PLC0415 - the renderer loads only with a chart

    return mark_safe(charts.inline(svg, label))  # noqa: S308 - charts.inline refuses all but drawing


@register.simple_tag
def component_styles() -> SafeString:
    """Link the stylesheet of every component."""
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((address,) for address in styles.addresses())
    )


@register.simple_tag(takes_context=True)
def stamp(context: Context, attrs: Any) -> SafeString | str:
    """Write the nonce when the attributes handed to a component make it move."""
    moves = any(name.startswith("hx-") for name in getattr(attrs, "attrs_dict", dict)())
    return format_html(" {}", hx(context)) if moves else ""


@register.simple_tag
def icon(name: str, size: str = "", style: str = "") -> SafeString:
    """Write an icon of the sprite; as a tag, because a page has scores of them."""
    classes = " ".join(part for part in ("icon", f"icon-{size}" if size else "", style) if part)
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        _sprite(),
        name,
    )


@cache
def _sprite() -> str:
    return static("vendor/icons.svg")


@register.simple_tag
def moment_of(at: datetime | date | str | None) -> SafeString | str:
    """Write a moment, exact for machines; a text is written as it is."""
    if isinstance(at, datetime):
        return format_html('<time datetime="{}">{}</time>', at.isoformat(), text.moment(at))
    if isinstance(at, date):
        return format_html('<time datetime="{}">{}</time>', at.isoformat(), text.short_date(at))
    return at or ""


@register.inclusion_tag("ui/_countdown.html")
def countdown(until: datetime, label: str = "") -> dict[str, Any]:
    """Write how long is left until a moment, or how long it is past."""
    return {"until": until, "label": label, **countdowns.describe(until, clock.now())}


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int) -> str:
    """Return this page's address with another page number, keeping the filters."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag
def place_search_url() -> str:
    """Return the address that answers with places."""
    return bar.addresses().places


@register.simple_tag
def behaviours() -> dict[str, str]:
    """Return the addresses of every behaviour's module, by name."""
    return known_behaviours.addresses()


@register.filter
def page_numbers(page: Any) -> list[int]:
    """Return the page numbers to show; 0 stands for a gap."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in shown]
