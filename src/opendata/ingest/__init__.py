"""From what a publisher points at to raw files: directories and archives, media type, encoding."""
