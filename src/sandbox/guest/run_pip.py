"""Runs pip with the arguments that follow, without what pip does for itself alone; runs inside a sandbox only.

pip asks the system for its name through other programs, and binds a socket to learn whether there is IPv6. Neither is the doing of the
package that is installed, whose own build has processes of its own.
"""
import socket
import sys

socket.has_ipv6 = False

from pip._internal.network import session  # noqa: E402

session.user_agent = lambda: "pip"

from pip._internal.cli.main import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
