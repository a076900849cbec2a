"""Practice LinkedIn: www.linkedin.com for sign-in, api.linkedin.com with dated versions."""
