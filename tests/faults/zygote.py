"""The starter of workers (tests/crash/zygote.py), whose workers know the kind that is watched."""

from tests.crash import zygote
from tests.faults import witness

if __name__ == "__main__":
    witness.register()
    zygote.serve()
