"""Where the nodes of a small graph stand: rows by distance from the result, few crossings, short edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

#: An edge that passes a row needs this much of a node's width there.
PASSING = 0.55
_SWEEPS = 6
_MOST_ORDERS = 6  # up to 6! orders of a row are tried one by one


@dataclass(frozen=True)
class Layout:
    """Places in units of a node: ``rows[i]`` and ``columns[i]`` of node i, the first column is 0.

    ``via[k]`` holds the (column, row) of the points that edge k passes on its way from its target,
    above, to its source, below.
    """

    rows: list[int]
    columns: list[float]
    via: list[list[tuple[float, int]]]

    @property
    def width(self) -> float:
        """How many nodes fit side by side in the widest row, gaps included."""
        passed = [column for points in self.via for column, _ in points]
        return max([*self.columns, *passed]) + 1


def lay_out(count: int, edges: Sequence[tuple[int, int]]) -> Layout:
    """Place ``count`` nodes in rows, each edge (source, target) leading up from a result to its argument.

    The result is the last row; a node stands just above the farthest of the operations that use it.
    """
    distance = _distances(count, edges)
    depth = max(distance)
    rows = [depth - steps for steps in distance]
    links, chains, owner = _with_passing_points(count, edges, rows)
    layers = [[] for _ in range(depth + 1)]
    for point, row in sorted(owner.items()):
        layers[row].append(point)
    neighbours = {point: [] for point in owner}
    for one, other in links:
        neighbours[one].append(other)
        neighbours[other].append(one)
    _untangle(layers, neighbours, owner)
    columns = _columns(layers, neighbours, count)
    via = [[(columns[point], owner[point]) for point in chain] for chain in chains]
    return Layout(rows, [columns[node] for node in range(count)], via)


def _distances(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Return the length of the longest way from each node down to the result."""
    distance = [0] * count
    for _ in range(count):
        for source, target in edges:
            distance[target] = max(distance[target], distance[source] + 1)
    return distance


def _with_passing_points(
    count: int, edges: Sequence[tuple[int, int]], rows: list[int]
) -> tuple[list[tuple[int, int]], list[list[int]], dict[int, int]]:
    """Cut edges over several rows into links from row to row, through points numbered from ``count``."""
    links, chains, owner = [], [], dict(enumerate(rows))
    for source, target in edges:
        passed = range(rows[target] + 1, rows[source])
        chain = list(range(len(owner), len(owner) + len(passed)))
        owner.update(zip(chain, passed, strict=True))
        links += zip([target, *chain], [*chain, source], strict=True)
        chains.append(chain)
    return links, chains, owner


def _untangle(layers: list[list[int]], neighbours: dict[int, list[int]], owner: dict[int, int]) -> None:
    """Order each row, again and again, so that fewest edges cross."""

    def above(point: int) -> list[int]:
        return [other for other in neighbours[point] if owner[other] == owner[point] - 1]

    def crossings(upper: Sequence[int], lower: Sequence[int]) -> int:
        place = {point: at for at, point in enumerate(upper)}
        ends = [[place[other] for other in above(point)] for point in lower]
        return sum(a > b for left, right in combinations(ends, 2) for a in left for b in right)

    for _ in range(_SWEEPS):
        for row, layer in enumerate(layers):
            if len(layer) > _MOST_ORDERS:
                continue

            def cost(order: Sequence[int], row: int = row) -> int:
                upper = crossings(layers[row - 1], order) if row else 0
                return upper + (crossings(order, layers[row + 1]) if row + 1 < len(layers) else 0)

            layers[row] = list(min(permutations(layer), key=cost))


def _columns(layers: list[list[int]], neighbours: dict[int, list[int]], count: int) -> dict[int, float]:
    """Pull each point over the middle of its neighbours, as far as the others of its row let it."""
    sizes = {point: 1.0 if point < count else PASSING for point in neighbours}
    column = {point: float(at) for layer in layers for at, point in enumerate(layer)}

    def pull(one: int, other: int) -> float:
        # Long edges are to run straight down, and chains nearly so.
        passing = (one >= count) + (other >= count)
        alone = len(neighbours[one]) <= 2 and len(neighbours[other]) <= 2
        return (1.0, 1.5, 30.0)[passing] * (3.0 if alone else 1.0)

    def middle(point: int) -> float:
        weights = [pull(point, other) for other in neighbours[point]]
        return sum(w * column[other] for w, other in zip(weights, neighbours[point], strict=True)) / sum(
            weights
        )

    for _ in range(200):
        for layer in layers:
            offsets = [0.0]
            for left, right in pairwise(layer):
                offsets.append(offsets[-1] + (sizes[left] + sizes[right]) / 2)
            placed = _rising([middle(point) - offset for point, offset in zip(layer, offsets, strict=True)])
            column.update(zip(layer, map(sum, zip(placed, offsets, strict=True)), strict=True))
    first = min(column.values())
    return {point: round(value - first, 2) for point, value in column.items()}


def _rising(values: list[float]) -> list[float]:
    """Return the closest list (in squares) that never falls: neighbours that would cross share their mean."""
    blocks: list[list[float]] = []
    for value in values:
        blocks.append([value])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    return [_mean(block) for block in blocks for _ in block]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
