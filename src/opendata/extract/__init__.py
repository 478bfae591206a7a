"""Finding what is printed: header, outline, tables, quantities, citations; every finding is a span."""
