"""Host names in questions to a name server (RFC 1035, 4.1)."""

import struct

# An answer, another operation or an error is no question.
UNLIKE_A_QUESTION = 0xF80F


def question(data):
    """The name that a datagram asks for, or None when it is no question."""
    if len(data) < 17:
        return None
    flags, questions, answers, authorities = struct.unpack_from(">HHHH", data, 2)
    if flags & UNLIKE_A_QUESTION or questions != 1 or answers or authorities:
        return None
    labels, at = [], 12
    while at < len(data) and data[at]:
        length = data[at]
        label = data[at + 1:at + 1 + length]
        if length > 63 or len(label) != length:
            return None
        labels.append(label.decode("ascii", "backslashreplace"))
        at += 1 + length
    if not labels or at + 5 > len(data) or len(data) - at > 64:
        return None
    kind, group = struct.unpack_from(">HH", data, at + 1)
    return ".".join(labels).lower() if group == 1 and 0 < kind < 300 else None
