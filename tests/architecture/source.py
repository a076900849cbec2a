"""The project's own source, parsed once for the architecture tests."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("app.py", "pages", "services", "worker", "tests")


@cache
def python_files(*tops: str) -> tuple[Path, ...]:
    found: list[Path] = []
    for top in tops or CODE:
        path = ROOT / top
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return tuple(file for file in found if "__pycache__" not in file.parts)


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def short(file: Path) -> str:
    return str(file.relative_to(ROOT))


@cache
def functions(file: Path) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]:
    return tuple(node for node in ast.walk(tree_of(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
