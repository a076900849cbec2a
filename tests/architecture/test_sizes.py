"""No code file over 250 lines, no function over 50."""

import subprocess

from tests.architecture.source import ROOT, functions, python_files, short

ENDINGS = (".py", ".sql", ".js", ".css", ".sh")
SCRIPTS = ("run", "test", ".ci/run", ".ci/environment", ".ci/system")


def test_no_code_file_is_longer_than_250_lines() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    code = [name for name in listed if (name.endswith(ENDINGS) or name in SCRIPTS) and (ROOT / name).exists()]
    long = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in code}
    assert {name: lines for name, lines in long.items() if lines > 250} == {}
    assert len(code) > 100


def test_no_function_is_longer_than_50_lines() -> None:
    long = [
        f"{short(file)}:{node.lineno} {node.name}"
        for file in python_files()
        for node in functions(file)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > 50
    ]
    assert long == []
