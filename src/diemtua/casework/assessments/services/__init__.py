"""Everything that changes an assessment, verb by verb."""

from diemtua.casework.assessments.services.finishing import finish
from diemtua.casework.assessments.services.judging import judge, review
from diemtua.casework.assessments.services.saving import Written, save

__all__ = ["Written", "finish", "judge", "review", "save"]
