"""`python -m opendata`: the command line where the script is not on the path."""

from opendata.cli import main

if __name__ == "__main__":
    main(prog_name="opendata")
