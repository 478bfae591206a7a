"""What an element of a page does to its text."""

SPACES = " \t\n\r\f"
"""White space that collapses; U+3000 and NBSP are printed."""

TEXT, SKIPPED, BREAK, CELL, TABLE, ROW, HEADING, BLOCK, LINK, INLINE = range(10)
"""What an element does to the text: the walk asks once a node."""


_BLOCKS = """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h4 h5 h6 header
    hr legend li main nav ol option p pre section summary tbody tfoot thead title ul
"""
_UNSEEN = "script style template noscript iframe object svg canvas head -comment -document -undef !doctype"
"""Words with a sign in front are nodes that are no elements."""


def _roles() -> dict[str, int]:
    """Return the role of each tag; one that is not listed is inline."""
    roles = dict.fromkeys(_BLOCKS.split(), BLOCK) | dict.fromkeys(_UNSEEN.split(), SKIPPED)
    roles |= dict.fromkeys(("h1", "h2", "h3"), HEADING)
    return roles | {"-text": TEXT, "br": BREAK, "td": CELL, "th": CELL, "table": TABLE, "tr": ROW, "a": LINK}


ROLES = _roles()
