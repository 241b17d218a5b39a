"""Which room may import which: the contracts of `.importlinter`."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("importlinter")

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "src" / "myosteon"
LONGEST_INIT = 12


def lint(config: Path) -> subprocess.CompletedProcess[str]:
    command = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(config_filename=sys.argv[1], no_cache=True))"
    paths = os.pathsep.join([str(PROJECT / "src"), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-c", command, str(config)],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )


def test_every_contract_between_rooms_is_kept() -> None:
    done = lint(PROJECT / ".importlinter")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_a_broken_contract_would_be_noticed(tmp_path: Path) -> None:
    """The other way round the rooms cannot be right: rules under the engine's feet."""
    config = tmp_path / "importlinter.ini"
    config.write_text(
        "[importlinter]\nroot_package = myosteon\n"
        "[importlinter:contract:upside-down]\nname = upside down\ntype = layers\n"
        "layers =\n    myosteon.errors\n    myosteon.rules\n",
        encoding="utf-8",
    )
    done = lint(config)
    assert done.returncode == 1
    assert "1 broken" in done.stdout


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("__init__.py")), ids=lambda file: file.parent.name)
def test_an_init_is_thin(file: Path) -> None:
    """A sentence, and at most what it passes on: nothing is defined there, and `__all__` names just what is passed on."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{file} does not say what the room is for"
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_INIT
    rest = tree.body[1:]
    assert all(isinstance(node, ast.Import | ast.ImportFrom | ast.Assign) for node in rest)
    passed_on = [
        alias.asname or alias.name
        for node in rest
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    named = [name for node in rest if isinstance(node, ast.Assign) for name in ast.literal_eval(node.value)]
    assert sorted(named) == sorted(name for name in passed_on if name != "annotations")


def test_all_names_only_what_is_there() -> None:
    """Every name of every `__all__` is defined or imported in its module."""
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        listed = [name for node in tree.body for name in _all_of(node)]
        assert set(listed) <= _names(tree), file
        assert len(listed) == len(set(listed)), file


def _all_of(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Assign) and any(
        isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets
    ):
        return list(ast.literal_eval(node.value))
    return []


def _names(tree: ast.Module) -> set[str]:
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        if isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names
