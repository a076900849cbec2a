"""The practice platforms: strict stand-ins that speak Instagram's and Facebook's wire formats on loopback."""
