from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The vault of the foundation."""

    name = "diemtua.foundation.vault"
    label = "vault"
