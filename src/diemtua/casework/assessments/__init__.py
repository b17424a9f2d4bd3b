"""Assessments of a case: instruments as data, answers sealed, a level of risk that explains itself."""
