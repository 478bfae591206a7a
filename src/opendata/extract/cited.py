"""What one citation of another document says."""

from typing import NamedTuple


class Citation(NamedTuple):
    """One citation; `printed` is `text[start:end]`.

    `kind` is title, number or title_and_number. `cited_title` is without its outer 《》, line breaks closed up;
    `cited_number` is in canonical form (国发〔2019〕5号).
    """

    kind: str
    cited_title: str | None
    cited_number: str | None
    printed: str
    start: int
    end: int
