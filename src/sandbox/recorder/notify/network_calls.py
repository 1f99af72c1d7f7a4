"""Calls that reach another program or machine, and that wait for one."""

import re

import memory
import names
from calls import NOTHING, Calls

NAME_CACHES = ("unix:/var/run/nscd/socket", "unix:/run/nscd/socket")
LOOPBACK = re.compile(r"^(?:127\.|0\.0\.0\.0:|::1:|:::|::ffff:127\.)")


class NetworkCalls(Calls):
    def connect(self, thread, a):
        return self.reached(memory.address(thread, a[1], a[2]), b"")

    def bind(self, thread, a):
        found = memory.address(thread, a[1], a[2])
        return None if found is None else lambda: self.add("listen", found[0])

    def sendto(self, thread, a):
        found = memory.address(thread, a[4], a[5] & NOTHING) if a[4] else None
        return self.reached(found, memory.read(thread, a[1], min(a[2], 512)) if a[2] else b"")

    def sendmsg(self, thread, a):
        return self.sent(thread, a[1])

    sendmmsg = sendmsg

    def sent(self, thread, pointer):
        name, length, data = memory.message(thread, pointer)
        return self.reached(memory.address(thread, name, length) if name else None, data)

    def reached(self, found, data):
        name = names.question(data) if data else None
        if name is not None and (found is None or found[1] in (53, 5353)):
            return lambda: self.add("dns", name, not self.is_isolated)
        if found is None or found[0] in NAME_CACHES:
            return None
        detail, port = found
        if port == 53:
            # The question follows; where it cannot be read, that there was one is known.
            return lambda: self.add("dns", "*", not self.is_isolated)
        allowed = not self.is_isolated or detail.startswith("unix:") or LOOPBACK.match(detail) is not None
        return lambda: self.add("connect", detail, allowed)
