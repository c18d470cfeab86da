"""What lies behind an animal: a room, a meadow, the sky, the sea."""

from __future__ import annotations

from helpers.standin.sheet import xy

from .canvas import Canvas, mixed


def lights(c: Canvas, colour: str, count: int) -> None:
    """Scatter soft round lights over the background, as a lens does that is focused on something nearer."""
    for _ in range(count):
        x, y, r = c.u(-c.right, c.right), c.u(-c.bottom, c.bottom), c.u(0.08, 0.26)
        c.ellipse(x, y, r, r, colour, blur=0.02, strength=c.u(0.1, 0.3))


def room(c: Canvas, wall: str, floor: str) -> None:
    """Paint a wall with lights on it and a table below."""
    c.backdrop(mixed(wall, "ffffff", 0.25), mixed(wall, "000000", 0.15))
    lights(c, "ffffff", 14)
    top = c.bottom - 0.22
    table = xy(-c.right, top, c.right, top, c.right, c.bottom, -c.right, c.bottom)
    c.polygon(table, mixed(floor, "ffffff", 0.2), floor, blur=0.01)


def meadow(c: Canvas, sky: str, grass: str) -> None:
    """Paint hills under a sky, all out of focus."""
    c.backdrop(sky, mixed(sky, "ffffff", 0.7))
    for k, level in enumerate((-0.05, 0.25, 0.5)):
        ridge = [(-1.5 * c.right, level + c.u(-0.1, 0.1)), (-0.5 * c.right, level + c.u(-0.25, 0.0))]
        ridge += [(0.4 * c.right, level + c.u(-0.1, 0.15)), (1.5 * c.right, level + c.u(-0.2, 0.05))]
        low = xy(1.5 * c.right, c.bottom + 0.4, -1.5 * c.right, c.bottom + 0.4)
        shade = mixed(mixed(grass, sky, 0.45 - 0.2 * k), "000000", 0.06 * k)
        c.blob([*ridge, *low], mixed(shade, "ffffff", 0.15), shade, blur=0.03)
    lights(c, "ffffff", 6)


def sky(c: Canvas, colour: str) -> None:
    """Paint a sky with soft clouds."""
    c.backdrop(colour, mixed(colour, "ffffff", 0.65))
    for _ in range(4):
        x, y = c.u(-c.right, c.right), c.u(-c.bottom, 0.3)
        for _ in range(4):
            at = x + c.u(-0.35, 0.35), y + c.u(-0.07, 0.07)
            c.ellipse(*at, c.u(0.2, 0.35), c.u(0.08, 0.16), "ffffff", blur=0.06, strength=0.5)


def sea(c: Canvas, water: str, sand: str) -> None:
    """Paint rays of light in deep water, weed and a sandy bottom."""
    c.backdrop(mixed(water, "ffffff", 0.45), mixed(water, "000020", 0.45))
    for _ in range(5):
        x, wide = c.u(-c.right, c.right), c.u(0.05, 0.2)
        ray = xy(x, -c.bottom, x + wide, -c.bottom, x - 0.4 + 2 * wide, c.bottom, x - 0.6, c.bottom)
        c.polygon(ray, "ffffff", blur=0.05, strength=0.12)
    level = c.bottom - 0.2
    dune = xy(-1.4 * c.right, level, -0.3, level - 0.12, 0.6, level + 0.06, 1.4 * c.right, level - 0.08)
    c.blob([*dune, *xy(1.4 * c.right, c.bottom + 0.5, -1.4 * c.right, c.bottom + 0.5)], sand, blur=0.015)
    for _ in range(5):
        _weed(c, c.u(-0.95, 0.95) * c.right, level + 0.05)


def _weed(c: Canvas, x: float, y: float) -> None:
    high, sway = c.u(0.35, 0.9), c.u(-0.15, 0.15)
    stem = [(x, y), (x + sway, y - high / 3), (x - sway, y - 2 * high / 3), (x + sway, y - high)]
    c.line(stem, mixed("2f8f5b", "102030", c.u(0, 0.4)), c.u(0.04, 0.08))
