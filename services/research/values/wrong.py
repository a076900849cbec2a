"""The one way a cell is refused."""

ABSENT = frozenset({"", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "-", "–"})


class Wrong(ValueError):
    """A cell that cannot be taken. The message names what was found: 'is not a date: "soon"'."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def shown(value: object) -> str:
    """A cell as it is quoted in a message: one line, 40 characters."""
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
