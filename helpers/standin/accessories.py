"""Sandal, sneaker, ankle boot and bag: functions that draw one master each.

Shoes point to the left, as in FashionMNIST.
"""

from __future__ import annotations

from .garments import BODY, PRINT, SEAM, TRIM
from .sheet import Sheet, frame, rounded, xy


def _sandal_sole(s: Sheet, heel: float, ground: float, back: float) -> None:
    thick, toe, arch = s.u(0.08, 0.16), s.u(-0.92, -0.82), ground - heel
    middle = arch + 0.3 * heel
    upper = xy(toe, ground - 0.06, -0.3, ground - 0.1, 0.25, middle - 0.02, back, arch - 0.05)
    under = xy(
        back, arch + thick - 0.05, 0.25, middle + thick, -0.3, ground + thick - 0.08, toe, ground + 0.06
    )
    s.polygon([*upper, *under], TRIM if s.chance(0.5) else BODY)
    if heel > 0.12:
        wide, low = s.u(0.06, 0.2), ground + 0.08
        s.polygon(xy(back - wide - 0.1, arch, back, arch, back - 0.02, low, back - wide, low), BODY)


def _sandal_straps(s: Sheet, heel: float, ground: float, back: float) -> None:
    width, height, arch = s.u(0.07, 0.14), s.u(0.3, 0.45), ground - heel
    for x in sorted(s.u(-0.72, 0.0) for _ in range(s.rng.integers(1, 4))):
        end = ground - 0.1 - heel * max(x + 0.3, 0)
        s.line(xy(x, ground - 0.08, x + 0.1, ground - height + 0.08, x + 0.32, end), BODY, width)
    top = arch - s.u(0.32, 0.6)
    s.line(xy(back - 0.05, arch - 0.04, back - 0.04, top, back - 0.42, top + 0.05), BODY, width)
    s.line(xy(0.15, arch + 0.2 * heel, back - 0.42, top + 0.05, back - 0.04, top + 0.12), BODY, width)
    if s.chance(0.5):
        s.ellipse(back - 0.3, top + 0.05, 0.06, 0.06, TRIM)


def sandal(s: Sheet) -> None:
    """Draw a sole and a few straps with air between them, on a heel or flat."""
    heel, ground, back = s.u(0.0, 0.55) if s.chance(0.6) else 0.0, s.u(0.5, 0.62), s.u(0.78, 0.9)
    _sandal_sole(s, heel, ground, back)
    _sandal_straps(s, heel, ground, back)


def _sneaker_upper(s: Sheet, toe: float, back: float, ground: float, height: float, mouth: float) -> None:
    front = xy(toe + 0.02, ground - 0.1, toe + 0.22, ground - 0.3, -0.3, ground - 0.42, mouth - 0.1, height)
    ankle = xy(mouth + 0.25, height + 0.14, back - 0.1, height - 0.02, back, 0.1)
    s.blob([*front, *ankle, (back, ground), (0, ground + 0.06)], BODY)
    at = frame(mouth, height, 1)
    s.blob(at(-0.06, 0.06, 0.25, 0.16, back - mouth - 0.16, 0.04, 0.25, 0.24), SEAM)


def _sneaker_sole(s: Sheet, toe: float, back: float, ground: float) -> None:
    low = ground + s.u(0.1, 0.2)
    s.blob(xy(toe, ground - 0.04, 0, ground, back, ground - 0.04, back, low, 0, low, toe + 0.02, low), TRIM)


def sneaker(s: Sheet) -> None:
    """Draw it low, a light sole, laces on the slope, stripes on the side."""
    toe, back, ground = s.u(-0.95, -0.86), s.u(0.82, 0.92), s.u(0.32, 0.42)
    height, mouth = s.u(-0.42, -0.22), s.u(0.1, 0.28)
    _sneaker_upper(s, toe, back, ground, height, mouth)
    _sneaker_sole(s, toe, back, ground)
    for k in range(s.rng.integers(3, 5)):
        at = frame(mouth - 0.16 - 0.13 * k, height + 0.1 + 0.09 * k, 1)
        s.line(at(-0.07, -0.03, 0.1, 0.12), TRIM, 0.045)
    for k in range(s.rng.integers(0, 4)):
        s.line(xy(0.02 + 0.15 * k, ground - 0.04, 0.16 + 0.15 * k, height + 0.3), PRINT, s.u(0.05, 0.1))
    if s.chance(0.4):
        at = frame(toe, ground, 1)
        s.blob(at(0.04, -0.08, 0.2, -0.26, 0.34, -0.2, 0.36, 0), PRINT)


def _boot_sole(s: Sheet, toe: float, back: float, ground: float, heel: float) -> None:
    role, base = TRIM if s.chance(0.5) else SEAM, ground - heel
    arch, low = base + 0.55 * heel, ground + 0.08
    upper = xy(toe, ground - 0.04, -0.15, ground - 0.04, 0.25, arch, back, base)
    s.polygon([*upper, *xy(back, base + 0.1, 0.25, arch + 0.1, -0.15, low, toe, low)], role)
    wide, narrow = s.u(0.2, 0.36), s.u(0.16, 0.3)
    s.polygon(xy(back - wide, base + 0.05, back, base, back - 0.02, low, back - narrow, low), role)


def _boot_details(s: Sheet, front: float, back: float, top: float) -> None:
    """Draw laces, a buckle, an elastic side, or nothing."""
    kind = s.rng.integers(0, 4)
    if kind == 0:
        for k in range(5):
            s.line(xy(front - 0.1 + 0.02 * k, 0.1 - 0.16 * k, front + 0.16, 0.06 - 0.16 * k), TRIM, 0.05)
    elif kind == 1:
        s.line(xy(front - 0.02, -0.1, back - 0.06, s.u(-0.2, 0.0)), TRIM, 0.09)
    elif kind == 2:
        s.polygon(xy(front + 0.25, top, front + 0.45, top, front + 0.38, 0.1), SEAM)
    s.line(xy(front + 0.02, top + 0.04, back - 0.03, top + 0.06), SEAM, 0.06)


def ankle_boot(s: Sheet) -> None:
    """Draw a shaft above the ankle, and a heel."""
    toe, back, ground = s.u(-0.9, -0.78), s.u(0.7, 0.82), s.u(0.62, 0.74)
    top, front, heel = s.u(-0.92, -0.55), s.u(-0.08, 0.12), s.u(0.0, 0.3)
    base = ground - heel
    instep = xy(toe, ground - 0.08, toe + 0.2, ground - 0.32, front - 0.15, 0.12 - heel * 0.5, front, -0.15)
    shaft = xy(back - 0.02, top + s.u(-0.04, 0.1), back - 0.06, 0.0, back, base)
    under = xy(0.2, base + 0.5 * heel, -0.2, ground, toe, ground)
    s.polygon([*rounded([*instep, (front + 0.02, top)]), *shaft, *under], BODY)
    _boot_sole(s, toe, back, ground, heel)
    _boot_details(s, front, back, top)


def _flap(s: Sheet, upper: float, top: float) -> None:
    fall = s.u(0.25, 0.5)
    s.symmetric(xy(upper, top, upper, top + fall * 0.7, 0.1, top + fall), SEAM if s.chance(0.5) else PRINT)
    s.ellipse(0, top + fall - 0.06, 0.09, 0.07, TRIM)


def _zip(s: Sheet, upper: float, top: float) -> None:
    s.line(xy(-upper + 0.06, top + 0.12, upper - 0.06, top + 0.12), SEAM, 0.05)
    s.line(xy(-0.06, top + 0.12, 0.06, top + 0.12), TRIM, 0.08)


def _handle(s: Sheet, grip: float, top: float) -> None:
    rise = s.u(0.35, 0.6)
    at = frame(0, top, grip, rise)
    arc = at(-1, 0.1, -0.85, -0.7, 0, -1, 0.85, -0.7, 1, 0.1)
    s.line(arc, BODY if s.chance(0.6) else TRIM, s.u(0.06, 0.12))


def bag(s: Sheet) -> None:
    """Draw a body wider than high, a handle above it, often a flap and a clasp."""
    top, bottom = s.u(-0.35, 0.0), s.u(0.6, 0.88)
    upper, lower = s.u(0.45, 0.85), s.u(0.6, 0.92)
    grip = s.u(0.25, upper - 0.1)
    _handle(s, grip, top)
    s.symmetric(xy(upper, top, lower, bottom - 0.1, lower - 0.08, bottom), BODY)
    kind = s.rng.integers(0, 4)
    if kind == 0:
        _flap(s, upper, top)
    elif kind == 1:
        _zip(s, upper, top)
    elif kind == 2:
        s.symmetric(xy(s.u(0.2, 0.4), 0.15, s.u(0.2, 0.4), bottom - 0.14), PRINT)
    for side in (-1, 1) if kind != 2 else ():
        s.line(xy(side * grip, top, side * grip, top + s.u(0.1, 0.3)), TRIM, 0.06)
