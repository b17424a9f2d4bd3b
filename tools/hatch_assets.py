"""Build hook: a wheel carries the third-party assets and the compiled translations."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):  # type: ignore[misc]
    """Make sure that the assets are there before a wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build what is missing; an editable install builds nothing."""
        root = Path(self.root)
        if (
            version == "editable"
            or (root / "src/diemtua/foundation/ui/static/vendor/htmx.min.js").exists()
        ):
            return
        subprocess.run(
            [sys.executable, str(root / "tools" / "build_assets.py")], check=True, cwd=root
        )
