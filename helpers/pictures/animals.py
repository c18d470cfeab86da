"""Cat, dog, bird and fish: functions that paint one animal each, in the colours it is given."""

from __future__ import annotations

from collections.abc import Callable

from helpers.standin.sheet import frame, xy

from .canvas import Canvas, Mask, mixed

INK = "2a2320"
SIDES = (-1, 1)


def _darker(colour: str, share: float = 0.3) -> str:
    return mixed(colour, "201008", share)


def _lighter(colour: str, share: float = 0.3) -> str:
    return mixed(colour, "fff8ee", share)


def _shadow(c: Canvas, x: float, y: float, rx: float, ry: float) -> None:
    c.ellipse(x, y, rx, ry, "000000", blur=0.06, strength=0.35)


def _glint(c: Canvas, x: float, y: float, r: float) -> None:
    c.ellipse(x - r * 0.3, y - r * 0.4, r * 0.3, r * 0.3, "ffffff")
    c.ellipse(x + r * 0.3, y + r * 0.35, r * 0.14, r * 0.14, "ffffff", strength=0.7)


def _bust(c: Canvas, x: float, y: float, r: float, fur: str, bib: str) -> None:
    """Paint shoulders and chest below a head at (x, y)."""
    at, low = frame(x, y, r), c.bottom + 0.5
    c.blob(
        [*at(-0.55, 0.5, 0.55, 0.5, 1.15, 1.5), (x + 1.2 * r, low), (x - 1.2 * r, low), *at(-1.15, 1.5)],
        fur,
        _darker(fur, 0.45),
    )
    c.blob(at(-0.42, 0.7, 0.42, 0.7, 0.36, 1.5, 0, 2.1, -0.36, 1.5), bib, _darker(bib, 0.25))


def _cat_ears(c: Canvas, x: float, y: float, r: float, fur: str, tip: str) -> None:
    for side in SIDES:
        at = frame(x, y, side * r, r)
        c.blob(at(0.18, -0.72, 0.5, -1.1, 0.86, -1.42, 0.98, -1.0, 1.0, -0.3, 0.6, -0.4), tip, fur)
        c.blob(at(0.45, -0.75, 0.65, -1.0, 0.82, -1.2, 0.87, -0.9, 0.84, -0.5), "e9a9a0", "c98580")


def _cat_eyes(c: Canvas, x: float, y: float, r: float, iris: str) -> None:
    for side in SIDES:
        at = frame(x, y, side * r, r)
        rim = at(0.16, 0.02, 0.3, -0.17, 0.5, -0.22, 0.66, -0.1, 0.52, 0.1, 0.32, 0.12)
        c.blob(at(0.12, 0.03, 0.3, -0.22, 0.52, -0.27, 0.72, -0.13, 0.54, 0.14, 0.3, 0.16), INK)
        white = c.blob(rim, _lighter(iris, 0.15), iris)
        eye = at(0.42, -0.05)[0]
        c.ellipse(*eye, 0.075 * r, 0.19 * r, INK, within=white)
        _glint(c, *eye, 0.17 * r)


def _cat_mouth(c: Canvas, x: float, y: float, r: float, muzzle: str) -> None:
    at = frame(x, y, r)
    for side in SIDES:
        c.ellipse(x + side * 0.2 * r, y + 0.42 * r, 0.3 * r, 0.22 * r, muzzle, blur=0.02 * r)
    c.blob(at(0, 0.66, 0.17, 0.58, 0, 0.48, -0.17, 0.58), muzzle)
    c.blob(at(-0.13, 0.2, 0, 0.18, 0.13, 0.2, 0.06, 0.32, 0, 0.36, -0.06, 0.32), "e08a8a", "b85f66")
    for side in SIDES:
        half = frame(x, y, side * r, r)
        c.line(half(0, 0.36, 0.03, 0.47, 0.14, 0.52, 0.27, 0.46), INK, 0.025 * r)
        for end in (0.22, 0.42, 0.62):
            c.line(half(0.34, 0.42, 0.8, end - 0.02, 1.32, end + 0.05), "ffffff", 0.014 * r, strength=0.85)


def _tabby(c: Canvas, x: float, y: float, r: float, colour: str, head: Mask) -> None:
    at = frame(x, y, r)
    for k in (-0.3, 0.0, 0.3):
        c.line(at(0.8 * k, -1.05, 0.75 * k, -0.7, 0.55 * k, -0.42), colour, 0.1 * r, within=head)
    for side in SIDES:
        half = frame(x, y, side * r, r)
        for low in (0.05, 0.32, 0.56):
            c.line(half(1.2, low - 0.05, 0.95, low, 0.76, low + 0.06), colour, 0.08 * r, within=head)


def cat(
    c: Canvas, *, fur: str, iris: str, tabby: str = "", muzzle: str = "f6ece0", mask: str = "",
    x: float = 0.0, y: float = 0.0, r: float = 0.62,
) -> None:  # fmt: skip
    """Paint a cat that looks at us: ``tabby`` colours stripes, ``mask`` ears and face, as on a Siamese."""
    _bust(c, x, y, r, fur, muzzle)
    _shadow(c, x, y + 0.85 * r, 0.7 * r, 0.14 * r)
    _cat_ears(c, x, y, r, fur, mask or _darker(fur, 0.1))
    at = frame(x, y, r)
    outline = at(0, -0.82, 0.5, -0.78, 0.92, -0.35, 1.08, 0.25, 0.72, 0.68, 0, 0.86)
    outline += at(-0.72, 0.68, -1.08, 0.25, -0.92, -0.35, -0.5, -0.78)
    head = c.blob(outline, _lighter(fur, 0.18), _darker(fur, 0.12))
    if mask:
        c.blob(at(0, -0.5, 0.5, -0.1, 0.5, 0.5, 0, 0.8, -0.5, 0.5, -0.5, -0.1), mask, blur=0.1 * r)
    if tabby:
        _tabby(c, x, y, r, tabby, head)
    _cat_eyes(c, x, y, r, iris)
    _cat_mouth(c, x, y, r, _lighter(mask, 0.2) if mask else muzzle)


def _hanging_ears(c: Canvas, x: float, y: float, r: float, ear: str) -> None:
    for side in SIDES:
        at = frame(x, y, side * r, r)
        flap = at(0.5, -0.85, 0.95, -0.75, 1.2, -0.1, 1.16, 0.55, 0.92, 0.72, 0.74, 0.2)
        c.blob(flap, _lighter(ear, 0.08), _darker(ear, 0.3))


def _pricked_ears(c: Canvas, x: float, y: float, r: float, ear: str) -> None:
    for side in SIDES:
        at = frame(x, y, side * r, r)
        c.blob(at(0.2, -0.7, 0.5, -1.2, 0.78, -1.55, 0.98, -1.1, 0.95, -0.3, 0.6, -0.4), ear, _darker(ear))
        c.blob(at(0.45, -0.72, 0.62, -1.05, 0.76, -1.3, 0.84, -1.0, 0.82, -0.5), "e0b0a4", "b98078")


def _dog_eyes(c: Canvas, x: float, y: float, r: float, iris: str) -> None:
    for side in SIDES:
        eye = x + side * 0.38 * r, y - 0.16 * r
        c.ellipse(*eye, 0.17 * r, 0.18 * r, INK)
        c.ellipse(*eye, 0.13 * r, 0.14 * r, _lighter(iris, 0.1), iris)
        c.ellipse(*eye, 0.08 * r, 0.085 * r, "120c0a")
        _glint(c, *eye, 0.13 * r)
        brow = frame(x, y, side * r, r)(0.22, -0.42, 0.38, -0.5, 0.55, -0.44)
        c.line(brow, INK, 0.045 * r, strength=0.5)


def _dog_muzzle(c: Canvas, x: float, y: float, r: float, muzzle: str, tongue: bool) -> None:
    at = frame(x, y, r)
    if tongue:
        c.blob(at(-0.17, 0.62, 0.17, 0.62, 0.2, 0.95, 0, 1.08, -0.2, 0.95), "e8808a", "d0606e")
        c.line(at(0, 0.68, 0, 0.94), "b84c5c", 0.03 * r)
    c.blob(at(0, 0.02, 0.36, 0.22, 0.5, 0.5, 0.3, 0.74, 0, 0.66), muzzle, _darker(muzzle, 0.12))
    c.blob(at(0, 0.02, -0.36, 0.22, -0.5, 0.5, -0.3, 0.74, 0, 0.66), muzzle, _darker(muzzle, 0.12))
    c.blob(at(0, 0.02, 0.3, 0.25, 0.3, 0.6, -0.3, 0.6, -0.3, 0.25), muzzle, blur=0.03 * r)
    c.blob(at(-0.22, 0.16, 0, 0.1, 0.22, 0.16, 0.17, 0.32, 0, 0.4, -0.17, 0.32), "3a302e", "181210")
    c.ellipse(x - 0.07 * r, y + 0.18 * r, 0.07 * r, 0.03 * r, "ffffff", strength=0.55)
    c.line(at(0, 0.4, 0, 0.54), INK, 0.03 * r)
    for side in SIDES:
        half = frame(x, y, side * r, r)
        c.line(half(0, 0.54, 0.16, 0.62, 0.36, 0.54), INK, 0.03 * r)
        for spot in ((0.28, 0.36), (0.36, 0.44), (0.24, 0.46)):
            c.ellipse(*half(*spot)[0], 0.016 * r, 0.016 * r, _darker(muzzle, 0.5))


def _collar(c: Canvas, x: float, y: float, r: float, colour: str) -> None:
    at = frame(x, y, r)
    c.line(at(-0.72, 1.0, -0.3, 1.18, 0.3, 1.18, 0.72, 1.0), colour, 0.17 * r)
    c.ellipse(x, y + 1.3 * r, 0.12 * r, 0.12 * r, "f4d470", "c89a30")


def dog(
    c: Canvas, *, fur: str, ear: str, muzzle: str = "f4e8d8", iris: str = "7a4a22", patch: str = "",
    collar: str = "c03a3a", pricked: bool = False, tongue: bool = True,
    x: float = 0.0, y: float = -0.1, r: float = 0.62,
) -> None:  # fmt: skip
    """Paint a dog that looks at us, with hanging or pricked ears; ``patch`` surrounds an eye."""
    _bust(c, x, y, r, fur, muzzle)
    _shadow(c, x, y + 0.95 * r, 0.6 * r, 0.14 * r)
    _collar(c, x, y, r, collar)
    if pricked:
        _pricked_ears(c, x, y, r, ear)
    at = frame(x, y, r)
    outline = at(0, -0.92, 0.55, -0.85, 0.88, -0.4, 0.84, 0.15, 0.6, 0.62, 0, 0.84)
    outline += at(-0.6, 0.62, -0.84, 0.15, -0.88, -0.4, -0.55, -0.85)
    head = c.blob(outline, _lighter(fur, 0.15), _darker(fur, 0.12))
    c.blob(at(0, -0.9, 0.14, -0.5, 0.2, 0.1, -0.2, 0.1, -0.14, -0.5), muzzle, within=head, blur=0.03 * r)
    if patch:
        c.blob(at(0.12, -0.3, 0.45, -0.62, 0.85, -0.3, 0.6, 0.12, 0.25, 0.1), patch, within=head, blur=0.02)
    if not pricked:
        _hanging_ears(c, x, y, r, ear)
    _dog_eyes(c, x, y, r, iris)
    _dog_muzzle(c, x, y, r, muzzle, tongue)


def _branch(c: Canvas, y: float) -> None:
    bough = xy(-1.2 * c.right, y + 0.12, -0.3, y, 0.5, y + 0.06, 1.2 * c.right, y - 0.1)
    c.line(bough, "6b4a32", 0.13)
    c.line([(px, py - 0.03) for px, py in bough], "96704e", 0.04)
    for _ in range(7):
        x, side, long = c.u(-c.right, c.right), c.rng.choice(SIDES), c.u(0.18, 0.3)
        at = frame(x, y + 0.03, long, side * long)
        c.blob(at(0, 0, 0.35, 0.2, 0.9, 0.75, 0.3, 0.6), "7cb452", "4b8a3c")


def _bird_head(c: Canvas, at: Callable[..., list], r: float, cap: str, cheek: str, beak: str) -> None:
    (hx, hy), hr = at(0.42, -0.62)[0], 0.36 * r
    c.polygon(at(0.7, -0.72, 1.08, -0.56, 0.7, -0.46), _lighter(beak, 0.2), beak)
    c.line(at(0.7, -0.58, 1.04, -0.56), _darker(beak, 0.5), 0.015 * r)
    head = c.ellipse(hx, hy, hr, hr, _lighter(cap, 0.12), cap)
    c.blob(at(0.4, -0.58, 0.9, -0.6, 0.8, -0.2, 0.3, -0.2), cheek, within=head, blur=0.02 * r)
    eye = at(0.54, -0.66)[0]
    c.ellipse(*eye, 0.095 * r, 0.095 * r, "ffffff")
    c.ellipse(*eye, 0.075 * r, 0.075 * r, "18120e")
    _glint(c, *eye, 0.09 * r)


def bird(
    c: Canvas, *, back: str, breast: str, wing: str, cap: str, cheek: str, beak: str = "e0a030",
    x: float = 0.0, y: float = 0.1, r: float = 0.72, mirror: bool = False,
) -> None:  # fmt: skip
    """Paint a bird on a branch; it looks to the right, or with ``mirror`` to the left."""
    at = frame(x, y, -r if mirror else r, r)
    _branch(c, y + 0.78 * r)
    c.blob(at(-0.5, 0.2, -0.85, 0.75, -1.12, 1.2, -0.92, 1.22, -0.2, 0.6), wing, _darker(wing, 0.35))
    for foot in (0.02, 0.2):
        c.line(at(foot, 0.6, foot + 0.02, 0.74), "b8743a", 0.05 * r)
        c.line(at(foot - 0.06, 0.76, foot + 0.12, 0.76), "b8743a", 0.05 * r)
    outline = at(0.3, -0.85, 0.72, -0.5, 0.68, 0.0, 0.5, 0.45, 0.1, 0.68, -0.4, 0.5, -0.58, 0.1, -0.2, -0.4)
    body = c.blob(outline, _lighter(back, 0.1), back)
    c.blob(
        at(0.4, -0.4, 0.85, -0.3, 0.75, 0.4, 0.2, 0.8, -0.3, 0.72, 0.1, 0.2),
        _lighter(breast, 0.12),
        _darker(breast, 0.12),
        within=body,
        blur=0.03 * r,
    )
    c.blob(at(0.18, -0.25, 0.24, 0.15, -0.2, 0.48, -0.85, 0.72, -0.6, 0.15, -0.2, -0.22), wing, _darker(wing))
    for k in range(3):
        feather = at(0.1 - 0.12 * k, 0.02 + 0.14 * k, -0.25 - 0.1 * k, 0.26 + 0.1 * k, -0.66, 0.5 + 0.06 * k)
        c.line(feather, _lighter(wing, 0.45), 0.03 * r, strength=0.8)
    _bird_head(c, at, r, cap, cheek, beak)


def _fins(c: Canvas, at: Callable[..., list], r: float, fin: str) -> None:
    tail = at(-0.72, -0.02, -0.95, -0.35, -1.3, -0.5, -1.16, 0, -1.3, 0.5, -0.95, 0.32)
    c.blob(tail, _lighter(fin, 0.2), _darker(fin, 0.2))
    c.blob(at(0.35, -0.42, 0.05, -0.85, -0.45, -0.72, -0.55, -0.3), _lighter(fin, 0.25), fin)
    c.blob(at(0.1, 0.4, -0.15, 0.78, -0.5, 0.62, -0.45, 0.28), fin, _darker(fin, 0.2))
    for k in range(4):
        c.line(at(-0.82, 0.0, -1.18, -0.36 + 0.24 * k), _darker(fin, 0.35), 0.02 * r, strength=0.5)


def _bands(c: Canvas, at: Callable[..., list], r: float, colour: str, body: Mask) -> None:
    for x, wide in ((0.38, 0.16), (-0.12, 0.22), (-0.6, 0.12)):
        band = at(x, -0.8, x + 0.08, 0.0, x, 0.8)
        c.line(band, INK, (wide + 0.07) * r, within=body)
        c.line(band, colour, wide * r, within=body)


def _scales(c: Canvas, at: Callable[..., list], r: float, colour: str, body: Mask) -> None:
    for row in range(-3, 4):
        for column in range(6):
            x, y = 0.28 - 0.17 * column + 0.085 * (row % 2), 0.13 * row
            c.line(at(x, y - 0.07, x - 0.06, y, x, y + 0.07), colour, 0.02 * r, within=body, strength=0.6)


def _bubbles(c: Canvas, x: float, y: float) -> None:
    for k in range(4):
        r = c.u(0.025, 0.07)
        at = x + c.u(-0.08, 0.08), y - 0.2 * k
        c.ellipse(*at, r, r, "ffffff", strength=0.35)
        c.ellipse(at[0] - r * 0.3, at[1] - r * 0.3, r * 0.3, r * 0.3, "ffffff", strength=0.9)


def fish(
    c: Canvas, *, body: str, belly: str, fin: str, bands: str = "", bubbles: bool = True,
    x: float = 0.05, y: float = 0.0, r: float = 0.72, mirror: bool = False,
) -> None:  # fmt: skip
    """Paint a fish that swims to the right or, with ``mirror``, to the left; banded or with scales."""
    at = frame(x, y, -r if mirror else r, r)
    _fins(c, at, r, fin)
    outline = at(0.98, 0.0, 0.7, -0.32, 0.2, -0.5, -0.4, -0.36, -0.85, -0.1, -0.85, 0.1, -0.4, 0.36)
    whole = c.blob([*outline, *at(0.2, 0.5, 0.7, 0.34)], _lighter(body, 0.25), _darker(body, 0.2))
    c.blob(at(0.9, 0.1, 0.2, 0.2, -0.7, 0.12, -0.4, 0.6, 0.6, 0.6), belly, within=whole, blur=0.06 * r)
    if bands:
        _bands(c, at, r, bands, whole)
    else:
        _scales(c, at, r, _darker(body, 0.35), whole)
    c.blob(at(0.16, 0.08, -0.1, 0.0, -0.32, 0.16, -0.2, 0.34, 0.05, 0.28), _lighter(fin, 0.3), fin)
    eye = at(0.66, -0.1)[0]
    c.ellipse(*eye, 0.13 * r, 0.13 * r, "ffffff", "d8dde2")
    c.ellipse(*eye, 0.085 * r, 0.085 * r, "141018")
    _glint(c, *eye, 0.1 * r)
    c.line(at(0.95, 0.06, 0.86, 0.12, 0.78, 0.1), _darker(body, 0.6), 0.03 * r)
    if bubbles:
        _bubbles(c, at(1.18, 0)[0][0], y - 0.1)
