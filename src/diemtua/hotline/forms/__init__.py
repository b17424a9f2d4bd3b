"""What the counsellor's pages send."""

from diemtua.hotline.forms.contact import ContactForm
from diemtua.hotline.forms.opening import OpenCaseForm

__all__ = ["ContactForm", "OpenCaseForm"]
