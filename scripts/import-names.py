"""Keeps src/deps/data/import-names.json: what a distribution is called, and what is imported when it is installed.

    python3 scripts/import-names.py                    sorts the file, drops what its rules leave out
    python3 scripts/import-names.py FOLDER...          adds what the wheels and .dist-info folders below FOLDER say of themselves
    python3 scripts/import-names.py --check FOLDER...  changes nothing; says where the file and the wheels differ (exit 1)

Wheels are read as archives and never installed: `pip download --no-deps --only-binary :all: -d FOLDER NAME` gets one. What counts is
RECORD, the list of files that the wheel itself carries (top_level.txt is optional, and missing in most). Written down are distributions
of which at least one public name differs from their own: `pyyaml` is imported as `yaml`. Every other one is taken to be imported by
its own name. A folder without `__init__.py` is a name space: names go on below it (`google.cloud.storage`). What no wheel at hand
says was entered by hand.
"""

import json
import re
import sys
import zipfile
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src" / "deps" / "data" / "import-names.json"

# What packages leave at the top level by mistake or for their own use: nobody imports it as theirs.
STRAY = {
    "bench", "benchmark", "benchmarks", "bin", "build", "ci", "conftest", "doc", "docs", "etc", "example", "examples", "include", "lib",
    "licenses", "man", "packaging_tests", "resources", "samples", "script", "scripts", "setup", "share", "src", "template", "templates",
    "test", "tests", "testing", "tools", "tutorials", "typings",
}
MODULE = re.compile(r"^([A-Za-z][A-Za-z0-9_]*)(?:\.[A-Za-z0-9_.-]+)?\.(?:py|so|pyd)$|^([A-Za-z][A-Za-z0-9_]*)\.py$")
MAX_NAMES = 12
MAX_DEPTH = 4


def normal(name):
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def is_stray(name):
    first = name.split(".")[0].lower()
    return first in STRAY or first.startswith("test_") or name.endswith("__mypyc")


def imports_of(files):
    """The names that can be imported, out of the paths in a RECORD."""
    tree = {}
    for path in files:
        parts = path.split("/")
        if parts[0] in ("..", "") or parts[0].endswith((".dist-info", ".data", ".libs")) or "__pycache__" in parts:
            continue
        node = tree
        for part in parts[:-1]:
            node = node.setdefault(part, {})
        node[parts[-1]] = None
    found = set()

    def gather(node, prefix, depth):
        for name, below in node.items():
            if below is None:
                match = MODULE.match(name)
                if match and name != "__init__.py":
                    found.add(prefix + (match[1] or match[2]))
            elif re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
                if any(part is None and re.match(r"__init__\.(py|pyc|.*so|.*pyd)$", file) for file, part in below.items()):
                    found.add(prefix + name)
                elif depth < MAX_DEPTH:
                    gather(below, prefix + name + ".", depth + 1)

    gather(tree, "", 0)
    return sorted(name for name in found if not is_stray(name))


def differing(distribution, names):
    """The names to write down; none when all of them are the distribution's own."""
    others = [name for name in names if not (normal(name) + "-").startswith(distribution + "-")]
    return names if others and len(names) <= MAX_NAMES else []


def wheels_below(folders):
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.whl")):
            try:
                with zipfile.ZipFile(path) as archive:
                    yield normal(path.name.split("-")[0]), archive.namelist()
            except (OSError, zipfile.BadZipFile) as error:
                print(f"{path}: {error}", file=sys.stderr)
        for path in sorted(Path(folder).rglob("*.dist-info/RECORD")):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            yield normal(path.parent.name.split("-")[0]), [line.rsplit(",", 2)[0].strip('"') for line in lines]


def main(arguments):
    known = json.loads(DATA.read_text(encoding="utf-8")) if DATA.exists() else {}
    checks = arguments[:1] == ["--check"]
    differences = 0
    for distribution, files in wheels_below(arguments[1:] if checks else arguments):
        names = imports_of(files)
        said = differing(distribution, names)
        if checks:
            unknown = [name for name in known.get(distribution, []) if names and not any(n == name or n.startswith(name + ".") or name.startswith(n + ".") for n in names)]
            if unknown or (said and distribution not in known):
                differences += 1
                print(f"{distribution}: the file says {known.get(distribution)}, the wheel {names}")
        elif said and distribution not in known:
            known[distribution] = said
    if checks:
        return 1 if differences else 0
    lines = [f"  {json.dumps(name)}: {json.dumps(sorted(known[name]))}" for name in sorted(known)]
    DATA.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(known)} distributions")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
