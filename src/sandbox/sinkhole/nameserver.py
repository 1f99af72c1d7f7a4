"""Answers every question for a name (RFC 1035): addresses that lead into the sinkhole, and what mail programs ask for."""

import ipaddress
import struct

A, PTR, MX, TXT, AAAA = 1, 12, 15, 16, 28
TYPES = {A: "A", 2: "NS", 5: "CNAME", 6: "SOA", PTR: "PTR", MX: "MX", TXT: "TXT", AAAA: "AAAA", 33: "SRV", 65: "HTTPS", 255: "ANY"}
# Networks set aside for tests (RFC 2544) and for examples (RFC 3849): nobody's.
FOUR, SIX = int(ipaddress.ip_address("198.18.0.0")), int(ipaddress.ip_address("2001:db8:18::"))
LONGEST_NAME, MOST_LABELS = 255, 127


def address_of(number):
    return ipaddress.ip_address(FOUR + number)


def address6_of(number):
    return ipaddress.ip_address(SIX + number)


def number_of(address):
    """The number of the name that an address was given out for, or 0."""
    value = int(ipaddress.ip_address(address))
    for base in (FOUR, SIX):
        if base < value < base + 65536:
            return value - base
    return 0


def read_question(message):
    """The name (each label's bytes as Latin-1), type and end of the first question; None for what is none."""
    labels, at = [], 12
    while at < len(message) and len(labels) < MOST_LABELS and at < 12 + LONGEST_NAME:
        length = message[at]
        if length == 0:
            if at + 5 > len(message):
                return None
            return ".".join(labels), struct.unpack_from(">H", message, at + 1)[0], at + 5
        if length > 63:
            return None
        labels.append(message[at + 1:at + 1 + length].decode("latin-1"))
        at += 1 + length
    return None


def encode_name(name):
    parts = [label.encode("latin-1", "replace")[:63] for label in name.split(".") if label]
    return b"".join(bytes((len(part),)) + part for part in parts) + b"\0"


class NameServer:
    def __init__(self, names, journal, has_six):
        self.names, self.journal, self.has_six = names, journal, has_six

    def answer(self, message):
        """The answer to a message, or None for what is no question."""
        if len(message) < 17 or message[2] & 0x80:
            return None
        question = read_question(message)
        if question is None:
            self.journal.write("dns", name="?" + message[12:200].hex(), type="malformed")
            return None
        name, kind, end = question
        self.journal.write("dns", name=name, type=TYPES.get(kind, str(kind)))
        records = self.records(name, kind)
        head = message[:2] + b"\x81\x80\0\1" + struct.pack(">H", len(records)) + b"\0\0\0\0"
        # Each answer points back to the name in the question.
        body = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(data)) + data for data in records)
        return head + message[12:end] + body

    def records(self, name, kind):
        if kind == A:
            return [address_of(self.names.number(name)).packed]
        if kind == AAAA and self.has_six:
            return [address6_of(self.names.number(name)).packed]
        if kind == MX:
            return [struct.pack(">H", 10) + encode_name("mail." + name)]
        if kind == TXT:
            return [b"\x0bv=spf1 -all"]
        if kind == PTR and name.endswith(".in-addr.arpa"):
            try:
                address = ".".join(reversed(name[:-len(".in-addr.arpa")].split(".")))
                known = self.names.of_number(number_of(address))
            except ValueError:
                known = None
            return [] if known is None else [encode_name(known)]
        return []
