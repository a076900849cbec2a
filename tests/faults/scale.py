"""How much is played: a sample in `./test`, the whole by `./test faults`."""

import os

IS_WHOLE = os.environ.get("LOOPDESK_FAULTS") == "whole"
DATABASE_DEATHS = 200 if IS_WHOLE else 5
CROWD_JOBS, CROWD_WORKERS = (10_000, 16) if IS_WHOLE else (500, 4)
EDITS = 300 if IS_WHOLE else 40
PICKUPS = 300 if IS_WHOLE else 40
