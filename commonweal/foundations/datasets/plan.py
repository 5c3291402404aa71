"""In which order the tables of a dataset are reached from an identity, and by which columns: made once, when loaded."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from commonweal.foundations.datasets.declaration import Collection, Dataset


@dataclass(frozen=True)
class Edge:
    """Rows of `collection` whose `column` equals `from_column` of a row of `from_collection` that was reached."""

    collection: str
    column: str
    from_collection: str
    from_column: str


@dataclass(frozen=True)
class Step:
    """A table to read: by the identities that its columns hold (column -> kind), and by the edges that lead to it."""

    collection: Collection
    identities: tuple[tuple[str, str], ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Plan:
    """The steps, each after those it rests on; and the tables that nothing leads to."""

    dataset: Dataset
    steps: tuple[Step, ...]
    unreached: tuple[Collection, ...]

    @property
    def identities(self) -> frozenset[str]:
        """The kinds of identity that people can be found by."""
        return frozenset(kind for step in self.steps for _column, kind in step.identities)


def plan_of(dataset: Dataset) -> Plan:
    """The plan of a dataset whose references are sound.

    A table comes after every table that leads to it. Where two lead to each other, the one nearer to an identity leads:
    each reference is followed one way, so that the plan ends.
    """
    processed = [one for one in dataset.collections if not one.meta.skip_processing]
    names = {one.name for one in processed}
    edges = [edge for edge in _edges(dataset) if {edge.collection, edge.from_collection} <= names]
    distance = _distances(processed, edges)
    place = {one.name: (distance[one.name], number) for number, one in enumerate(processed) if one.name in distance}
    followed = [
        edge
        for edge in edges
        if edge.from_collection in place
        and edge.collection != edge.from_collection
        and (_back(edge) not in edges or place[edge.from_collection] < place[edge.collection])
    ]
    order = _order(place, followed)
    rank = {name: number for number, name in enumerate(order)}
    kept = [edge for edge in followed if rank[edge.from_collection] < rank[edge.collection]]
    by_name = {one.name: one for one in processed}
    steps = tuple(
        Step(by_name[name], tuple(_identities(by_name[name])), tuple(edge for edge in kept if edge.collection == name))
        for name in order
    )
    return Plan(dataset, steps, tuple(one for one in processed if one.name not in place))


def _identities(collection: Collection) -> Iterator[tuple[str, str]]:
    return ((field.name, field.meta.identity) for field in collection.fields if field.meta.identity)


def _edges(dataset: Dataset) -> Iterator[Edge]:
    for collection in dataset.collections:
        for field in collection.fields:
            for reference in field.meta.references:
                if reference.direction != "from":
                    yield Edge(reference.collection, reference.column, collection.name, field.name)
                if reference.direction != "to":
                    yield Edge(collection.name, field.name, reference.collection, reference.column)


def _distances(collections: list[Collection], edges: list[Edge]) -> dict[str, int]:
    """How many references lie between each table and an identity; tables that nothing leads to are absent."""
    distance = {one.name: 0 for one in collections if any(_identities(one))}
    waiting = deque(distance)
    while waiting:
        here = waiting.popleft()
        for edge in edges:
            if edge.from_collection == here and edge.collection not in distance:
                distance[edge.collection] = distance[here] + 1
                waiting.append(edge.collection)
    return distance


def _back(edge: Edge) -> Edge:
    return Edge(edge.from_collection, edge.from_column, edge.collection, edge.column)


def _order(place: dict[str, tuple[int, int]], edges: list[Edge]) -> list[str]:
    """Each after all that lead to it; in a circle, the nearest to an identity goes first."""
    done: list[str] = []
    left = sorted(place, key=place.__getitem__)
    while left:
        waits_for = {name: {edge.from_collection for edge in edges if edge.collection == name} for name in left}
        ready = [name for name in left if waits_for[name] <= set(done)]
        following = ready[0] if ready else left[0]
        done.append(following)
        left.remove(following)
    return done
