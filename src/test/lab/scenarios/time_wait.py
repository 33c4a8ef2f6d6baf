"""The four-tuple used again while the last connection's end is still in TIME_WAIT.

Linux lets the loopback interface do so a second after the close (tcp_tw_reuse 2).
"""

import time

import claims
import segments
from capture import Recorder
from namespaces import one_host
from samples import sample
from segments import ACK, SYN
from sockets import connect, listen, receive

PORT = 41000


def twice(client_closes_first):
    """The capture of two connections from the same port, 1.2 s apart."""
    with one_host() as host, Recorder(host, "lo") as recorder, listen(host, "127.0.0.1") as listener:
        for line in (b"The first time.\n", b"The second time.\n"):
            client = connect(host, "127.0.0.1", source_port=PORT)
            server, _ = listener.accept()
            client.sendall(line)
            receive(server, len(line))
            for end in (client, server) if client_closes_first else (server, client):
                end.close()
                time.sleep(0.06)
            time.sleep(1.1)
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    openings = [s for s in found if s.has(SYN) and not s.has(ACK)]
    claims.exactly(2, openings, "SYN")
    claims.exactly(1, {(s.source, s.target) for s in openings}, "four-tuple")
    for part in ([s for s in found if s.frame < openings[1].frame], [s for s in found if s.frame >= openings[1].frame]):
        claims.starts_with_handshake(part)
        claims.four_segment_close(part)
        first = next(s for s in part if s.has(segments.FIN))
        claims.require((first.source == openings[0].source) == client_closes_first, "the other side closed first")
    return recorder.capture()


@sample("time-wait-reuse", "client-owns-time-wait")
def client_owns():
    return twice(client_closes_first=True)


@sample("time-wait-reuse", "server-owns-time-wait")
def server_owns():
    return twice(client_closes_first=False)
