"""The guard's numbers, each with its reason: where a page is looked at closer, what it may keep.

Times and sizes were measured with selectolax 1.0.2 (Lexbor) on one core of 2024's making.
"""

from __future__ import annotations

from typing import Final

FORMATTING: Final = frozenset("a b big code em font i nobr s small strike strong tt u".split())
NOT_NESTING: Final = frozenset(
    """area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr
    p li dt dd td th tr tbody thead tfoot colgroup caption h1 h2 h3 h4 h5 h6 head""".split()
)
"""Void elements and those that end when the next of their kind starts."""
IN_TABLES: Final = frozenset("caption col colgroup tbody td tfoot th thead tr".split())
IGNORED: Final = frozenset(("head", "frame", "frameset"))
OPTIONS: Final = frozenset(("option", "optgroup"))
ROOTS: Final = frozenset(("html", "body"))

BREAKOUTS: Final = frozenset(
    """b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing
    menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var""".split()
)
"""Elements that end a drawing or a formula they stand in, and do not close themselves."""
DRAWINGS: Final = frozenset(("svg", "math"))
"""Elements in which the parser goes by rules of their own."""
POINTS: Final = frozenset("annotation-xml desc foreignobject mi mn mo ms mtext".split())
"""Elements of drawings and formulas in which the page's own elements may stand."""
RAW: Final = frozenset("script style textarea title xmp iframe noembed noframes".split())
"""Elements whose content is no markup."""

SMALL_PAGE: Final = 10_000
"""Characters below which no shape costs more than a third of a second: the cheapest unclosed
formatting tag with attributes of its own takes 14, and 700 of them cost 0.2 s."""
LARGE_PAGE: Final = 2_000_000
"""Characters above which a page is always looked at closely: it costs a fraction of the parse, and
hiding a shape from the quick look would pay there."""
STEP: Final = 4_096
SAMPLE: Final = 1_024
"""The quick look reads SAMPLE characters of every STEP."""
SPARSE: Final = 80
"""Characters to a tag, on average, above which a stretch is mostly text."""
CROWDED: Final = 25
"""Characters to a tag, on average, below which a stretch may be a flood of options."""
UNBALANCED: Final = 1_000
"""Start tags without end tags in a row of any length (or the reverse) that call for a closer look;
99 of 100 news pages stay below, counting void elements, and 1,000 of the worst cost 0.4 s."""
LONG_TAG: Final = 4 * STEP
"""Characters without "<" that may be one tag with thousands of attributes."""

MANY_TAGS: Final = 20_000
"""Tags that call for a closer look, for stray end tags may balance what is unclosed; the largest of
1,550 news pages has 19,629."""
MANY_MISPLACED: Final = 4_000
"""Tags that may be parts of a table outside of one, and the like, that call for a closer look: the
parser ignores them, but each moves the text before it to fresh memory when it has attributes."""
MANY_ATTRIBUTES: Final = 50_000
"""Equals signs (in scripts and addresses too) that call for a closer look at the attributes."""

MAX_TAGS: Final = 100_000
"""Tags left in a page that has too many; five times what the largest of 1,550 news pages has."""
MAX_DEPTH: Final = 120
"""Open elements; real pages stay below 60, and libxml2, where a second opinion is parsed, ends at 256."""
MAX_ATTRIBUTES: Final = 200
MAX_NAMES: Final = 10_000
"""Different attribute names in a page; the parser's table of them slows down by the square."""
FLOODED_ATTRIBUTES: Final = 16
"""Attributes of a long tag that are still looked at once there are too many names."""
MAX_OPTIONS: Final = 2_000
"""Options of all selects; each costs the parser a walk over those before it."""
MAX_IGNORED: Final = 200
"""Tags that the parser ignores, each of which may copy all the text before it."""
MAX_ROOTS: Final = 16
"""Repeated html and body tags; each merges its attributes into the first one's."""
MAX_FORMATTING: Final = 16
"""Formatting elements open at once; the parser opens every one of them again in each new block."""
MAX_REOPENED: Final = 30_000
"""Formatting elements reopened in the whole page, about 200 bytes each."""
MAX_UNMATCHED: Final = 100
"""End tags of formatting elements that are not open; each walks and may clone all that is open."""
FLOOD: Final = 1_000_000
"""Tags in a page above which stretches with hardly anything else are left out unread."""
FLOOD_TAG: Final = 12
"""Characters to a tag, on average, below which a stretch is such a flood, unless text stands in it."""
TEXT_RUN: Final = 64
"""Characters without a tag that make a stretch of tags worth keeping after all."""
