"""Lines that ran are noted as coverage.py would see them, and what a program does stays the same."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from coverage import Coverage

from tests.lines import NOTES, with_notes

PROGRAM = '''"""Words."""

from __future__ import annotations

import contextlib
from functools import cache


@cache
@contextlib.contextmanager
def opened(
    name: str,
    times: int = 1,
):
    """Words of its own."""
    for _ in range(times):
        yield name
    else:
        never = lambda: (
            name
        )


class Kept:
    """Words."""

    size: int = 3

    @property
    def half(self) -> float:
        return self.size / 2

    def never(self) -> None:
        pass


def answer(number: int) -> str:
    if number == 1: return "one"
    if number == 2:
        return "two"
    elif number == 3:
        try:
            raise ValueError(
                number,
            )
        except ValueError:
            found = "three"
        else:
            found = "never"
        finally:
            last = found
        return last
    else:
        while number > 4:
            number -= 1
            if number > 90:
                continue
        match number:
            case 4:
                with opened("x") as x, \\
                        contextlib.suppress(KeyError):
                    return x
    raise AssertionError(number)


print([answer(number) for number in (1, 3, 6)], Kept().half, Kept.size, Kept.__doc__, sorted(vars(Kept)))
'''


def _run(code: Any, name: str = "module") -> dict[str, Any]:
    module = ModuleType(name)
    setattr(module, NOTES, [0] * 200)
    exec(code, module.__dict__)
    return module.__dict__


def test_what_is_noted_is_what_coverage_sees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "program.py"
    file.write_text(PROGRAM)
    watching = Coverage(data_file=None, include=[str(file)], config_file=False)
    with watching.collect():
        _run(compile(PROGRAM, str(file), "exec"))
    _, statements, _, missing, _ = watching.analysis2(str(file))
    plain = capsys.readouterr().out
    noted = _run(compile(with_notes(PROGRAM), str(file), "exec"))[NOTES]
    assert {line for line in statements if not noted[line]} == set(missing)
    assert 0 < len(missing) < len(statements) / 2
    assert capsys.readouterr().out == plain
    assert "['one', 'three', 'x'] 1.5 3 Words." in plain


def test_an_error_points_at_its_own_line() -> None:
    with pytest.raises(ZeroDivisionError) as told:
        _run(compile(with_notes("one = 1\n\ntwo = one / 0\n"), "program.py", "exec"))
    assert told.traceback[-1].lineno == 2  # counted from 0
