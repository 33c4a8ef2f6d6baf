"""Several connections at once."""

import time

import claims
import segments
from capture import Recorder
from namespaces import one_host
from samples import sample
from segments import ACK, SYN
from sockets import connect, listen, receive


@sample("ten-clients")
def ten_clients():
    """Ten clients of one process are connected to one listener at the same time, and take turns."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        with listen(host, "127.0.0.1") as listener:
            clients = [connect(host, "127.0.0.1") for _ in range(10)]
            servers = {peer: server for server, peer in (listener.accept() for _ in clients)}
            for number, client in enumerate(clients, 1):
                client.sendall(b"I am client %d.\n" % number)
                time.sleep(0.003)
            for number, client in enumerate(clients, 1):
                server = servers[client.getsockname()]
                greeting = receive(server, len(b"I am client %d.\n" % number))
                server.sendall(b"Welcome! " + greeting)
                receive(client, 9 + len(greeting))
            for client in reversed(clients):
                peer = client.getsockname()
                client.close()
                time.sleep(0.003)
                servers[peer].close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    openings = [s for s in found if s.has(SYN) and not s.has(ACK)]
    claims.exactly(10, {s.source for s in openings}, "client ports")
    first_end = min(s.frame for s in claims.with_flags(segments.FIN, found))
    claims.require(all(s.frame < first_end for s in openings), "not all are open at once")
    for opening in openings:
        claims.ends_in_order([s for s in found if opening.source in (s.source, s.target)])
    return recorder.capture()
