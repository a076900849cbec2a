"""TikTok: Login Kit and the Content Posting API v2."""
