"""Clips made to fit: what is wanted (`wanted`), pictures (`pictures`) and sound (`sound`), written anew (`making`)."""
