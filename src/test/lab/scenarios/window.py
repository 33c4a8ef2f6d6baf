"""Flow control: a receiver that does not read."""

import socket
import time

import claims
import segments
from capture import Recorder
from namespaces import one_host
from samples import sample
from sockets import Background, connect, listen, receive

BYTES = 20_000
SMALL = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)]


@sample("zero-window", headers_only=True)
def zero_window():
    """The server reads nothing for 1.8 s, its buffer fills, the client asks in growing intervals, then all is read."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        with listen(host, "127.0.0.1", options=SMALL) as listener:
            client = connect(host, "127.0.0.1")
            server, _ = listener.accept()
        with Background(client.sendall, bytes(BYTES)):
            time.sleep(1.8)
            receive(server, BYTES)
        client.close()
        time.sleep(0.06)
        server.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    sender = claims.client(found)
    closed = [s for s in found if s.source != sender and s.window == 0]
    claims.at_least(3, closed, "zero windows")
    probes = [s for s in claims.sent_by(sender, found) if closed[0].frame < s.frame < closed[-1].frame]
    claims.at_least(3, probes, "probes")
    reopened = next(s for s in found if s.frame > closed[-1].frame)
    claims.require(reopened.source != sender and reopened.window > 0, "no window update")
    claims.four_segment_close(found)
    return recorder.capture()
