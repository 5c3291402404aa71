"""The contract of rule 3 for import-linter: a capability is used by its public face."""

from typing import ClassVar, cast

import grimp
from importlinter import Contract, ContractCheck, fields, output

Found = tuple[str, str, tuple[int, ...]]


class PublicFaceContract(Contract):
    """Outside a package of `parent` only its modules named in `face` may be imported; submodules count as them."""

    type_name: ClassVar[str] = "public_face"

    parent = fields.StringField()
    face = fields.SetField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import of the graph once."""
        prefix = f"{self.parent}."
        found = [
            (importer, imported, _lines(graph, importer, imported))
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if imported.startswith(prefix) and not self._may_import(importer, imported.removeprefix(prefix))
        ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import with its lines."""
        for importer, imported, lines in cast(list[Found], check.metadata["found"]):
            where = ", ".join(f"l.{line}" for line in lines)
            output.print_error(f"- {importer} -> {imported} ({where}): that is no part of the public face.")
        output.new_line()

    def _may_import(self, importer: str, path: str) -> bool:
        package, _dot, inside = path.partition(".")
        own = f"{self.parent}.{package}"
        is_within = importer == own or importer.startswith(f"{own}.")
        return is_within or inside.split(".")[0] in cast(set[str], self.face)


def _lines(graph: grimp.ImportGraph, importer: str, imported: str) -> tuple[int, ...]:
    details = graph.get_import_details(importer=importer, imported=imported)
    return tuple(sorted({detail["line_number"] for detail in details}))
