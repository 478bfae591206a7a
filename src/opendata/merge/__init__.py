"""What needs the whole corpus, seen through keys only: identities, duplicates, bodies, categories, citation targets."""
