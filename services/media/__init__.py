"""Assets: stored pictures and clips."""


def open_store(settings: object, signer: object, clock: object) -> object:
    return None


__all__ = ["open_store"]
