"""One adapter per platform; they share nothing but services/kit."""
