"""When kinds of job start by themselves."""
