#!/bin/bash
# Brings up what the sandbox backends need on a Debian-like machine without systemd and without an image registry.
# usage: .ci/bring-up-sandboxes.sh STATE    as root; installs only what is missing; prints lines to source on standard output
# Idempotent. `.ci/take-down.sh STATE` stops what it started.
set -euo pipefail

say() { echo "bring-up: $*" >&2; }
fail() { say "$*"; exit 1; }

[ $# -eq 1 ] || fail 'usage: bring-up-sandboxes.sh STATE'
[ "$(id -u)" = 0 ] || fail 'needs root'
mkdir -p "$1"
chmod 755 "$1"
state=$(cd "$1" && pwd)
[ ${#state} -lt 70 ] || fail "the path of a Unix socket has room for 108 bytes: choose a shorter folder than $state"
exec 9>"$state/lock"
flock -w 300 9

packages=(docker.io podman runsc firejail bubblewrap strace faketime util-linux mount python3)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  say "installing ${missing[*]}"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    >"$state/apt.log" 2>&1 9>&- || fail "apt-get failed: $(tail -3 "$state/apt.log")"
fi

# Firejail refuses to contain root; as root, sbx runs it as this user, who owns nothing and has no password. It starts every
# command through the login shell.
id sbx-firejail >/dev/null 2>&1 || useradd --create-home --shell /bin/sh sbx-firejail

export DOCKER_HOST=unix://$state/docker.sock

# A pid file may be older than the process that has the number now: its command line tells.
is_ours() {
  local pid
  pid=$(cat "$state/docker.pid" 2>/dev/null) && [ -n "$pid" ] &&
    { tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qF "$state/daemon.json"
}

answers() { timeout -s KILL 5 docker version >/dev/null 2>&1; }

start_dockerd() {
  local driver=$1 pid
  rm -f "$state/docker.pid" "$state/docker.sock"
  # No bridge and no packet filter rules: sandboxes have no network. gVisor without KVM, on kernels of every age.
  cat >"$state/daemon.json" <<JSON
{
  "bridge": "none", "iptables": false, "ip6tables": false, "ip-forward": false, "ip-masq": false,
  "storage-driver": "$driver",
  "data-root": "$state/data", "exec-root": "$state/exec", "pidfile": "$state/docker.pid",
  "hosts": ["$DOCKER_HOST"],
  "runtimes": {
    "runsc": { "path": "$(command -v runsc || echo /usr/bin/runsc)", "runtimeArgs": ["--network=none", "--platform=ptrace"] }
  }
}
JSON
  setsid dockerd --config-file "$state/daemon.json" >"$state/dockerd.log" 2>&1 </dev/null 9>&- &
  pid=$!
  for _ in $(seq 150); do
    answers && return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.2
  done
  say "dockerd with $driver: $(tail -1 "$state/dockerd.log" | cut -c1-300)"
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  return 1
}

if ! { is_ours && answers; }; then
  say 'starting dockerd'
  start_dockerd overlay2 || start_dockerd vfs || fail "dockerd does not start; see $state/dockerd.log"
fi
echo "export DOCKER_HOST=$DOCKER_HOST"
