"""Certificates for every name, signed by an authority that is made up when the run begins and forgotten when it ends.

Python's standard library can use certificates but not make them, so this writes the few structures of X.509 (RFC 5280) that a client
looks at, and signs with ECDSA over P-256 (FIPS 186-4, SEC 1). The keys protect nothing: both ends of every connection are in the
sandbox, so nothing here is hardened against timing.
"""

import base64
import hashlib
import ipaddress
import os
import secrets
import ssl
import threading

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
GENERATOR = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
             0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
MOST_NAMES = 256


def double(point):
    """In Jacobian coordinates, for the curve's a = -3; None is the point at infinity."""
    if point is None:
        return None
    x, y, z = point
    square = y * y % P
    s = 4 * x * square % P
    m = 3 * (x - z * z) * (x + z * z) % P
    across = (m * m - 2 * s) % P
    return across, (m * (s - across) - 8 * square * square) % P, 2 * y * z % P


def add(one, other):
    if one is None or other is None:
        return other if one is None else one
    (x1, y1, z1), (x2, y2, z2) = one, other
    u1, u2 = x1 * z2 * z2 % P, x2 * z1 * z1 % P
    s1, s2 = y1 * z2 ** 3 % P, y2 * z1 ** 3 % P
    if u1 == u2:
        return double(one) if s1 == s2 else None
    h, r = u2 - u1, s2 - s1
    cube, v = h ** 3 % P, u1 * h * h % P
    x = (r * r - cube - 2 * v) % P
    return x, (r * (v - x) - s1 * cube) % P, h * z1 * z2 % P


def multiple(factor):
    """The generator times a factor, as two plain coordinates."""
    result, step = None, GENERATOR + (1,)
    while factor:
        if factor & 1:
            result = add(result, step)
        step = double(step)
        factor >>= 1
    x, y, z = result
    inverse = pow(z, P - 2, P)
    return x * inverse * inverse % P, y * inverse ** 3 % P


def der(tag, *parts):
    content = b"".join(parts)
    length = len(content)
    if length < 128:
        return bytes((tag, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 128 | len(octets))) + octets + content


def integer(value):
    return der(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def identifier(text):
    first, second, *rest = (int(part) for part in text.split("."))
    octets = bytearray((first * 40 + second,))
    for part in rest:
        groups = [part & 127]
        while part > 127:
            part >>= 7
            groups.append(part & 127 | 128)
        octets += bytes(reversed(groups))
    return der(6, bytes(octets))


def sequence(*parts):
    return der(0x30, *parts)


EC_KEY, P256, ECDSA_SHA256 = (identifier(each) for each in ("1.2.840.10045.2.1", "1.2.840.10045.3.1.7", "1.2.840.10045.4.3.2"))
TRUE = der(1, b"\xff")


def extension(number, value, critical=b""):
    return sequence(identifier(number), critical, der(4, value))


def name_of(text):
    return sequence(der(0x31, sequence(identifier("2.5.4.3"), der(12, text.encode()[:60]))))


def pem(label, content):
    lines = base64.encodebytes(content).decode()
    return "-----BEGIN %s-----\n%s-----END %s-----\n" % (label, lines, label)


class Key:
    def __init__(self):
        self.secret = secrets.randbelow(N - 1) + 1
        x, y = multiple(self.secret)
        self.point = b"\4" + x.to_bytes(32, "big") + y.to_bytes(32, "big")
        self.public = sequence(sequence(EC_KEY, P256), der(3, b"\0", self.point))
        self.mark = hashlib.sha1(self.point).digest()

    def sign(self, message):
        digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
        nonce = secrets.randbelow(N - 1) + 1
        r = multiple(nonce)[0] % N
        s = pow(nonce, N - 2, N) * (digest + r * self.secret) % N
        return sequence(integer(r), integer(s))

    def as_pem(self):
        fields = integer(1), der(4, self.secret.to_bytes(32, "big")), der(0xA0, P256), der(0xA1, der(3, b"\0", self.point))
        return pem("EC PRIVATE KEY", sequence(*fields))


class Authority:
    """Signs for whatever name a client asks for."""

    NAME = "Internet Security Research Root"

    def __init__(self):
        self.key, self.leaf = Key(), Key()
        self.contexts, self.lock = {}, threading.Lock()
        # keyCertSign and cRLSign.
        usage = extension("2.5.29.15", der(3, b"\x01\x06"), TRUE)
        constraints = extension("2.5.29.19", sequence(TRUE), TRUE)
        mark = extension("2.5.29.14", der(4, self.key.mark))
        self.pem = pem("CERTIFICATE", self.certificate(self.NAME, self.key, [constraints, usage, mark]))

    def certificate(self, name, key, extensions):
        # The clock inside may show any date.
        validity = sequence(der(0x17, b"000101000000Z"), der(0x18, b"20991231235959Z"))
        algorithm = sequence(ECDSA_SHA256)
        body = sequence(
            der(0xA0, integer(2)), integer(secrets.randbits(120)), algorithm, name_of(self.NAME), validity, name_of(name), key.public,
            der(0xA3, sequence(*extensions)))
        return sequence(body, algorithm, der(3, b"\0", self.key.sign(body)))

    def leaf_pem(self, name):
        try:
            alternative = der(0x87, ipaddress.ip_address(name).packed)
        except ValueError:
            alternative = der(0x82, name.encode("idna" if not name.isascii() else "ascii")[:253])
        return pem("CERTIFICATE", self.certificate(name, self.leaf, [
            extension("2.5.29.17", sequence(alternative)),
            extension("2.5.29.19", sequence(), TRUE),
            extension("2.5.29.15", der(3, b"\x07\x80"), TRUE),
            extension("2.5.29.37", sequence(identifier("1.3.6.1.5.5.7.3.1"))),
            extension("2.5.29.14", der(4, self.leaf.mark)),
            extension("2.5.29.35", sequence(der(0x80, self.key.mark)))]))

    def context(self, name):
        """A server's side of TLS for one name."""
        with self.lock:
            known = self.contexts.get(name)
            if known is not None:
                return known
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.set_alpn_protocols(["http/1.1"])
            # A chain is loaded from a path only; this one is in memory.
            handle = os.memfd_create("chain")
            try:
                os.write(handle, (self.leaf.as_pem() + self.leaf_pem(name)).encode())
                context.load_cert_chain("/proc/self/fd/%d" % handle)
            finally:
                os.close(handle)
            if len(self.contexts) < MOST_NAMES:
                self.contexts[name] = context
            return context
