from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit trail: written, chained, read by those who watch."""

    name = "diemtua.foundation.audit"
    label = "audit"
