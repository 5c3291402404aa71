"""The import contracts of this project and its import graph, so that a test can break a rule on purpose."""

from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import grimp
from importlinter.api import read_configuration
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain.contract import Contract

from tests.keepers.faces import PublicFaceContract

ROOT = Path(__file__).resolve().parents[2]
_TYPES: dict[str, type[Contract]] = {
    kind.type_name: kind for kind in (LayersContract, PublicFaceContract, ProtectedContract, AcyclicSiblingsContract)
}


def contracts() -> dict[str, Contract]:
    """The contracts of pyproject.toml by their id."""
    options = _options()
    return {
        str(one["id"]): _TYPES[one["type"]](one["name"], options["session_options"], one)
        for one in options["contracts_options"]
    }


def is_kept(contract: str) -> bool:
    """Whether the contract holds for the project as it is."""
    return contracts()[contract].check(deepcopy(_graph()), verbose=False).kept


def allows(contract: str, *imports: tuple[str, str], modules: tuple[str, ...] = ()) -> bool:
    """Whether the contract would hold if these imports (importer, imported) were the project's only ones."""
    graph = grimp.ImportGraph()
    for module in (*_graph().modules, *modules, *(module for each in imports for module in each)):
        _add_with_parents(graph, module)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported, line_number=1, line_contents="import")
    return contracts()[contract].check(graph, verbose=False).kept


def _add_with_parents(graph: grimp.ImportGraph, module: str) -> None:
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        graph.add_module(".".join(parts[:length]))


@lru_cache(maxsize=1)
def _options() -> dict[str, Any]:
    return read_configuration(str(ROOT / "pyproject.toml"))


@lru_cache(maxsize=1)
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph("commonweal", cache_dir=None)
