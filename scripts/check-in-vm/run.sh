#!/usr/bin/env bash
# Runs the built sbx on a real kernel of another kind than this machine's: Debian's own, in an emulated machine, with version 2 of control
# groups alone; as root and as an ordinary user, to whom a group is delegated and to whom none is.
#
#   scripts/check-in-vm/run.sh amd64|arm64 [CHECK...]     the checks: see checks.py; without any, all of them
#
# Needs Debian 12 (its packages and npm as they are configured here), and of it:
#   qemu-system-x86 qemu-system-arm cpio kmod e2fsprogs zstd
# As root, or under fakeroot. What is downloaded (Debian's kernel and some 80 packages, Node: 250 MB) is kept in VM_FOLDER. ACCEL=kvm uses
# the processor itself where it is of the same kind; the default, emulation, is some twenty times slower.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/../.." && pwd)
machine=${1:?amd64 or arm64}
shift
folder=${VM_FOLDER:-${XDG_CACHE_HOME:-$HOME/.cache}/sbx-check-in-vm}/$machine
accel=${ACCEL:-tcg}
mkdir -p "$folder"

[ -f "$folder/root.img" ] || bash "$here/make-root.sh" "$machine" "$folder"

echo "== sbx, on a disk of its own"
rm -rf "$folder/project"
mkdir -p "$folder/project/check-in-vm"
cp -r "$project"/{bin,dist,manifests,rules,package.json} "$folder/project/"
(cd "$folder/project" && cp "$project/package-lock.json" . && npm ci --silent --omit=dev --ignore-scripts)
cp -r "$here"/. "$folder/project/check-in-vm/"
rm -f "$folder/project.img"
mkfs.ext4 -q -d "$folder/project" -E root_owner=0:0 "$folder/project.img" 256M

case $machine in
  amd64) emulator=(qemu-system-x86_64 -M q35 -cpu "$([ "$accel" = kvm ] && echo host || echo max)") console=ttyS0 ;;
  arm64) emulator=(qemu-system-aarch64 -M virt -cpu "$([ "$accel" = kvm ] && echo host || echo cortex-a72)") console=ttyAMA0 ;;
esac

echo "== $machine: ${*:-all checks}"
log=$folder/console.log
nice -n 10 timeout --foreground "${VM_SECONDS:-7200}" "${emulator[@]}" -accel "$accel" -smp 2 -m 2048 -nographic -no-reboot -nic none \
  -kernel "$folder/kernel" -initrd "$folder/initrd" \
  -drive "file=$folder/root.img,format=raw,if=virtio,snapshot=on" \
  -drive "file=$folder/project.img,format=raw,if=virtio,snapshot=on" \
  -append "console=$console quiet panic=-1 sbx.checks=$(IFS=,; echo "${*:-all}")" \
  | tee "$log"

tally=$(tr -d '\r' <"$log" | grep -aE '^[0-9]+ held, [0-9]+ fell short$' | tail -1)
echo "== $machine: ${tally:-did not come to an end}; the whole console: $log"
[[ $tally =~ \ 0\ fell ]]
