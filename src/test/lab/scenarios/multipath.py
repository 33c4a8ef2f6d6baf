"""One conversation over two TCP connections: Multipath TCP. Needs a kernel that has it."""

import socket
import time

import claims
import segments
from capture import Recorder
from namespaces import join, two_hosts
from samples import sample
from segments import ACK, SYN
from sockets import receive

IPPROTO_MPTCP = 262


@sample("mptcp", headers_only=True)
def mptcp():
    """The client has two addresses: its kernel opens a second subflow from the other one, and uses both."""
    with two_hosts() as (left, right):
        join(left, right, "10.0.0.1/24", "10.0.0.2/24")
        left.run("ip", "address", "add", "10.0.0.3/24", "dev", "veth0")
        for host in (left, right):
            host.run("ip", "mptcp", "limits", "set", "subflow", "2", "add_addr_accepted", "2")
        left.run("ip", "mptcp", "endpoint", "add", "10.0.0.3", "dev", "veth0", "subflow")
        with Recorder(right, "veth0") as recorder:
            with right.entered():
                listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, IPPROTO_MPTCP)
            with left.entered():
                client = socket.socket(socket.AF_INET, socket.SOCK_STREAM, IPPROTO_MPTCP)
            listener.bind(("10.0.0.2", 6573))
            listener.listen()
            client.connect(("10.0.0.2", 6573))
            server, _ = listener.accept()
            for _ in range(5):
                client.sendall(bytes(4000))
                receive(server, 4000)
                server.sendall(b"ok\n")
                receive(client, 3)
                time.sleep(0.02)
            for end in (client, server, listener):
                end.close()
            recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    openings = [s for s in found if s.has(SYN) and not s.has(ACK)]
    claims.require({s.source[0] for s in openings} == {"10.0.0.1", "10.0.0.3"}, "not two subflows")
    return recorder.capture()
