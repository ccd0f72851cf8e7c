"""Bylines and date lines read from single lines of text.

In comes the text of one short block, out go the names or dates it is made of, or None when
it is anything else. Labelling asks this to name a block, metadata asks it for the values, so
both mean the same by a byline; the words of twenty languages, and those of dates in ten more, are
data files in `words/`.
"""

from cleaner.label.lines.byline import read_byline
from cleaner.label.lines.dateline import DateLine, read_dateline

__all__ = ["DateLine", "read_byline", "read_dateline"]
