"""Import contracts of the house that import-linter does not ship."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FrontDoor(Contract):
    """Rooms are entered through their public furniture only."""

    type_name = "front_door"
    house = fields.StringField()
    public = fields.SetField(subfield=fields.StringField())
    exempt = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        exempt = self.exempt or set()
        broken = sorted(
            (importer, imported)
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if self._climbs_in_by_the_window(importer, imported, exempt)
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _climbs_in_by_the_window(self, importer: str, imported: str, exempt: set[str]) -> bool:
        if not (importer.startswith(f"{self.house}.") and imported.startswith(f"{self.house}.")):
            return False
        guest, host = importer.split("."), imported.split(".")
        same_room = guest[1] == host[1]
        if same_room or guest[1] in exempt or host[1] in exempt or "tests" in guest:
            return False
        return not (set(host[2:]) & self.public)

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}: enter by {', '.join(sorted(self.public))}")
