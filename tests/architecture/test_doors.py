"""Front doors, signatures that show the doors, and who may act across organisations (house.md sections 1 and 3)."""

import ast
from pathlib import Path

from tests.architecture.source import ROOT, functions, python_files, short, tree_of

OUTSIDE = {"http", "files", "ai", "app", "mail"}
OPEN = ("kit", "events", "wiring")


def test_rooms_are_entered_by_their_front_door() -> None:
    """Outside a room only names of its `__init__` are imported; kit, events and wiring are open to all."""
    wrong = []
    for file in python_files("services", "worker", "pages", "app.py"):
        own = short(file).split("/")[1] if short(file).startswith("services/") else ""
        for module, name in _names_from_services(file):
            room = module.split(".")[1] if "." in module else name
            if room in (*OPEN, own):
                continue
            if module.count(".") > 1 or ("." in module and name not in _offered(room)):
                wrong.append(f"{short(file)}: from {module} import {name}")
    assert wrong == []


def _names_from_services(file: Path) -> list[tuple[str, str]]:
    found = []
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "services":
            found += [(node.module or "", alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names if alias.name.startswith("services.")]
    return found


def _offered(room: str) -> set[str]:
    """What a room's front door lists in `__all__`."""
    for node in tree_of(ROOT / "services" / room / "__init__.py").body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def test_no_function_takes_a_transaction_together_with_a_door_to_the_outside() -> None:
    wrong = []
    for file in python_files("services", "worker", "pages"):
        for node in functions(file):
            names = {arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
            if "tx" in names and names & OUTSIDE:
                wrong.append(f"{short(file)}:{node.lineno} {node.name}")
    assert wrong == []


def test_pages_run_nothing_on_import() -> None:
    wrong = []
    for file in python_files("pages"):
        if "parts" in file.parts or file.name == "shell.py":
            continue
        for node in tree_of(file).body:
            allowed = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
            is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if not isinstance(node, allowed) and not is_docstring:
                wrong.append(f"{short(file)}:{node.lineno}")
    assert wrong == []


def test_only_the_shell_navigates() -> None:
    users = {short(file) for file in python_files("pages") if "st.navigation" in file.read_text("utf-8")}
    assert users == {"pages/shell.py"}


def test_every_screen_asks_who_is_looking_first() -> None:
    wrong = []
    for file in python_files("pages"):
        if "parts" in file.parts or file.name in ("shell.py", "__init__.py"):
            continue
        page = next((node for node in functions(file) if node.name == "page"), None)
        statements = page.body if page else []
        first = statements[1] if page and ast.get_docstring(page) else statements[0] if statements else None
        source = ast.unparse(first) if first else ""
        if "require(" not in source:
            wrong.append(short(file))
    assert wrong == []


def test_cached_data_lives_in_one_file_only() -> None:
    users = {short(file) for file in python_files("pages") if "st.cache_data" in file.read_text("utf-8")}
    assert users <= {"pages/parts/reads.py"}
