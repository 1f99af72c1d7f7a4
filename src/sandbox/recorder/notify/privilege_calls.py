"""Calls that ask for more rights than there are, and those that are never let through."""

import memory
from calls import NOTHING, Calls

MOUNTS = frozenset("mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr".split())
NAMESPACES = ((0x10000000, "user"), (0x00020000, "mount"), (0x20000000, "process"), (0x40000000, "network"), (0x04000000, "host name"),
              (0x08000000, "ipc"), (0x02000000, "cgroup"))
FAMILIES = {16: "AF_NETLINK", 17: "AF_PACKET", 38: "AF_ALG", 40: "AF_VSOCK", 44: "AF_XDP"}


class PrivilegeCalls(Calls):
    def identity(self, name):
        def look(thread, a):
            wanted = [value & NOTHING for value in a[:3 if "res" in name else 2 if "re" in name else 1]]
            other = [value for value in wanted if value not in (self.user, NOTHING)]
            return None if not other else lambda: self.add("privilege", "%s %d" % (name, other[0]), False)
        return look

    def setgroups(self, thread, a):
        return lambda: self.add("privilege", "setgroups", False)

    def capset(self, thread, a):
        asked = memory.read(thread, a[1], 24) if a[1] else b""
        return lambda: self.add("privilege", "capset", False) if asked.strip(b"\0") else None

    def refused(self, name):
        """A call that is never let through."""
        def look(thread, a):
            detail = name
            try:
                if name == "mount":
                    kind, target = (memory.text(thread, a[2]) if a[2] else ""), memory.text(thread, a[1])
                    detail = "mount %s on %s" % (kind or memory.text(thread, a[0]) or "something", target)
                elif name in ("umount2", "chroot"):
                    detail = "%s %s" % (name, memory.text(thread, a[0]))
            except memory.Unreadable:
                pass
            if name in ("unshare", "clone"):
                spaces = [space for flag, space in NAMESPACES if a[0] & flag]
                detail = "%s %s" % (name, ", ".join(spaces) or "0")
            if name == "socket":
                family = a[0] & NOTHING
                return lambda: self.add("socket", FAMILIES.get(family, "address family %d" % family), False)
            return lambda: self.add("mount" if name in MOUNTS else "privilege", detail, False)
        return look
