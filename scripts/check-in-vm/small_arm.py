"""A 32-bit program for Arm that asks for its number and ends: its system calls have numbers of their own, which mean others to a filter that
looks at numbers alone. Source: elf(5), Linux `arch/arm/tools/syscall.tbl`."""

BASE = 0x10000
HEADERS = 84
# mov r7, #20; svc 0; mov r7, #1; mov r0, #0; svc 0
CODE = bytes.fromhex("1470a0e3 000000ef 0170a0e3 0000a0e3 000000ef")


def fields(*numbers):
    return b"".join(number.to_bytes(size, "little") for number, size in numbers)


def program():
    size = HEADERS + len(CODE)
    header = b"\x7fELF\x01\x01\x01" + bytes(9)
    header += fields((2, 2), (40, 2), (1, 4), (BASE + HEADERS, 4), (52, 4), (0, 4), (0x5000000, 4))
    header += fields((52, 2), (32, 2), (1, 2), (0, 2), (0, 2), (0, 2))
    return header + fields(*((number, 4) for number in (1, 0, BASE, BASE, size, size, 5, 0x1000))) + CODE
