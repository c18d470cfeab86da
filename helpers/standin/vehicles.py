"""Aeroplane, automobile, ship and truck: functions that draw one master each.

Everything points to the right; half of the pictures are mirrored later.
"""

from __future__ import annotations

from .sheet import Sheet, frame, xy

BODY, SECOND, ACCENT, DARK, LIGHT = 1, 2, 3, 4, 5
ROLES = 5


def _wheel(s: Sheet, x: float, y: float, radius: float) -> None:
    s.ellipse(x, y, radius, radius, DARK)
    s.ellipse(x, y, radius * 0.45, radius * 0.45, LIGHT)


def _plane_from_side(s: Sheet) -> None:
    nose, tail, fat = s.u(0.8, 0.95), s.u(-0.9, -0.8), s.u(0.11, 0.17)
    s.polygon(xy(tail + 0.04, 0, tail - 0.04, -s.u(0.4, 0.55), tail + 0.16, -0.5, tail + 0.45, -fat), ACCENT)
    s.blob(
        xy(tail, -0.06, 0, -fat, nose - 0.25, -fat, nose, 0.02, nose - 0.2, fat, 0, fat, tail + 0.2, 0.06),
        BODY,
    )
    s.polygon(xy(tail - 0.02, 0.0, tail - 0.12, -0.14, tail + 0.05, -0.14, tail + 0.3, 0.0), SECOND)
    back, reach = s.u(-0.5, -0.25), s.u(0.35, 0.6)
    s.polygon(xy(0.3, 0.04, back, reach, back - 0.14, reach, -0.12, 0.04), SECOND)
    if s.chance(0.6):
        s.polygon(xy(0.25, -fat, back + 0.15, -reach, back + 0.04, -reach, -0.05, -fat), SECOND)
    s.polygon(xy(nose - 0.26, -fat + 0.02, nose - 0.14, -0.08, nose - 0.22, -0.01, nose - 0.34, -0.03), DARK)
    for k in range(s.rng.integers(4, 8)):
        s.ellipse(nose - 0.5 - 0.13 * k, -0.04, 0.032, 0.04, DARK)
    s.ellipse(s.u(-0.05, 0.1), s.u(0.2, 0.28), 0.16, 0.075, DARK)


def _plane_from_below(s: Sheet) -> None:
    span, sweep, fat = s.u(0.75, 0.95), s.u(0.05, 0.5), s.u(0.09, 0.14)
    for side in (-1, 1):
        s.polygon(
            xy(0.3, side * fat, 0.3 - sweep, side * span, 0.1 - sweep, side * span, -0.1, side * fat), SECOND
        )
        s.polygon(xy(-0.62, 0, -0.86, side * 0.36, -0.98, side * 0.36, -0.85, 0), ACCENT)
        s.ellipse(0.2 - 0.4 * sweep, side * span * 0.45, 0.13, 0.06, DARK)
    s.blob(xy(0.95, 0, 0.75, fat, -0.4, fat, -0.95, 0.03, -0.95, -0.03, -0.4, -fat, 0.75, -fat), BODY)
    s.polygon(xy(0.84, -0.05, 0.84, 0.05, 0.74, 0.08, 0.74, -0.08), DARK)


def airplane(s: Sheet) -> None:
    """Draw it from the side, with a fin; or from below, with both wings."""
    if s.chance(0.6):
        _plane_from_side(s)
    else:
        _plane_from_below(s)


def _car_windows(s: Sheet, back: float, front: float, roof: float, sill: float) -> float:
    """Draw two windows; return where the post between them stands."""
    glass, post, top = LIGHT if s.chance(0.5) else DARK, s.u(-0.25, 0.0), roof + 0.08
    s.polygon(xy(back + 0.12, sill, back + 0.27, top, post - 0.04, top, post - 0.04, sill), glass)
    s.polygon(xy(post + 0.04, sill, post + 0.04, top, front - 0.36, top, front - 0.12, sill), glass)
    return post


def _car_from_side(s: Sheet) -> None:
    roof, belt, ground = s.u(-0.5, -0.36), s.u(-0.1, 0.0), s.u(0.34, 0.42)
    front, back = s.u(0.45, 0.6), s.u(-0.85, -0.6)
    cabin = xy(back, belt, back + 0.22, roof, front - 0.32, roof, front, belt)
    bonnet = xy(0.84, belt + 0.1, 0.95, belt + 0.24, 0.94, ground, -0.95, ground)
    s.polygon([(-0.94, belt + 0.06), *cabin, *bonnet], BODY)
    post = _car_windows(s, back, front, roof, belt - 0.03)
    s.line(xy(post, belt, post, ground - 0.05), SECOND, 0.03)
    s.symmetric(xy(0.95, ground - 0.1, 0.95, ground), SECOND)
    s.ellipse(0.88, belt + 0.2, 0.06, 0.06, LIGHT)
    s.ellipse(-0.9, belt + 0.16, 0.05, 0.06, ACCENT)
    radius = s.u(0.18, 0.23)
    for x in (s.u(-0.6, -0.5), s.u(0.52, 0.62)):
        _wheel(s, x, ground + 0.02, radius)


def _tyres(s: Sheet, wide: float, top: float, bottom: float) -> None:
    """Draw the two tyres of something that comes towards us."""
    for side in (-1, 1):
        at = frame(0, 0, side)
        s.polygon(at(wide, top, wide - 0.21, top, wide - 0.21, bottom, wide, bottom), DARK)


def _car_from_front(s: Sheet) -> None:
    roof, belt, ground, wide = s.u(-0.6, -0.45), s.u(-0.1, 0.0), s.u(0.5, 0.6), s.u(0.68, 0.82)
    _tyres(s, wide, ground - 0.1, ground + 0.16)
    s.symmetric(xy(wide * 0.6, roof, wide * 0.82, belt, wide, belt + 0.14, wide, ground), BODY)
    s.symmetric(xy(wide * 0.55, roof + 0.08, wide * 0.74, belt), DARK if s.chance(0.5) else LIGHT)
    s.symmetric(xy(wide * 0.45, belt + 0.24, wide * 0.4, belt + 0.4), DARK)
    for side in (-1, 1):
        s.ellipse(side * wide * 0.76, belt + 0.28, 0.13, 0.09, LIGHT)
    s.symmetric(xy(wide, ground - 0.12, wide, ground - 0.02), SECOND)
    s.symmetric(xy(0.16, ground - 0.13, 0.16, ground - 0.03), LIGHT)


def automobile(s: Sheet) -> None:
    """Draw it low, with a cabin of glass; from the side or from the front."""
    if s.chance(0.65):
        _car_from_side(s)
    else:
        _car_from_front(s)


def _hull(s: Sheet, deck: float, water: float) -> None:
    bow, stern = s.u(0.85, 0.97), s.u(-0.92, -0.8)
    s.polygon(
        xy(stern, deck, bow - 0.12, deck, bow, deck - s.u(0.05, 0.15), bow - 0.3, water, stern + 0.1, water),
        BODY,
    )
    s.polygon(
        xy(stern + 0.05, water - 0.1, bow - 0.22, water - 0.1, bow - 0.3, water, stern + 0.1, water), SECOND
    )


def _steamer(s: Sheet, deck: float) -> None:
    left, right, storey = s.u(-0.7, -0.3), s.u(0.2, 0.6), s.u(0.16, 0.22)
    for floor in range(s.rng.integers(1, 4)):
        top = deck - storey * (floor + 1)
        s.polygon(xy(left, deck, right, deck, right - 0.04, top, left, top), LIGHT)
        for k in range(int((right - left) / 0.16)):
            s.ellipse(left + 0.1 + 0.16 * k, top + storey / 2, 0.04, 0.04, DARK)
        deck, left, right = top, left + 0.1, right - s.u(0.1, 0.2)
    for k in range(s.rng.integers(1, 3)):
        x = left + 0.1 + 0.28 * k
        s.polygon(xy(x, deck, x - 0.03, deck - 0.34, x + 0.13, deck - 0.34, x + 0.14, deck), ACCENT)
        s.polygon(
            xy(x - 0.03, deck - 0.34, x + 0.13, deck - 0.34, x + 0.13, deck - 0.25, x - 0.02, deck - 0.25),
            DARK,
        )


def _freighter(s: Sheet, deck: float) -> None:
    s.polygon(xy(-0.75, deck, -0.75, deck - 0.5, -0.45, deck - 0.5, -0.45, deck), LIGHT)
    s.line([(-0.72, deck - 0.38), (-0.48, deck - 0.38)], DARK, 0.07)
    for k in range(s.rng.integers(3, 5)):
        x, high = -0.36 + 0.25 * k, s.u(0.14, 0.4)
        s.polygon(xy(x, deck, x, deck - high, x + 0.21, deck - high, x + 0.21, deck), (ACCENT, SECOND)[k % 2])
    s.line([(-0.6, deck - 0.5), (-0.6, deck - 0.75)], DARK, 0.05)


def _sailing_ship(s: Sheet, deck: float) -> None:
    mast, top = s.u(-0.2, 0.1), s.u(-0.95, -0.85)
    s.line([(mast, deck), (mast, top)], DARK, 0.06)
    s.polygon(xy(mast - 0.05, top + 0.05, mast - 0.05, deck - 0.1, mast - s.u(0.5, 0.7), deck - 0.1), LIGHT)
    s.polygon(
        xy(mast + 0.06, top + 0.12, mast + 0.06, deck - 0.06, mast + s.u(0.5, 0.65), deck - 0.06),
        LIGHT if s.chance(0.6) else ACCENT,
    )


def ship(s: Sheet) -> None:
    """Draw a hull, and on it storeys with funnels, containers, or sails."""
    deck, water = s.u(0.15, 0.3), s.u(0.5, 0.65)
    (_steamer, _freighter, _sailing_ship)[s.rng.choice(3, p=[0.4, 0.3, 0.3])](s, deck)
    _hull(s, deck, water)


def _truck_from_side(s: Sheet) -> None:
    ground, top, cab = s.u(0.4, 0.48), s.u(-0.65, -0.45), s.u(0.3, 0.42)
    s.polygon(xy(-0.95, ground - 0.12, 0.92, ground - 0.12, 0.92, ground, -0.95, ground), DARK)
    if s.chance(0.75):
        s.polygon(xy(-0.95, top, cab - 0.06, top, cab - 0.06, ground - 0.12, -0.95, ground - 0.12), SECOND)
        if s.chance(0.5):
            y = s.u(-0.2, 0.0)
            s.polygon(xy(-0.95, y, cab - 0.06, y, cab - 0.06, y + 0.14, -0.95, y + 0.14), ACCENT)
    else:
        s.polygon(xy(-0.95, -0.05, cab - 0.06, -0.05, cab - 0.06, ground - 0.1, -0.9, ground - 0.1), SECOND)
        s.blob(xy(-0.85, -0.02, -0.5, top + 0.2, -0.1, top + 0.25, 0.2, -0.02), ACCENT)
    roof = s.u(-0.35, -0.2)
    s.polygon(xy(cab, roof, 0.72, roof, 0.86, 0.04, 0.95, 0.1, 0.95, ground - 0.04, cab, ground - 0.04), BODY)
    s.polygon(
        xy(cab + 0.14, roof + 0.08, 0.69, roof + 0.08, 0.8, 0.06, cab + 0.14, 0.06),
        LIGHT if s.chance(0.6) else DARK,
    )
    s.ellipse(0.91, 0.24, 0.05, 0.06, LIGHT)
    for x in (-0.72, s.u(-0.4, -0.3), s.u(0.6, 0.68)):
        _wheel(s, x, ground + 0.04, s.u(0.16, 0.19))


def _grille(s: Sheet, wide: float) -> None:
    s.symmetric(xy(wide * 0.5, 0.04, wide * 0.5, 0.36), DARK)
    for y in (0.1, 0.2, 0.3):
        s.line(xy(-wide * 0.45, y, wide * 0.45, y), LIGHT, 0.035)
    for side in (-1, 1):
        s.ellipse(side * wide * 0.76, 0.26, 0.09, 0.08, LIGHT)


def _truck_from_front(s: Sheet) -> None:
    wide, top, ground = s.u(0.55, 0.66), s.u(-0.9, -0.78), s.u(0.58, 0.68)
    _tyres(s, wide, ground - 0.1, ground + 0.24)
    for side in (-1, 1):
        s.line(xy(side * (wide + 0.1), -0.3, side * (wide + 0.1), -0.02), DARK, 0.09)
    s.symmetric(xy(wide, top, wide, -0.2), SECOND)
    s.symmetric(xy(wide - 0.04, top + 0.2, wide, ground), BODY)
    s.symmetric(xy(wide - 0.1, top + 0.28, wide - 0.08, -0.1), DARK if s.chance(0.6) else LIGHT)
    _grille(s, wide)
    s.symmetric(xy(wide + 0.02, ground - 0.2, wide + 0.02, ground - 0.02), ACCENT)


def truck(s: Sheet) -> None:
    """Draw it high, a cab and a box or a load; from the side or from the front."""
    if s.chance(0.75):
        _truck_from_side(s)
    else:
        _truck_from_front(s)
