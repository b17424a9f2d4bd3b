from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """The database floor: roles, who is asking, policies, tables' protection."""

    name = "diemtua.foundation.database"
    label = "database"
