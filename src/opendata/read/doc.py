"""Word's binary format (.doc, Word 97 to 2003, [MS-DOC]): the text that prints, its tables, links and headings.

Left out are page headers and footers, comments, deleted and hidden text. Notes print as `[1]` where they are referred to, and
stand at the end of the text. Text boxes stand after the paragraph that they are anchored in. Files older than Word 97 are
refused.
"""

import struct

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Reading
from opendata.read.word_binary import open_binary
from opendata.read.word_blocks import to_reading
from opendata.read.word_stories import Stories


def read_doc(data: bytes, limits: Limits) -> Reading:
    """Read a doc.

    Raises Unreadable `word-broken` for damaged bytes, `word-encrypted`, and `table-too-large`. No other exception leaves it,
    whatever the bytes are.
    """
    try:
        binary = open_binary(data)
        blocks = Stories(binary).all_blocks()
    except (struct.error, LookupError, ValueError, OverflowError, RecursionError) as error:
        raise Unreadable("word-broken", f"{error}") from error
    reading = to_reading(blocks, limits)
    reading.page_title = binary.title
    return reading
