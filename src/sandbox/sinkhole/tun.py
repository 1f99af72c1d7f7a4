"""An interface whose wire ends in this program: whatever leaves the sandbox by it, to any address and port, comes here.

A connection is turned round: the packet goes back in with the sinkhole's listener as its destination and a made-up neighbour as its
source, and the listener's answers go back with the addresses that the client expects. So the kernel speaks TCP on both sides, and any
port of any address can be reached without a rule of a packet filter. Datagrams are read and answered here.

Sources: Documentation/networking/tuntap.rst, netdevice(7), RFC 791, 793, 768, 792, 1624 (checksums), 8200.
"""

import fcntl
import os
import socket
import struct
import threading

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 1, 0x1000
SIOCADDRT, SIOCGIFFLAGS, SIOCSIFFLAGS, SIOCSIFADDR, SIOCSIFNETMASK, SIOCSIFMTU = 0x890B, 0x8913, 0x8914, 0x8916, 0x891C, 0x8922
SIOCGIFINDEX, IFF_UP, RTF_UP, RTF_GATEWAY = 0x8933, 1, 1, 2
NAME = b"eth0"
MTU = 32000
OWN, NEIGHBOUR = socket.inet_aton("10.0.2.15"), socket.inet_aton("10.0.2.2")
OWN6, NEIGHBOUR6 = socket.inet_pton(socket.AF_INET6, "fd00::15"), socket.inet_pton(socket.AF_INET6, "fd00::2")
TCP, UDP, ICMP, ICMP6 = 6, 17, 1, 58
MOST_FLOWS = 20000
FIRST_PORT = 20000


def raise_interface(name):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        request = struct.pack("16sh14x", name, 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(probe, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(probe, SIOCSIFFLAGS, struct.pack("16sh14x", name, flags | IFF_UP))


def socket_address(address):
    return struct.pack("HH4s8x", socket.AF_INET, 0, address)


def open_device():
    """Makes the interface in the network namespace that this process is in; its address and routes with it."""
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", NAME, IFF_TUN | IFF_NO_PI))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        fcntl.ioctl(probe, SIOCSIFADDR, struct.pack("16s16s", NAME, socket_address(OWN)))
        fcntl.ioctl(probe, SIOCSIFNETMASK, struct.pack("16s16s", NAME, socket_address(socket.inet_aton("255.255.255.0"))))
        fcntl.ioctl(probe, SIOCSIFMTU, struct.pack("16si12x", NAME, MTU))
        raise_interface(NAME)
        everywhere = socket_address(bytes(4))
        # struct rtentry: the interface is the one that the gateway lies behind.
        route = struct.pack("L16s16s16sHhLPhPLLH", 0, everywhere, socket_address(NEIGHBOUR), everywhere,
                            RTF_UP | RTF_GATEWAY, 0, 0, 0, 0, 0, 0, 0, 0)
        fcntl.ioctl(probe, SIOCADDRT, route.ljust(120, b"\0"))
    return device


def add_six():
    """The same for IPv6; False where the kernel or the container has none."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            index = struct.unpack("16si12x", fcntl.ioctl(probe, SIOCGIFINDEX, struct.pack("16si12x", NAME, 0)))[1]
            fcntl.ioctl(probe, SIOCSIFADDR, struct.pack("16sIi", OWN6, 64, index))
            # struct in6_rtmsg: destination, source, gateway, kind, prefix lengths, metric, information, flags, interface.
            route = struct.pack("16s16s16sIHHILIi", bytes(16), bytes(16), bytes(16), 0, 0, 0, 1, 0, RTF_UP, index)
            fcntl.ioctl(probe, SIOCADDRT, route)
        return True
    except OSError:
        return False


def total(content):
    """The ones' complement sum of 16-bit words."""
    if len(content) % 2:
        content += b"\0"
    value = sum(struct.unpack(">%dH" % (len(content) // 2), content))
    while value >> 16:
        value = (value & 0xFFFF) + (value >> 16)
    return value


def changed(checksum, old, new):
    """A checksum after some of what it covers was replaced (RFC 1624, equation 3)."""
    value = (~checksum & 0xFFFF) + (~total(old) & 0xFFFF) + total(new)
    while value >> 16:
        value = (value & 0xFFFF) + (value >> 16)
    return ~value & 0xFFFF


class Packet:
    """The parts of an IP packet that are looked at; None of them is trusted."""

    def __init__(self, content):
        self.content = bytearray(content)
        self.is_six = content[0] >> 4 == 6
        if self.is_six:
            self.start, self.protocol, self.at, self.size = 40, content[6], 8, 16
        else:
            self.start, self.protocol, self.at, self.size = (content[0] & 15) * 4, content[9], 12, 4
            if struct.unpack_from(">H", content, 6)[0] & 0x1FFF:
                raise ValueError("a later fragment")
        if len(content) < self.start + 8:
            raise ValueError("too short")
        middle = self.at + self.size
        self.source, self.target = bytes(content[self.at:middle]), bytes(content[middle:middle + self.size])
        self.source_port, self.target_port = struct.unpack_from(">HH", content, self.start)

    def text(self, address):
        return socket.inet_ntop(socket.AF_INET6 if self.is_six else socket.AF_INET, address)

    def redirect(self, source, source_port, target, target_port):
        """This TCP packet with other ends."""
        content = self.content
        old = bytes(content[self.at:self.at + 2 * self.size])
        ports = bytes(content[self.start:self.start + 4])
        new, new_ports = source + target, struct.pack(">HH", source_port, target_port)
        if not self.is_six:
            struct.pack_into(">H", content, 10, changed(struct.unpack_from(">H", content, 10)[0], old, new))
        place = self.start + 16
        if len(content) < place + 2:
            raise ValueError("too short")
        struct.pack_into(">H", content, place, changed(struct.unpack_from(">H", content, place)[0], old + ports, new + new_ports))
        content[self.at:self.at + 2 * self.size], content[self.start:self.start + 4] = new, new_ports
        return bytes(content)

    def reply(self, payload):
        """A packet back to the sender with another payload after the IP header."""
        ends = self.target + self.source
        if self.is_six:
            return bytes(self.content[:4]) + struct.pack(">HBB", len(payload), self.protocol, 64) + ends + payload
        head = bytearray(struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0x4000, 64, self.protocol, 0) + ends)
        struct.pack_into(">H", head, 10, ~total(bytes(head)) & 0xFFFF)
        return bytes(head) + payload

    def with_checksum(self, payload, place):
        """A payload whose checksum, at that place, covers the pseudo-header too."""
        pseudo = self.target + self.source + struct.pack(">IHBB", len(payload), 0, 0, self.protocol)
        value = ~total(pseudo + payload) & 0xFFFF or 0xFFFF
        return payload[:place] + struct.pack(">H", value) + payload[place + 2:]


class Wire(threading.Thread):
    """Moves packets until the device is gone."""

    def __init__(self, device, listener_port, on_datagram):
        super().__init__(daemon=True)
        self.device, self.port, self.on_datagram = device, listener_port, on_datagram
        self.flows, self.ends, self.lost = {}, {}, 0

    def destination(self, neighbour_port):
        """Where a connection from the made-up neighbour was really meant to go: address and port, or None."""
        flow = self.ends.get(neighbour_port)
        return None if flow is None else (flow.text(flow.target), flow.target_port)

    def run(self):
        while True:
            try:
                content = os.read(self.device, 65536)
            except OSError:
                return
            try:
                answer = self.handle(Packet(content)) if len(content) >= 28 else None
                if answer is not None:
                    os.write(self.device, answer)
            except (ValueError, struct.error, OSError):
                # A malformed packet, or one that the kernel does not take back.
                continue

    def handle(self, packet):
        if packet.protocol == TCP:
            return self.turn(packet)
        if packet.protocol == UDP:
            payload = bytes(packet.content[packet.start + 8:])
            answer = self.on_datagram("udp", packet.text(packet.target), packet.target_port, payload)
            if answer is None:
                return None
            head = struct.pack(">HHHH", packet.target_port, packet.source_port, 8 + len(answer), 0)
            return packet.reply(packet.with_checksum(head + answer, 6))
        if packet.protocol == ICMP and packet.content[packet.start] == 8:
            payload = bytes(packet.content[packet.start:])
            self.on_datagram("icmp", packet.text(packet.target), 0, payload[8:])
            answer = b"\0\0\0\0" + payload[4:]
            return packet.reply(answer[:2] + struct.pack(">H", ~total(answer) & 0xFFFF) + answer[4:])
        if packet.protocol == ICMP6 and packet.content[packet.start] == 128:
            payload = bytes(packet.content[packet.start:])
            self.on_datagram("icmp", packet.text(packet.target), 0, payload[8:])
            return packet.reply(packet.with_checksum(b"\x81\0\0\0" + payload[4:], 2))
        return None

    def turn(self, packet):
        own, neighbour = (OWN6, NEIGHBOUR6) if packet.is_six else (OWN, NEIGHBOUR)
        if packet.source == own and packet.source_port == self.port and packet.target == neighbour:
            flow = self.ends.get(packet.target_port)
            if flow is None:
                return None
            return packet.redirect(flow.target, flow.target_port, flow.source, flow.source_port)
        key = (packet.source, packet.source_port, packet.target, packet.target_port)
        port = self.flows.get(key)
        is_first = packet.content[packet.start + 13] & 0x12 == 0x02
        if port is None:
            if not is_first:
                return None
            if len(self.flows) >= MOST_FLOWS:
                self.lost += 1
                return None
            port = FIRST_PORT + len(self.flows)
            self.flows[key] = port
            self.ends[port] = packet
        return packet.redirect(neighbour, port, own, self.port)
