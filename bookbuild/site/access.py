"""Repairs to the theme's pages for readers with a keyboard or a screen reader."""

from __future__ import annotations

import re

#: (what the theme writes, what it means): each pair is a fault that axe or a screen reader finds.
REPAIRS = (
    # The sidebar holds the book's name and search, outside of any landmark.
    (
        '<div id="pst-primary-sidebar" class=',
        '<div id="pst-primary-sidebar" role="complementary" aria-label="Book" class=',
    ),
    # This label hides the visible words ("Show a solution") from a screen reader.
    ('<summary aria-label="Toggle hidden content">', "<summary>"),
    # An advertisement's place, which this book leaves empty.
    (
        re.compile(
            r'<div class="sidebar-primary-item">\s*<div id="ethical-ad-placement"[^>]*>\s*</div>\s*</div>'
        ),
        "",
    ),
    # The corner of a table with row names names nothing.
    (re.compile(r'<th class="head">(?:<p>\s*</p>)?</th>'), '<td class="head"></td>'),
)


def improve(html: str) -> str:
    """Return a page with the theme's faults of accessibility repaired; a repaired page stays as it is."""
    for fault, repair in REPAIRS:
        html = html.replace(fault, repair) if isinstance(fault, str) else fault.sub(repair, html)
    return html
