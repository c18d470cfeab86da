"""Six garments: functions that draw one master each.

x runs to the right, y down, both from -1 to 1.
"""

from __future__ import annotations

from .sheet import Outline, Point, Sheet, frame, xy

BODY, SEAM, TRIM, PRINT = 1, 2, 3, 4
ROLES = 4


def _neck(s: Sheet, width: float, top: float, depth: float) -> None:
    """Draw the opening of the neck, through which we see the inside of the back."""
    s.blob(
        xy(-width, top, 0, top + 0.04, width, top, width * 0.6, top + depth, -width * 0.6, top + depth), SEAM
    )


def _folds(s: Sheet, top: float, bottom: float, width: float) -> None:
    """Draw a few creases that run down the cloth."""
    for _ in range(s.rng.integers(0, 3)):
        x, y = s.u(-width, width), s.u(top, bottom)
        s.line([(x, y), (x + s.u(-0.12, 0.12), y + s.u(0.2, 0.5))], SEAM, 0.035)


def _torso(s: Sheet, neck: float, shoulder: float, hem: float, bottom: float, top: float) -> list[Point]:
    """Return the right side of a torso below the sleeve: armpit, waist, hem."""
    waist = min(shoulder, hem) - s.u(0.0, 0.07)
    return xy(shoulder - 0.06, top + 0.42, waist, (top + bottom) / 2 + 0.1, hem, bottom)


def _top(
    s: Sheet, *, sleeve: float, bottom: float, shoulder: float, hem: float, top: float, spread: float
) -> None:
    """Draw a garment with sleeves: `sleeve` is their length, `spread` how far they stand off."""
    neck = s.u(0.17, 0.26)
    wrist: Point = (shoulder + spread * sleeve, top + 0.12 + sleeve)
    width = s.u(0.17, 0.24)
    cuff: Point = (wrist[0] - width, wrist[1] + 0.05 + 0.1 * spread)
    half = [(neck, top), (shoulder, top + 0.08), wrist, cuff, *_torso(s, neck, shoulder, hem, bottom, top)]
    s.symmetric(half, BODY)
    for side in (-1, 1):
        s.line([(side * (shoulder - 0.06), top + 0.42), (side * (shoulder - 0.1), top + 0.16)], SEAM, 0.03)


def _chest_print(s: Sheet) -> None:
    kind = s.rng.integers(0, 5)
    if kind == 0:
        s.ellipse(0, -0.1, s.u(0.12, 0.28), s.u(0.12, 0.28), PRINT)
    elif kind == 1:
        x, y = s.u(0.14, 0.3), s.u(0.1, 0.22)
        s.polygon(xy(-x, -0.15 - y, x, -0.15 - y, x, -0.15 + y, -x, -0.15 + y), PRINT)
    elif kind == 2:
        y, thick = s.u(-0.3, 0.3), s.u(0.05, 0.14)
        s.polygon(xy(-0.42, y, 0.42, y, 0.42, y + thick, -0.42, y + thick), PRINT)


def t_shirt(s: Sheet) -> None:
    """Draw short sleeves that stand off, a round or pointed neck, often a print."""
    top, shoulder = s.u(-0.85, -0.75), s.u(0.5, 0.6)
    _top(
        s,
        sleeve=s.u(0.2, 0.5),
        bottom=s.u(0.68, 0.9),
        shoulder=shoulder,
        hem=s.u(0.4, 0.52),
        top=top,
        spread=s.u(0.5, 0.9),
    )
    _neck(s, s.u(0.17, 0.26), top, s.u(0.1, 0.32))
    _chest_print(s)
    _folds(s, -0.2, 0.4, 0.35)


def trouser(s: Sheet) -> None:
    """Draw two legs from a waistband."""
    waist, hip, top = s.u(0.26, 0.36), s.u(0.34, 0.46), s.u(-0.95, -0.85)
    foot, width, crotch = s.u(0.28, 0.52), s.u(0.16, 0.28), s.u(-0.35, -0.15)
    bottom = s.u(0.5, 0.68) if s.chance(0.12) else s.u(0.85, 0.96)
    gap = max(foot - width, 0.03)
    s.symmetric(xy(waist, top, hip, crotch - 0.1, foot, bottom, gap, bottom, 0.02, crotch), BODY)
    s.symmetric([(waist + 0.01, top), (waist + 0.02, top + 0.1)], TRIM if s.chance(0.4) else SEAM)
    s.line([(0, top + 0.1), (0, crotch)], SEAM, 0.03)
    for side in (-1, 1):
        s.line([(side * waist, top + 0.16), (side * (hip - 0.12), top + 0.34)], SEAM, 0.03)
        if s.chance(0.4):
            s.line([(side * (hip - 0.17), crotch), (side * (foot + gap) / 2, bottom)], SEAM, 0.025)


def _cuffs(s: Sheet, x: float, y: float, role: int) -> None:
    for side in (-1, 1):
        s.line([(side * (x - 0.2), y), (side * (x - 0.02), y - 0.03)], role, 0.08)


def pullover(s: Sheet) -> None:
    """Draw long sleeves that hang down, ribbed cuffs and hem, closed in front."""
    top, shoulder, hem, bottom = s.u(-0.82, -0.72), s.u(0.48, 0.58), s.u(0.4, 0.5), s.u(0.68, 0.88)
    sleeve, spread = s.u(1.05, 1.35), s.u(0.1, 0.3)
    _top(s, sleeve=sleeve, bottom=bottom, shoulder=shoulder, hem=hem, top=top, spread=spread)
    rib = TRIM if s.chance(0.4) else SEAM
    s.symmetric([(hem, bottom - 0.09), (hem, bottom)], rib)
    _cuffs(s, shoulder + spread * sleeve, top + 0.1 + sleeve, rib)
    if s.chance(0.3):
        s.symmetric([(0.2, top - 0.1), (0.22, top + 0.1)], BODY)
        s.line([(-0.2, top + 0.08), (0.2, top + 0.08)], SEAM, 0.04)
    else:
        _neck(s, s.u(0.17, 0.24), top, s.u(0.08, 0.2))
    if s.chance(0.4):
        _chest_print(s)
    _folds(s, -0.2, 0.2, 0.3)


def dress(s: Sheet) -> None:
    """Draw it narrow above, a waist, a skirt that widens."""
    top, waist, hem, bottom = s.u(-0.95, -0.85), s.u(0.18, 0.27), s.u(0.3, 0.62), s.u(0.8, 0.96)
    shoulder, line = s.u(0.26, 0.36), s.u(-0.2, 0.1)
    if s.chance(0.45):
        _top(
            s,
            sleeve=s.u(0.25, 1.0),
            bottom=line,
            shoulder=shoulder,
            hem=waist,
            top=top,
            spread=s.u(0.15, 0.5),
        )
    chest: Outline = xy(s.u(0.12, 0.2), top, shoulder, top + 0.03, s.u(0.27, 0.33), top + 0.4, waist, line)
    s.symmetric([*chest, (hem * 0.85, (line + bottom) / 2), (hem, bottom)], BODY)
    _neck(s, s.u(0.1, 0.18), top, s.u(0.12, 0.4))
    if s.chance(0.5):
        s.line([(-waist, line), (waist, line)], TRIM if s.chance(0.6) else SEAM, s.u(0.04, 0.1))
    for _ in range(s.rng.integers(0, 4)):
        x = s.u(-0.8, 0.8)
        s.line([(x * waist, line + 0.15), (x * hem, bottom - 0.05)], SEAM, 0.03)


def _lapels(s: Sheet, top: float, depth: float, role: int) -> None:
    for side in (-1, 1):
        outer = s.u(0.24, 0.34)
        s.polygon(
            xy(side * 0.16, top - 0.03, side * outer, top + 0.16, 0, top + depth, 0, top + depth - 0.14), role
        )


def _buttons(s: Sheet, x: float, top: float, bottom: float, count: int, role: int) -> None:
    for k in range(count):
        y = top + (bottom - top) * (k + 0.5) / count
        s.ellipse(x, y, 0.04, 0.04, role)


def coat(s: Sheet) -> None:
    """Draw it long and wide, an opening all the way down, lapels, buttons, pockets."""
    top, shoulder, hem, bottom = s.u(-0.92, -0.82), s.u(0.48, 0.58), s.u(0.44, 0.58), s.u(0.82, 0.96)
    _top(
        s, sleeve=s.u(1.15, 1.45), bottom=bottom, shoulder=shoulder, hem=hem, top=top, spread=s.u(0.08, 0.22)
    )
    depth = s.u(0.35, 0.7)
    s.polygon(xy(-0.14, top, 0.14, top, 0, top + depth), PRINT if s.chance(0.5) else SEAM)
    _lapels(s, top, depth, TRIM if s.chance(0.3) else SEAM)
    if s.chance(0.35):
        gap = s.u(0.04, 0.12)
        s.polygon(xy(0, top + depth - 0.1, gap, bottom, -gap, bottom), PRINT)
    s.line([(0, top + depth - 0.1), (0, bottom)], SEAM, 0.05)
    _buttons(s, s.u(0.08, 0.14), top + depth, bottom - 0.2, int(s.rng.integers(2, 5)), TRIM)
    for side in (-1, 1):
        y = s.u(0.2, 0.35)
        s.line([(side * 0.2, y), (side * 0.38, y + s.u(-0.08, 0.02))], SEAM, 0.06)
    if s.chance(0.25):
        s.line([(-0.46, 0.02), (0.46, 0.02)], SEAM, 0.09)


def _shirt_front(s: Sheet, top: float, bottom: float) -> None:
    """Draw the collar, the strip of buttons and perhaps a pocket."""
    collar = TRIM if s.chance(0.4) else SEAM
    for side in (-1, 1):
        at = frame(0, top, side)
        s.polygon(at(0.19, -0.05, 0.27, 0.1, 0.1, 0.24, 0.0, 0.12), collar)
    s.line(xy(0, top + 0.2, 0, bottom), SEAM, 0.05)
    _buttons(s, 0.0, top + 0.25, bottom, int(s.rng.integers(4, 7)), TRIM)
    if s.chance(0.6):
        at = frame(0.24, s.u(-0.42, -0.28), 0.1)
        s.line(at(-1, 0, 1, 0, 1, 2, -1, 2, -1, 0), SEAM, 0.035)


def shirt(s: Sheet) -> None:
    """Draw a collar, a strip with buttons, often a pocket; sleeves long or short."""
    top, shoulder = s.u(-0.88, -0.78), s.u(0.46, 0.57)
    short = s.chance(0.35)
    sleeve, spread = (s.u(0.3, 0.5), s.u(0.4, 0.8)) if short else (s.u(1.05, 1.35), s.u(0.1, 0.32))
    bottom, hem = s.u(0.7, 0.92), s.u(0.4, 0.5)
    _top(s, sleeve=sleeve, bottom=bottom, shoulder=shoulder, hem=hem, top=top, spread=spread)
    tail = frame(0, bottom, hem, 1)
    s.blob(tail(-1, -0.1, 1, -0.1, 0.6, 0.06, 0, 0.02, -0.6, 0.06), BODY)
    _neck(s, 0.14, top, s.u(0.1, 0.2))
    _shirt_front(s, top, bottom)
