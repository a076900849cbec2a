"""Practice Instagram: graph.instagram.com with Instagram Login."""
