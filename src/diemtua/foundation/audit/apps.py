from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit of the foundation."""

    name = "diemtua.foundation.audit"
    label = "audit"
