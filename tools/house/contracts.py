"""Import contracts of the house that import-linter does not ship."""

from typing import Any, cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FrontDoor(Contract):
    """Rooms are entered through their public furniture only."""

    type_name = "front_door"
    house = fields.StringField()
    public = fields.SetField(subfield=fields.StringField())
    exempt = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 - import-linter's signature
        """Find every import that enters another room by a window."""
        broken = sorted(
            (importer, imported)
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if self._climbs_in_by_the_window(importer, imported)
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _names(self, field: Any) -> set[str]:
        return cast("set[str]", field or set())

    def _climbs_in_by_the_window(self, importer: str, imported: str) -> bool:
        house = f"{self.house}."
        if not (importer.startswith(house) and imported.startswith(house)):
            return False
        guest, host = importer.split("."), imported.split(".")
        exempt = self._names(self.exempt)
        if guest[1] == host[1] or guest[1] in exempt or host[1] in exempt or "tests" in guest:
            return False
        return not (set(host[2:]) & self._names(self.public))

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name importer, imported, and the doors there are."""
        doors = ", ".join(sorted(self._names(self.public)))
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}: enter by {doors}")
