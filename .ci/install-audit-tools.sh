#!/usr/bin/env bash
# Installs the tools that the dependency stage asks when they are there, at pinned versions, into FOLDER/bin:
# osv-scanner (built by Go, 1.26.5 or later), pip-audit and uv (into a virtual environment, wheels only). Beside them, for the tests, the
# validators of the two formats of a bill of materials.
#   .ci/install-audit-tools.sh FOLDER
# What is already right is left alone, so FOLDER can be kept between runs. Python: $PYTHON, else python3.
set -euo pipefail

osv_scanner=2.5.1
pip_audit=2.10.1
uv=0.13.8
cyclonedx=11.12.0
spdx_tools=0.8.5
python=${PYTHON:-python3}

if [ $# -ne 1 ]; then
  echo "usage: install-audit-tools.sh FOLDER" >&2
  exit 2
fi
mkdir -p "$1/bin"
folder=$(cd "$1" && pwd)

say() { printf 'install-audit-tools: %s\n' "$*" >&2; }

has_osv_scanner() {
  [ "$("$folder/bin/osv-scanner" --version 2>/dev/null | sed -n 's/^osv-scanner version: //p')" = "$osv_scanner" ]
}
has_pip_audit() { [ "$("$folder/bin/pip-audit" --version 2>/dev/null)" = "pip-audit $pip_audit" ]; }
has_uv() { [ "$("$folder/bin/uv" --version 2>/dev/null | cut -d ' ' -f 2)" = "$uv" ]; }

has_validators() {
  "$folder/venv/bin/python" -c 'import jsonschema, cyclonedx.validation.json, spdx_tools.spdx.parser' 2>/dev/null
}

# Two runs into the same folder: the second waits, then finds everything there.
exec 9>"$folder/.lock"
flock 9

if has_osv_scanner; then
  say "osv-scanner $osv_scanner is there"
else
  say "building osv-scanner $osv_scanner (a few minutes)"
  fresh=$(mktemp -d "$folder/.osv-scanner.XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  GOBIN="$fresh" GOFLAGS='' CGO_ENABLED=0 go install -trimpath -buildvcs=false -ldflags='-s -w' \
    "github.com/google/osv-scanner/v2/cmd/osv-scanner@v$osv_scanner"
  mv -f "$fresh/osv-scanner" "$folder/bin/osv-scanner"
  has_osv_scanner || { say "the osv-scanner just built does not answer as $osv_scanner"; exit 1; }
fi

if has_pip_audit && has_uv; then
  say "pip-audit $pip_audit and uv $uv are there"
else
  say "installing pip-audit $pip_audit and uv $uv"
  "$folder/venv/bin/python" -c 'import pip' 2>/dev/null || "$python" -m venv --clear "$folder/venv"
  "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
    "pip-audit==$pip_audit" "uv==$uv"
  ln -sf ../venv/bin/pip-audit "$folder/bin/pip-audit"
  ln -sf ../venv/bin/uv "$folder/bin/uv"
  has_pip_audit && has_uv || { say "pip-audit or uv does not answer as the version just installed"; exit 1; }
fi
if has_validators; then
  say "cyclonedx-python-lib and spdx-tools are there"
else
  say "installing cyclonedx-python-lib $cyclonedx and spdx-tools $spdx_tools"
  "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
    "cyclonedx-python-lib[json-validation]==$cyclonedx" "spdx-tools==$spdx_tools"
  has_validators || { say "the validators just installed cannot be loaded"; exit 1; }
fi
say "ready in $folder/bin"
