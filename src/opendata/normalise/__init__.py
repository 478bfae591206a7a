"""What printed words mean: dates, numerals, document and index numbers, regions, bodies, categories, genres.

Every function here is pure and total: it reads a string, returns what the string says, and never raises on bad
input. What cannot be read comes back as None, with a problem code where the caller should report it.
"""
