"""Forms of papers: they parse what was typed into the arguments of one verb."""

from diemtua.casework.papers.forms.body import BodyMapForm, shown
from diemtua.casework.papers.forms.fields import seen_in
from diemtua.casework.papers.forms.files import FileForm
from diemtua.casework.papers.forms.notes import NoteForm
from diemtua.casework.papers.forms.withdrawing import WithdrawForm

__all__ = ["BodyMapForm", "FileForm", "NoteForm", "WithdrawForm", "seen_in", "shown"]
