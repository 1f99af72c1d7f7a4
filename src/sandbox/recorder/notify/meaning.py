"""What a watched call means, as events of a report. A method reads what it needs before the call is answered and gives back what remains
to be done afterwards, or None. Argument order: the manual page of each call, section 2."""

from file_calls import FileCalls
from network_calls import NetworkCalls
from privilege_calls import PrivilegeCalls
from process_calls import ProcessCalls


class Meaning(FileCalls, ProcessCalls, NetworkCalls, PrivilegeCalls):
    """All of them, each by the name of its call."""
