"""Makes src/deps/data/top-PyPI.txt and top-npm.txt: the names that most people download, for `dependency-typosquat`.

    python3 scripts/top-names.py GUARDDOG_WHEEL NPM_HIGH_IMPACT_TARBALL

Both are read as archives and never installed: `pip download --no-deps guarddog==3.2.0` and `npm pack npm-high-impact@1.13.0` get them.
A file holds one name a line, most downloaded first: those that somebody may have meant, an empty line, and the rest, of which it is only
known that they are packages of their own. Names of npm with a scope belong to whoever has the scope and are left out.
"""

import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src" / "deps" / "data"
PYPI = "guarddog/analyzer/metadata/resources/top_pypi_packages.json"
NPM = "package/lib/top-download.js"
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")

# So many are taken for what somebody may have meant. With 3,000, one in a hundred of the names on the second half of the lists would
# be taken for a mistyped one; with 5,000, one in sixty.
MEANT = 3_000


def write(ecosystem: str, names: list[str]) -> None:
    listed = list(dict.fromkeys(name for name in names if NAME.fullmatch(name)))
    text = "\n".join([*listed[:MEANT], "", *listed[MEANT:]]) + "\n"
    (DATA / f"top-{ecosystem}.txt").write_text(text, encoding="ascii")
    print(f"{ecosystem}: {len(listed)} names")


def main(wheel: str, tarball: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        listed = json.loads(archive.read(PYPI))["packages"]
    write("PyPI", [re.sub(r"[-_.]+", "-", name).lower() for name in listed])
    with tarfile.open(tarball) as archive:
        source = archive.extractfile(NPM)
        if source is None:
            raise SystemExit(f"{tarball}: no {NPM}")
        text = source.read().decode("utf-8")
    write("npm", re.findall(r"^  '([^']+)',$", text, re.MULTILINE))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
