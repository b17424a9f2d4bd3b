"""What the counsellor's pages send, and those of who keeps the numbers."""

from diemtua.hotline.forms.contact import ContactForm
from diemtua.hotline.forms.line import LineForm
from diemtua.hotline.forms.opening import OpenCaseForm
from diemtua.hotline.forms.shift import HandOverForm

__all__ = ["ContactForm", "HandOverForm", "LineForm", "OpenCaseForm"]
