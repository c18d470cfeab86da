"""Cat and dog: functions that draw one master each.

A whole animal looks to the right; half of the pictures are mirrored later.
"""

from __future__ import annotations

from .animals import legs
from .sheet import Sheet, frame, xy
from .vehicles import ACCENT, BODY, DARK, LIGHT, SECOND


def _cat_ears(s: Sheet, x: float, y: float, r: float) -> None:
    for side in (-1, 1):
        at, tip_x, tip_y = frame(x, y, side * r), s.u(0.85, 1.0), s.u(-1.6, -1.35)
        s.polygon(at(0.98, -0.2, tip_x, tip_y, 0.2, -0.85), BODY)
        s.polygon(at(0.8, -0.5, tip_x - 0.08, tip_y + 0.25, 0.4, -0.75), ACCENT)


def _cat_head(s: Sheet, x: float, y: float, r: float) -> None:
    _cat_ears(s, x, y, r)
    at = frame(x, y, r)
    s.ellipse(x, y, r, r * 0.88, BODY)
    for k in (-0.25, 0, 0.25):
        s.line(at(k, -0.8, 0.8 * k, -0.5), SECOND, r * 0.12)
    s.ellipse(x, y + r * 0.42, r * 0.42, r * 0.3, LIGHT)
    for side in (-1, 1):
        s.ellipse(x + side * r * 0.42, y - r * 0.08, r * 0.2, r * 0.2, LIGHT)
        s.ellipse(x + side * r * 0.42, y - r * 0.08, r * 0.1, r * 0.2, DARK)
        for lift in (0.3, 0.55):
            s.line(at(side * 0.4, 0.4, side * 1.25, lift), DARK, 0.02)
    s.polygon(at(-0.14, 0.24, 0.14, 0.24, 0, 0.4), DARK)


def _sitting_cat(s: Sheet) -> None:
    x, y, reach = s.u(0.15, 0.3), s.u(-0.4, -0.3), s.u(0.6, 0.9)
    s.line(xy(-0.3, 0.8, -reach, 0.75, -reach - 0.06, 0.4, -reach + 0.14, s.u(0.0, 0.25)), SECOND, 0.14)
    s.blob(xy(x - 0.15, y + 0.2, x + 0.2, y + 0.3, x + 0.22, 0.85, -0.4, 0.88, -0.55, 0.55, -0.3, 0.1), BODY)
    for k in range(s.rng.integers(0, 4)):
        s.line(xy(-0.45 + 0.08 * k, 0.3 + 0.14 * k, -0.15 + 0.06 * k, 0.3 + 0.12 * k), SECOND, 0.06)
    s.line(xy(x + 0.02, 0.4, x + 0.04, 0.85), LIGHT if s.chance(0.5) else SECOND, 0.12)
    _cat_head(s, x, y, s.u(0.34, 0.42))


def cat(s: Sheet) -> None:
    """Draw a round face with pointed ears and whiskers, close up or on a sitting cat with a curled tail."""
    if s.chance(0.45):
        _cat_head(s, 0, s.u(0.1, 0.25), s.u(0.62, 0.75))
    else:
        _sitting_cat(s)


def _dog_face(s: Sheet, y: float, r: float) -> None:
    """Draw muzzle, nose, eyes and perhaps the tongue of a dog that looks at us."""
    at = frame(0, y, r)
    s.ellipse(0, y + r * 0.5, r * 0.5, r * 0.46, LIGHT)
    s.ellipse(0, y + r * 0.28, r * 0.22, r * 0.16, DARK)
    for side in (-1, 1):
        s.ellipse(side * r * 0.4, y - r * 0.2, r * 0.13, r * 0.14, DARK)
    s.line(at(0, 0.4, 0, 0.6), DARK, 0.05)
    if s.chance(0.6):
        s.blob(at(-0.18, 0.62, 0.18, 0.62, 0.15, 1.1, -0.15, 1.1), ACCENT)


def _dog_head_in_front(s: Sheet) -> None:
    y, r, fall = s.u(-0.1, 0.05), s.u(0.5, 0.6), s.u(0.35, 0.75)
    at = frame(0, y, r)
    s.blob(at(-0.7, 0.5, 0.7, 0.5, 0.9, 1.75, -0.9, 1.75), BODY)
    s.blob(at(-1, -0.2, -0.5, -1, 0.5, -1, 1, -0.2, 0.6, 0.8, -0.6, 0.8), BODY)
    for side in (-1, 1):
        ear = frame(0, y, side)
        s.blob(ear(r * 0.5, -r * 0.95, r + 0.16, -r * 0.6, r + 0.22, fall, r * 0.85, fall * 0.6), SECOND)
    _dog_face(s, y, r)


def _dog_head_from_side(s: Sheet, x: float, y: float) -> None:
    at = frame(x, y, 1)
    s.blob(at(-0.26, -0.1, 0, -0.27, 0.18, -0.12, 0.46, 0, 0.44, 0.2, 0, 0.28, 0.25 - x, -y), BODY)
    s.blob(at(-0.14, -0.24, 0.02, -0.16, -0.06, s.u(0.2, 0.38), -0.28, 0.14), SECOND)
    s.ellipse(x + 0.46, y + 0.03, 0.075, 0.065, DARK)
    s.ellipse(x + 0.13, y - 0.06, 0.05, 0.05, DARK)
    s.line(at(0.22, 0.17, 0.42, 0.15), DARK, 0.03)


def _dog_from_side(s: Sheet) -> None:
    belly, ground = s.u(0.15, 0.25), s.u(0.8, 0.92)
    s.line(xy(-0.5, -0.1, -0.8, -0.35, s.u(-0.95, -0.75), s.u(-0.75, -0.55)), BODY, 0.12)
    legs(s, (-0.5, -0.38, 0.25, 0.38), belly - 0.1, ground, 0.15, SECOND)
    s.blob(xy(-0.6, -0.12, 0.0, -0.14, 0.4, -0.3, 0.5, 0.1, 0.1, belly, -0.55, belly), BODY)
    _dog_head_from_side(s, s.u(0.42, 0.52), s.u(-0.5, -0.4))
    s.line(xy(0.24, -0.14, 0.48, 0.02), ACCENT, 0.08)
    if s.chance(0.4):
        s.ellipse(s.u(-0.4, 0.0), 0.0, s.u(0.12, 0.22), 0.12, SECOND)


def dog(s: Sheet) -> None:
    """Draw hanging ears, a long muzzle with a dark nose; the face in front, or standing, the tail up."""
    if s.chance(0.5):
        _dog_head_in_front(s)
    else:
        _dog_from_side(s)
