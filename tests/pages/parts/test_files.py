"""The parts keep to the house: nothing runs on import, one door to session state, files of a readable size."""

import ast
from pathlib import Path

import pytest

PARTS = Path(__file__).resolve().parents[3] / "pages" / "parts"
MODULES = sorted(PARTS.glob("*.py"))
# Pure or defining calls that a module may make while it is imported.
CALLS = {
    "Slot",
    "State",
    "Tone",
    "Channel",
    "frozenset",
    "TypeVar",
    "Path",
    "resolve",
    "dataclass",
    "Screen",
    "tuple",
    "maketrans",
    "Offered",
    "Next",
    "time",
    "timedelta",
    "range",
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_nothing_runs_on_import(path: Path) -> None:
    for node in ast.parse(path.read_text()).body:
        assert not isinstance(node, ast.For | ast.While | ast.With | ast.If | ast.Try), ast.unparse(node)
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr):
            for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                assert name in CALLS, ast.unparse(node)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_session_state_has_one_door(path: Path) -> None:
    assert ("session_state" in path.read_text()) == (path.name == "session.py")


@pytest.mark.parametrize("path", [*MODULES, *sorted((PARTS / "web").iterdir())], ids=lambda path: path.name)
def test_a_file_can_be_read_in_one_go(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) < 200
    assert all(len(line) <= 120 for line in lines)
