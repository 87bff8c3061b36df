#!/usr/bin/env python3
"""clients.py SERVER: do clients that others wrote manage stored threads on it?

Each is run by a Python that can import it: the one that CLIENT_OPENAI_CODEX,
CLIENT_CODEX_APP_SERVER_SDK or CLIENT_CODEXED names, else one of PATH. Each works on its own copy of
every home that is there. Nothing is installed: what is missing is told and skipped.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HOMES = [ROOT.parent / "shared/homes/h163", ROOT / "Fixtures/home"]
# The distribution, the version that is known to work, and Pythons that may have it.
CLIENTS = [
    ("openai-codex", "0.163.0", ["python3", "python3.11", "python3.12", "python3.13"]),
    ("codex-app-server-sdk", "0.4.1", ["python3.12", "python3.13", "python3"]),
    ("codexed", "1.2.2", ["python3.13", "python3"]),
]


def interpreter(distribution, version, defaults):
    """A Python that has this version of the distribution; else None, and why."""
    variable = "CLIENT_" + distribution.upper().replace("-", "_")
    named = os.environ.get(variable)
    ask = f"import importlib.metadata as m; print(m.version({distribution!r}))"
    for python in [named] if named else defaults:
        if not shutil.which(python):
            continue
        found = subprocess.run([python, "-c", ask], capture_output=True, text=True)
        if found.returncode == 0 and found.stdout.strip() == version:
            return python, None
    asked = named or ", ".join(defaults)
    return None, f"no {distribution}=={version} with {asked}; {variable} may name a Python with it"


def run(distribution, python, server, home):
    script = HERE / (distribution.replace("-", "_") + "_client.py")
    with tempfile.TemporaryDirectory(prefix="reprise-client-") as folder:
        copy = Path(folder).resolve() / "home"
        shutil.copytree(home, copy, symlinks=True)
        for path in [copy, *copy.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        command = [python, "-B", str(script), str(server), str(copy)]
        try:
            return subprocess.run(command, timeout=300).returncode == 0
        except subprocess.TimeoutExpired:
            return False


def main():
    server = Path(sys.argv[1]).resolve()
    failed = False
    for distribution, version, defaults in CLIENTS:
        python, missing = interpreter(distribution, version, defaults)
        if missing:
            print(f"skipped  {distribution}: {missing}")
            continue
        for home in HOMES:
            if not home.is_dir():
                print(f"skipped  {distribution} on {home.name}: there is no {home}")
                continue
            passed = run(distribution, python, server, home)
            failed |= not passed
            print(f"{'passed ' if passed else 'FAILED '}  {distribution} {version} on {home.name}",
                  flush=True)
    sys.exit(failed)


main()
