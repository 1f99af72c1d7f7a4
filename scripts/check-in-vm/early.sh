#!/bin/busybox sh
# First process of the initrd: finds the disk and goes on from there.
/bin/busybox mkdir -p /sbin /usr/bin /usr/sbin
/bin/busybox --install -s
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
for module in /modules/*; do
  # One that two others need is there twice.
  insmod "$module" 2>/dev/null
done
while [ ! -b /dev/vdb ]; do sleep 0.1; done
mount -t ext4 /dev/vda /root
mount -t ext4 -o ro /dev/vdb /root/work
for each in proc sys dev; do mount --move "/$each" "/root/$each"; done
exec switch_root /root /bin/bash /work/check-in-vm/first.sh
