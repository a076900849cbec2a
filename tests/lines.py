"""
Notes which lines of services and worker the tests run (`-p tests.lines`), as data files of coverage.py.

On Python 3.11 coverage.py watches with a tracer, which slows down whatever runs: Streamlit, httpx and the tests as
well. Here a statement stands before each statement that is measured, and notes its line. What is a line, the report
and the limit are coverage.py's: `coverage combine`, `coverage report`.
"""

import ast
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from coverage import CoverageData

ROOT = Path(__file__).resolve().parents[1]
MEASURED = ("services", "worker")
NOTES = "__ran__"
_BODIES = ("body", "orelse", "finalbody")
_ran: dict[str, list[int]] = {}


def with_notes(source: bytes | str) -> ast.Module:
    """The program of `source`, in which every statement sets `__ran__[its line]` to 1 before it runs."""
    tree = ast.parse(source)
    for node in list(ast.walk(tree)):
        for name in _BODIES:
            if isinstance(body := getattr(node, name, None), list) and body:
                setattr(node, name, _noted(node, body))
    return tree


def _noted(owner: ast.AST, body: list[ast.stmt]) -> list[ast.stmt]:
    first = _first(owner, body)
    made = body[:first]
    lines = [*_heads(owner), *(one.lineno for one in made)]
    for statement in body[first:]:
        lines += [*(one.lineno for one in getattr(statement, "decorator_list", [])), statement.lineno]
        made += [*(_note(line, statement) for line in lines), statement]
        lines = []
    return made


def _first(owner: ast.AST, body: list[ast.stmt]) -> int:
    """How many statements must stay first: the docstring, and what comes from the future."""
    has_words = isinstance(owner, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    count = int(has_words and ast.get_docstring(owner) is not None)  # type: ignore[arg-type]
    while count < len(body) and isinstance(one := body[count], ast.ImportFrom) and one.module == "__future__":
        count += 1
    return count


def _heads(owner: ast.AST) -> list[int]:
    """Lines that lead into a body without a statement: a handler or a case counts once it is entered."""
    if isinstance(owner, ast.match_case):
        return [owner.pattern.lineno]
    return [owner.lineno] if isinstance(owner, ast.ExceptHandler) else []


def _note(line: int, beside: ast.stmt) -> ast.stmt:
    place = ast.Subscript(ast.Name(NOTES, ast.Load()), ast.Constant(line), ast.Store())
    made = ast.Assign([place], ast.Constant(1))
    for node in ast.walk(made):
        ast.copy_location(node, beside)  # where an error's traceback points
    return made


class _Loader(SourceFileLoader):
    """Compiles with notes, and leaves the kept compiled files alone."""

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> Any:
        return compile(with_notes(data), path, "exec", dont_inherit=True, optimize=_optimize)

    def path_stats(self, path: Any) -> Any:
        raise OSError("nothing compiled is kept of this")

    def exec_module(self, module: ModuleType) -> None:
        lines = self.get_data(self.path).count(b"\n") + 2
        setattr(module, NOTES, _ran.setdefault(self.path, [0] * lines))
        super().exec_module(module)


class _Finder:
    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name.partition(".")[0] not in MEASURED:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def pytest_sessionfinish() -> None:
    """Each process writes down what it saw, and the files of which it saw nothing."""
    data = CoverageData(str(ROOT / ".coverage"), suffix=f"lines.{os.getpid()}")
    data.add_lines({path: [line for line, ran in enumerate(lines) if ran] for path, lines in _ran.items()})
    data.touch_files(str(file) for folder in MEASURED for file in (ROOT / folder).rglob("*.py"))
    data.write()


sys.meta_path.insert(0, _Finder)  # type: ignore[arg-type]
