"""Puts a plugin into a folder, as `pip install --target` does, and runs Python with that folder in its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parent / "myosteon_example"


def install_example(folder: Path) -> Path:
    """Installs the example with pip; where pip cannot work here, places its files and metadata as pip would."""
    source, target = folder / "source", folder / "installed"
    # pip leaves build files beside the source, so it gets a copy.
    shutil.copytree(EXAMPLE, source)
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    done = subprocess.run(
        [*command, "--target", str(target), str(source)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source / "src" / "myosteon_example", target / "myosteon_example")
        write_metadata(target, "myosteon_example", "kwgs2023 = myosteon_example.kwgs2023:GUIDELINE")
    return target


def install_module(folder: Path, name: str, code: str, **data: str) -> Path:
    """Installs a package of one module, whose guideline is called GUIDELINE, with data files given as name=text."""
    target = folder / "installed"
    package = target / name
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(code, encoding="utf-8")
    for stem, text in data.items():
        (package / f"{stem}.toml").write_text(text, encoding="utf-8")
    write_metadata(target, name, f"{name} = {name}:GUIDELINE")
    return target


def write_metadata(target: Path, name: str, entry_point: str) -> None:
    """The part of an installed distribution that tells Python its entry points."""
    metadata = target / f"{name}-0.1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1.0\n", encoding="utf-8"
    )
    (metadata / "entry_points.txt").write_text(f"[myosteon.guidelines]\n{entry_point}\n", encoding="utf-8")


def run_with(installed: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Runs code in a Python of its own that finds what is installed in the folder."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(installed), os.environ.get("PYTHONPATH", "")]),
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
