"""Bird, deer, frog and horse: functions that draw one master each.

Everything looks to the right; half of the pictures are mirrored later.
"""

from __future__ import annotations

from .sheet import Sheet, frame, xy
from .vehicles import ACCENT, BODY, DARK, LIGHT, SECOND


def legs(s: Sheet, xs: tuple[float, ...], top: float, ground: float, width: float, hoof: int) -> None:
    """Draw legs that bend a little, a hoof or a paw at each end."""
    for number, x in enumerate(xs):
        role = SECOND if number % 2 else BODY
        knee, foot = x + s.u(-0.07, 0.07), x + s.u(-0.12, 0.12)
        s.line(xy(x, top, knee, (top + ground) / 2, foot, ground), role, width)
        s.line([(foot, ground - 0.03), (foot + 0.05, ground)], hoof, width)


def _eye(s: Sheet, x: float, y: float, size: float) -> None:
    s.ellipse(x, y, size, size, LIGHT)
    s.ellipse(x + size * 0.15, y, size * 0.6, size * 0.7, DARK)


def _perched_body(s: Sheet, hx: float, hy: float) -> None:
    tail = s.u(0.35, 0.75)
    s.polygon(xy(-0.4, 0.05, -0.95, tail, -0.8, tail + 0.16, -0.2, 0.35), SECOND)
    breast = xy(hx - 0.1, hy, hx + 0.16, hy + 0.3, 0.35, 0.25, 0.0, 0.48)
    s.blob([*breast, *xy(-0.45, 0.3, -0.5, 0.0, -0.15, -0.3)], BODY)
    s.blob(xy(hx + 0.1, hy + 0.3, 0.32, 0.25, 0.0, 0.46, 0.1, 0.1), ACCENT)
    s.blob(xy(0.1, -0.2, 0.12, 0.15, -0.4, 0.35, -0.7, 0.3, -0.35, -0.05), SECOND)


def _bird_on_branch(s: Sheet) -> None:
    hx, hy, head = s.u(0.28, 0.42), s.u(-0.55, -0.42), s.u(0.2, 0.27)
    _perched_body(s, hx, hy)
    s.ellipse(hx, hy, head, head * 0.92, BODY)
    tip, root = hx + head + s.u(0.2, 0.45), hx + head * 0.8
    s.polygon(
        xy(root, hy - 0.09, tip, hy + s.u(0.0, 0.12), root, hy + 0.11), LIGHT if s.chance(0.3) else DARK
    )
    _eye(s, hx + 0.07, hy - 0.05, 0.075)
    for x in (-0.05, 0.1):
        s.line(xy(x, 0.45, x + 0.03, s.u(0.75, 0.9)), DARK, 0.05)


def _bird_in_flight(s: Sheet) -> None:
    """Draw it from the side: one wing up in front, one behind, the beak ahead."""
    lift, fat = s.u(0.7, 0.92), s.u(0.17, 0.23)
    s.blob(xy(0.2, -0.05, 0.02, -lift * 0.75, -0.3, -lift, -0.42, -lift * 0.8, -0.22, -0.05), SECOND)
    s.polygon(xy(-0.4, 0.0, -0.95, -0.1, -0.88, 0.08, -0.95, 0.24, -0.35, 0.2), SECOND)
    s.blob(xy(0.6, -0.1, 0.3, fat, -0.2, 0.22, -0.6, 0.1, -0.2, -0.14, 0.35, -fat), BODY)
    s.ellipse(0.55, -0.12, 0.19, 0.18, BODY)
    s.polygon(xy(0.68, -0.22, 0.98, -0.06, 0.68, -0.02), ACCENT)
    s.ellipse(0.6, -0.16, 0.05, 0.05, DARK)
    if s.chance(0.5):
        lift = -lift
    s.blob(xy(0.28, 0.0, 0.2, -lift * 0.8, -0.12, -lift * 1.02, -0.25, -lift * 0.8, -0.18, 0.02), BODY)
    s.line(xy(0.18, -lift * 0.8, -0.12, -lift, -0.24, -lift * 0.8), DARK, 0.07)


def bird(s: Sheet) -> None:
    """Draw it perched, with a beak, a folded wing and a tail; or in flight."""
    if s.chance(0.65):
        _bird_on_branch(s)
    else:
        _bird_in_flight(s)


def _antlers(s: Sheet, x: float, y: float) -> None:
    for side in (-1, 1):
        reach, rise = side * s.u(0.18, 0.32), s.u(0.32, 0.45)
        s.line(xy(x, y, x + reach * 0.6, y - rise * 0.5, x + reach, y - rise), DARK, 0.06)
        for part in (0.4, 0.75):
            s.line(
                [(x + reach * part, y - rise * part), (x + reach * (part + 0.7), y - rise * part - 0.06)],
                DARK,
                0.05,
            )


def _deer_head(s: Sheet, x: float, y: float) -> None:
    at = frame(x, y, 1)
    for side in (-1, 1):
        s.ellipse(x - 0.08 + side * 0.17, y - 0.14, 0.15, 0.06, SECOND, side * -0.5)
    s.blob(at(-0.16, -0.12, 0.05, -0.16, 0.36, 0.06, 0.3, 0.15, -0.08, 0.12), BODY)
    s.ellipse(x + 0.33, y + 0.08, 0.05, 0.05, DARK)
    s.ellipse(x + 0.06, y - 0.04, 0.04, 0.04, DARK)
    if s.chance(0.75):
        _antlers(s, x - 0.06, y - 0.12)


def deer(s: Sheet) -> None:
    """Draw it slender, thin legs, an upright neck, antlers or large ears, a short light tail, often spots."""
    ground, back = s.u(0.86, 0.95), s.u(-0.1, 0.02)
    legs(s, (-0.52, -0.42, 0.18, 0.28), 0.2, ground, 0.085, DARK)
    s.blob(xy(-0.62, back + 0.05, -0.1, back, 0.3, back - 0.02, 0.36, 0.22, -0.1, 0.32, -0.58, 0.28), BODY)
    s.ellipse(-0.63, back + 0.1, 0.08, 0.13, LIGHT, -0.4)
    hx, hy = s.u(0.42, 0.55), s.u(-0.5, -0.42)
    s.polygon(xy(0.08, back + 0.05, hx - 0.14, hy, hx + 0.06, hy + 0.1, 0.36, 0.16), BODY)
    _deer_head(s, hx, hy)
    for _ in range(s.rng.integers(3, 8) if s.chance(0.5) else 0):
        s.ellipse(s.u(-0.5, 0.2), s.u(back + 0.06, 0.18), 0.04, 0.04, LIGHT)
    s.line(xy(-0.4, 0.3, 0.2, 0.29), LIGHT, 0.06)


def _frog_in_front(s: Sheet) -> None:
    wide, brow = s.u(0.58, 0.72), s.u(-0.32, -0.2)
    for side in (-1, 1):
        s.blob(xy(side * 0.4, 0.2, side * 0.95, 0.1, side * 0.95, 0.7, side * 0.55, 0.78), SECOND)
        s.line([(side * 0.6, 0.75), (side * 0.96, 0.85)], BODY, 0.1)
        s.line(xy(side * 0.35, 0.4, side * 0.38, 0.8, side * 0.2, 0.88), BODY, 0.13)
    s.symmetric(xy(0.1, brow - 0.04, wide, brow + 0.2, wide * 0.95, 0.45, 0.3, 0.75), BODY, soft=True)
    s.symmetric(xy(0.1, 0.34, wide * 0.6, 0.4, 0.25, 0.7), LIGHT, soft=True)
    s.line(xy(-wide * 0.8, 0.2, -0.2, 0.3, 0.2, 0.3, wide * 0.8, 0.2), DARK, 0.05)
    for side in (-1, 1):
        s.ellipse(side * wide * 0.55, brow - 0.08, 0.23, 0.23, BODY)
        s.ellipse(side * wide * 0.55, brow - 0.1, 0.16, 0.16, ACCENT)
        s.ellipse(side * wide * 0.55, brow - 0.1, 0.11, 0.06, DARK)


def _frog_eye(s: Sheet, x: float, y: float) -> None:
    s.ellipse(x, y, 0.19, 0.19, BODY)
    s.ellipse(x + 0.03, y - 0.02, 0.13, 0.13, ACCENT)
    s.ellipse(x + 0.05, y - 0.02, 0.08, 0.06, DARK)


def _frog_from_side(s: Sheet) -> None:
    ground = s.u(0.62, 0.74)
    back = xy(-0.85, 0.5, -0.45, 0.0, 0.1, -0.4, 0.5, -0.42)
    s.blob([*xy(0.75, -0.2, 0.7, 0.12, 0.3, 0.5, -0.4, ground), *back], BODY)
    s.blob(xy(0.72, -0.02, 0.3, 0.48, -0.2, 0.55, 0.2, 0.12), LIGHT)
    s.line(xy(0.3, 0.3, 0.36, ground, 0.55, ground + 0.04), SECOND, 0.13)
    s.blob(xy(-0.75, 0.2, -0.1, 0.1, 0.02, 0.3, -0.4, 0.62, -0.85, 0.6), SECOND)
    s.line(xy(-0.7, ground - 0.02, -0.05, ground + 0.04), SECOND, 0.12)
    _frog_eye(s, 0.45, -0.4)
    s.line(xy(0.76, -0.1, 0.35, 0.02), DARK, 0.04)
    for _ in range(s.rng.integers(0, 5)):
        s.ellipse(s.u(-0.5, 0.2), s.u(-0.1, 0.1), 0.07, 0.05, SECOND)


def frog(s: Sheet) -> None:
    """Draw it flat and wide, bulging eyes on top, a wide mouth, folded legs."""
    if s.chance(0.55):
        _frog_in_front(s)
    else:
        _frog_from_side(s)


def _bridle(s: Sheet) -> None:
    if s.chance(0.6):
        s.line(xy(0.36, -0.3, 0.68, 0.15), LIGHT, 0.09)
    if s.chance(0.5):
        s.line(xy(0.52, -0.12, 0.25, 0.14, -0.02, -0.5), ACCENT, 0.05)


def _horse_head(s: Sheet) -> None:
    face = xy(-0.1, -0.75, 0.2, -0.7, 0.4, -0.4, 0.85, 0.25, 0.75, 0.48, 0.5, 0.5)
    s.blob([*xy(-0.95, 0.95, -0.6, 0.0), *face, *xy(0.15, 0.1, 0.0, 0.3, 0.1, 0.98)], BODY)
    for x, role in ((-0.1, BODY), (0.1, SECOND)):
        s.polygon(xy(x - 0.08, -0.6, x + s.u(-0.02, 0.06), -0.98, x + 0.13, -0.6), role)
    mane = xy(-0.05, -0.8, 0.05, -0.5, -0.35, 0.1, -0.55, 0.9, -0.95, 0.9, -0.65, 0.0)
    s.blob(mane, DARK if s.chance(0.6) else SECOND)
    s.ellipse(0.2, -0.36, 0.08, 0.07, DARK)
    s.ellipse(0.72, 0.26, 0.06, 0.05, DARK)
    s.line(xy(0.55, 0.42, 0.72, 0.38), DARK, 0.03)
    _bridle(s)


def _horse_neck(s: Sheet, back: float, mane: int) -> None:
    """Draw neck, mane and head, up from the line of the back."""
    x, y = s.u(0.58, 0.7), s.u(-0.72, -0.55)
    at = frame(x, y, 1)
    s.polygon([(0.02, back + 0.08), *at(-0.2, -0.04, 0.02, 0.14), (0.46, 0.2)], BODY)
    s.polygon([(-0.02, back + 0.06), *at(-0.3, -0.1, -0.1, -0.14, -0.12, 0.06), (0.2, back + 0.1)], mane)
    s.blob(at(-0.18, -0.1, 0.0, -0.12, 0.3, 0.22, 0.24, 0.36, -0.08, 0.16), BODY)
    s.polygon(at(-0.16, -0.06, -0.1, -0.28, -0.02, -0.08), BODY)
    s.ellipse(x + 0.03, y + 0.02, 0.045, 0.045, DARK)


def _horse_from_side(s: Sheet) -> None:
    ground, back = s.u(0.84, 0.94), s.u(-0.2, -0.1)
    mane = DARK if s.chance(0.65) else LIGHT
    s.blob(xy(-0.6, back + 0.02, -0.85, 0.0, -0.9, s.u(0.4, 0.7), -0.72, 0.5, -0.68, 0.1), mane)
    legs(s, (-0.56, -0.44, 0.2, 0.32), 0.15, ground, 0.13, DARK)
    belly = xy(0.45, 0.15, 0.1, 0.36, -0.3, 0.34, -0.64, 0.26)
    s.blob([*xy(-0.68, back + 0.1, -0.5, back - 0.06, 0.0, back + 0.04, 0.35, back - 0.05), *belly], BODY)
    _horse_neck(s, back, mane)
    if s.chance(0.35):
        s.blob(xy(-0.2, back, 0.12, back - 0.02, 0.1, 0.12, -0.18, 0.12), ACCENT)


def horse(s: Sheet) -> None:
    """Draw a deep body, a slanting neck with a mane, a long tail; or the head close up."""
    if s.chance(0.7):
        _horse_from_side(s)
    else:
        _horse_head(s)
