"""The program: `opendata`, or `python -m opendata` where the script is not on the path."""

import sys
from importlib.abc import MetaPathFinder

from opendata.cli import main


class _WithoutPandas(MetaPathFinder):
    """Says that there is no pandas: pyarrow imports it with its first list where it can, for 0.3 to 1.1 s, and we never use it."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


def run() -> None:
    """Run the command line in a process that is its own."""
    sys.meta_path.insert(0, _WithoutPandas())
    main(prog_name="opendata")


if __name__ == "__main__":
    run()
