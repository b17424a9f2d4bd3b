"""Documents on paper: the same text as DOCX and as PDF, set as Decree 30/2020 prescribes."""

from diemtua.reports.writers.pdf import pdf
from diemtua.reports.writers.word import docx

__all__ = ["docx", "pdf"]
