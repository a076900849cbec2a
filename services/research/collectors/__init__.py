"""One file per source: its rows as ours. They know nothing of each other."""
