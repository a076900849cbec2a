"""Front doors, signatures that show the doors, and who may act across organisations (house.md sections 1 and 3)."""

import ast

from tests.architecture.source import functions, imports, python_files, short, tree_of

OUTSIDE = {"http", "files", "ai", "app"}
ADMIN_CALLERS = {
    "services/kit/app.py",
    "services/identity/sessions.py",
    "services/identity/sign_in.py",
    "services/identity/set_up.py",
    "services/identity/links.py",
    "services/identity/invitations.py",
}


def test_rooms_are_entered_by_their_front_door() -> None:
    """`services.<room>` from outside, `services.<room>.<file>` only from inside the room; kit and events are open."""
    wrong = []
    for file in python_files("services", "worker", "pages", "app.py"):
        room = short(file).split("/")[1] if short(file).startswith("services/") else ""
        for name in imports(file):
            parts = name.split(".")
            if len(parts) < 3 or parts[0] != "services" or parts[1] in ("kit", "events", "wiring", room):
                continue
            if f"services.{parts[1]}" in imports(file) and not _is_module(parts[:3]):
                continue  # `from services.room import name`
            wrong.append(f"{short(file)} imports {name}")
    assert wrong == []


def _is_module(parts: list[str]) -> bool:
    return any(
        short(file) in ("/".join(parts) + ".py", "/".join(parts) + "/__init__.py") for file in python_files("services")
    )


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
        source = (
            ast.unparse(page.body[1] if page and isinstance(page.body[0], ast.Expr) else page.body[0]) if page else ""
        )
        if "require(" not in source:
            wrong.append(short(file))
    assert wrong == []


def test_cached_data_lives_in_one_file_only() -> None:
    users = {short(file) for file in python_files("pages") if "st.cache_data" in file.read_text("utf-8")}
    assert users <= {"pages/parts/reads.py"}
