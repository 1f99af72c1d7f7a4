"""The whole internet of one sandbox: every name has an address, every address answers, and no packet leaves.

  python3 -I -B sinkhole.py SETTINGS COMMAND...   makes a network namespace, runs COMMAND in it, ends with its exit status
  python3 -I -B sinkhole.py SETTINGS              serves the network namespace that it was started in until its input ends

It stands outside the sandbox's other walls: COMMAND builds those. SETTINGS is JSON: `journal` (a path, or - for standard output),
`authority` (a path for the certificate that clients have to trust, or null), `allowed` (see gate.py), `proxy` (path of its socket, or
null) and `passages` (how many connections may pass).

Sources: network_namespaces(7), user_namespaces(7), prctl(2).
"""

import ctypes
import json
import os
import signal
import socket
import struct
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tun  # noqa: E402
from certificates import Authority  # noqa: E402
from connections import Reception  # noqa: E402
from gate import Gate  # noqa: E402
from journal import Journal, Names, Stream  # noqa: E402
from nameserver import NameServer, number_of  # noqa: E402

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
NOBODY = 65534
# linux/in6.h
IPV6_FREEBIND = 78
# What is tried, with nothing that catches every port, where the kernel or the machine has no tun device for us.
PORTS = (20, 21, 22, 23, 25, 80, 81, 110, 143, 443, 465, 587, 853, 993, 995, 1080, 1337, 1433, 1883, 2121, 2222, 2375, 3000, 3128,
         3306, 3333, 4000, 4242, 4343, 4443, 4444, 4445, 5000, 5001, 5432, 5555, 5672, 6000, 6379, 6443, 6666, 6667, 7000, 7777, 8000,
         8001, 8008, 8080, 8081, 8086, 8088, 8443, 8545, 8888, 9000, 9001, 9090, 9200, 9418, 9999, 10000, 11211, 11434, 12345, 13337,
         27017, 31337, 50051, 54321, 65000)
# Seconds that the sandbox's last connections have to be read to their ends.
DRAIN = 0.3
SETTLE = 0.03


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def make_network():
    user, group = os.geteuid(), os.getegid()
    spaces = CLONE_NEWNET if user == 0 else CLONE_NEWNET | CLONE_NEWUSER
    if LIBC.unshare(spaces):
        raise OSError(ctypes.get_errno(), "no network namespace can be made: " + os.strerror(ctypes.get_errno()))
    if user != 0:
        # The same user inside, so that files stay readable.
        write("/proc/self/setgroups", "deny")
        write("/proc/self/uid_map", "%d %d 1" % (user, user))
        write("/proc/self/gid_map", "%d %d 1" % (group, group))


def start_command(command):
    """The command in a child of its own, which is told to go by a byte and ends with this process."""
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.close(go)
        if os.read(ready, 1) != b"g":
            os._exit(125)
        try:
            os.execv(command[0], command)
        except OSError as error:
            os.write(2, ("sbx-sinkhole: %s\n" % error).encode())
        os._exit(125)
    os.close(ready)
    return child, go


def route_everything_to_loopback():
    """Makes every address this machine's own (`ip route add local 0.0.0.0/0 dev lo`): rtnetlink(7)."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as channel:
        # struct rtmsg with table local (255), protocol boot, scope host, type local; then the attribute RTA_OIF = lo.
        body = struct.pack("BBBBBBBBI", socket.AF_INET, 0, 0, 0, 255, 3, 254, 2, 0) + struct.pack("HHI", 8, 4, 1)
        channel.send(struct.pack("IHHII", 16 + len(body), 24, 0x605, 1, 0) + body)
        reply = channel.recv(4096)
        code = struct.unpack_from("i", reply, 16)[0]
        if code:
            raise OSError(-code, "no route: " + os.strerror(-code))


def listen(family, address, port):
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        # The kernel may still be busy with making the address known.
        listener.setsockopt(socket.IPPROTO_IPV6, IPV6_FREEBIND, 1)
    listener.bind((address, port))
    listener.listen(128)
    return listener


def serve(settings, journal):
    """Opens all that needs privileges; gives the function that starts the threads, which need none."""
    tun.raise_interface(b"lo")
    names, authority = Names(), Authority()
    try:
        device, has_six = tun.open_device(), tun.add_six()
    except OSError as error:
        device, has_six = None, False
        route_everything_to_loopback()
        journal.write("listed-ports", reason=str(error)[:200])
    listeners = []
    if device is None:
        for port in PORTS:
            listeners.append(listen(socket.AF_INET, "0.0.0.0", port))
        port = 0
    else:
        listeners.append(listen(socket.AF_INET, socket.inet_ntoa(tun.OWN), 0))
        port = listeners[0].getsockname()[1]
        if has_six:
            listeners.append(listen(socket.AF_INET6, socket.inet_ntop(socket.AF_INET6, tun.OWN6), port))
    own = "127.0.0.1" if device is not None else "0.0.0.0"
    questions = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    questions.bind((own, 53))
    name_listener = listen(socket.AF_INET, own, 53)
    name_server = NameServer(names, journal, has_six)
    if settings["authority"] is not None:
        write(settings["authority"], authority.pem)
        os.chmod(settings["authority"], 0o644)

    def datagram(protocol, address, port, content):
        if protocol == "udp" and port == 53:
            return name_server.answer(content)
        number = next(reception.numbers)
        host = names.of_number(number_of(address)) or address
        journal.write("connection", connection=number, address=address, port=port, host=host, protocol=protocol)
        Stream(journal, number).take(content)
        return None

    reception = Reception(journal, names, name_server, authority, Gate.from_settings(settings, journal))

    def run():
        threading.Thread(target=answer_questions, args=(questions, name_server), daemon=True).start()
        wire = None if device is None else tun.Wire(device, port, datagram)
        reception.listen(name_listener, lambda plug, peer: ("127.0.0.1", 53))
        for listener in listeners:
            if wire is None:
                reception.listen(listener, lambda plug, peer: plug.getsockname()[:2])
            else:
                reception.listen(listener, lambda plug, peer: wire.destination(peer[1]))
        if wire is not None:
            wire.start()
        return reception

    return run, authority.pem


def answer_questions(questions, name_server):
    while True:
        try:
            message, sender = questions.recvfrom(4096)
            answer = name_server.answer(message)
            if answer is not None:
                questions.sendto(answer, sender)
        except (OSError, ValueError):
            continue


def become_nobody():
    """What reads hostile bytes has no privileges to lose."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def main():
    with open(sys.argv[1], "rb") as file:
        settings = json.load(file)
    command = sys.argv[2:]
    handle = 1 if settings["journal"] == "-" else os.open(settings["journal"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    journal = Journal(handle)
    if command:
        make_network()
    # Before there are threads, and before any descriptor that the command should not have.
    child, go = start_command(command) if command else (None, None)
    try:
        run, authority = serve(settings, journal)
    except OSError as error:
        journal.write("failed", reason=str(error))
        sys.exit(126)
    become_nobody()
    if child is None:
        reception = run()
        journal.write("ready", authority=authority)
        while os.read(0, 4096):
            pass
        return
    reception = run()
    journal.write("ready")
    os.write(go, b"g")
    _, status = os.waitpid(child, 0)
    deadline = time.monotonic() + DRAIN
    # What was sent last is on the wire still.
    time.sleep(SETTLE)
    while reception.active and time.monotonic() < deadline:
        time.sleep(0.01)
    sys.stdout.flush()
    os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))


main()
