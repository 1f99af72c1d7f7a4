#!/bin/bash
# First process of the emulated machine: mounts what a system manager would, runs the checks, and turns the machine off.
export PATH=/usr/bin:/usr/sbin HOME=/root LANG=C.UTF-8
mkdir -p /dev/pts /dev/shm
mount -t devpts -o ptmxmode=666,gid=5 devpts /dev/pts
mount -t tmpfs -o mode=1777 shm /dev/shm
mount -t tmpfs -o mode=755 run /run
mount -t tmpfs -o mode=1777 tmp /tmp
mount -t cgroup2 -o nsdelegate cgroup /sys/fs/cgroup
ln -s /proc/self/fd /dev/fd 2>/dev/null
ip link set lo up
echo sbx-check >/proc/sys/kernel/hostname
if grep -q sbx.checks=shell /proc/cmdline; then
  setsid bash </dev/console >/dev/console 2>&1
else
  checks=$(sed -n 's/.*sbx\.checks=\([^ ]*\).*/\1/p' /proc/cmdline)
  setsid python3 /work/check-in-vm/checks.py ${checks//,/ } </dev/null >/dev/console 2>&1
fi
sync
echo o >/proc/sysrq-trigger
sleep 100
