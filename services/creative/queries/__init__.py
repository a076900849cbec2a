"""SQL of the creative room, by table."""
