"""Writers: one small one per format, behind `emit.writer.Writer`."""
