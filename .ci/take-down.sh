#!/bin/bash
# Stops what bring-up-sandboxes.sh started for this folder, and nothing else.
# usage: .ci/take-down.sh STATE [--purge]    --purge also removes the folder
set -u

say() { echo "take-down: $*" >&2; }
[ $# -ge 1 ] || { say 'usage: take-down.sh STATE [--purge]'; exit 1; }
state=$(cd "$1" 2>/dev/null && pwd) && [ -f "$state/daemon.json" ] || { say "nothing to stop in $1"; exit 0; }
export DOCKER_HOST=unix://$state/docker.sock

# $1: a process id, $2: what its command line has to hold to be ours.
is_ours() {
  [ -n "$1" ] && [ -r "/proc/$1/cmdline" ] && { tr '\0' ' ' <"/proc/$1/cmdline"; } 2>/dev/null | grep -qF "$2"
}

stop() {
  is_ours "$1" "$2" || return 0
  kill -TERM "$1"
  for _ in $(seq 100); do
    is_ours "$1" "$2" || return 0
    sleep 0.1
  done
  kill -KILL "$1"
}

dockerd=$(cat "$state/docker.pid" 2>/dev/null)
containerd=$(cat "$state/exec/containerd/containerd.pid" 2>/dev/null)
if is_ours "$dockerd" "$state/daemon.json"; then
  containers=$(timeout -s KILL 20 docker ps -aq)
  # shellcheck disable=SC2086 # a list of ids
  [ -z "$containers" ] || timeout -s KILL 60 docker rm -f $containers >/dev/null
fi
stop "$dockerd" "$state/daemon.json"
stop "$containerd" "$state/exec/containerd"
awk -v base="$state/" 'index($2, base) == 1 { print $2 }' /proc/mounts | sort -r | while read -r mounted; do
  umount "$mounted" || umount -l "$mounted"
done
rm -f "$state/docker.pid" "$state/docker.sock"
[ "${2:-}" != --purge ] || rm -rf -- "$state"
