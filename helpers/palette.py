"""The book's colours: one meaning each, for matplotlib and for the interactive figures.

Every role but ``highlight`` reaches a contrast of 4.5:1 on its ground, and the roles stay apart
under simulated colour blindness. Each role also has a second cue (marker, dash, arrow), so that
colour never carries a meaning alone.
"""

#: role -> (colour on a light page, colour on a dark page)
ROLES: dict[str, tuple[str, str]] = {
    "data": ("#0064fe", "#9dc5fe"),
    "model": ("#a36300", "#f8c14b"),
    "loss": ("#893cae", "#ce68f6"),
    "gradient": ("#a3160e", "#ee6e58"),
    "path": ("#005e46", "#41fcce"),
    "highlight": ("#ffe08a", "#5a4500"),
    "muted": ("#667085", "#98a2b3"),
    "ink": ("#1a1d23", "#eceff4"),
    "ground": ("#ffffff", "#14181e"),
    "panel": ("#f5f7fa", "#222832"),
}

#: role -> the one colour that matplotlib draws it in. A still picture cannot know whether its page is
#: light or dark, so these are mid-tones: at least 3:1 on both grounds, and roles at least 0.1 apart in
#: OKLab for all three kinds of colour blindness (more contrast than 4.2:1 on both is impossible).
MIDTONES: dict[str, str] = {
    "data": "#106afe",
    "model": "#c38522",
    "loss": "#9544ba",
    "gradient": "#cc2f1f",
    "path": "#0a785c",
    "muted": "#8892a4",
    "ink": "#787b81",
}

#: sign -> colour of weights above and below zero, the same on both grounds; a sign stands beside it.
SIGNS: dict[str, str] = {"plus": "#b2182b", "minus": "#2166ac"}

#: From a low to a high loss, for filled surfaces.
LOSSES = ("#dcc3ea", MIDTONES["loss"], "#4f2166")

#: part of a page -> (colour on a light page, colour on a dark page); these carry no meaning of their own.
PAGE: dict[str, tuple[str, str]] = {
    "soft": ("#475467", "#b0b9c6"),
    "line": ("#e4e7ec", "#2e3644"),
    "code": ("#f7f8fa", "#1b212a"),
    "link": ("#0052d6", ROLES["data"][1]),
    "tint": ("#eef4ff", "#1c2739"),
}


def variables(prefix: str, colours: dict[str, tuple[str, str]], theme: int) -> str:
    """Return colours as CSS variables, for a light page (theme 0) or a dark one (1)."""
    return " ".join(f"--{prefix}-{name}: {pair[theme]};" for name, pair in colours.items())
