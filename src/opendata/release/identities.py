"""`identities.parquet`: every identity key that was ever published, and the id that it carries."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from opendata.emit.sink import Sink, WrittenFile
from opendata.merge.corpus import IDENTITIES, Corpus

NAME = "identities.parquet"


def write_identities(corpus: Corpus, latest: Path, earlier: Path | None) -> WrittenFile:
    """Write the identity keys of this release, then those that only earlier releases had: no id is ever forgotten."""
    sink = Sink(latest, NAME)
    rows = 0
    with pq.ParquetWriter(pa.PythonFile(sink, "w"), IDENTITIES, compression="zstd", compression_level=1) as out:
        for number in range(len(corpus.parts)):
            table = corpus.identity_rows(number)
            rows += len(table)
            out.write_table(table)
        carried = corpus.carried(earlier / NAME) if earlier is not None else IDENTITIES.empty_table()
        if len(carried):
            rows += len(carried)
            out.write_table(carried)
    return sink.report("application/vnd.apache.parquet", tables=(("identities", rows),))
