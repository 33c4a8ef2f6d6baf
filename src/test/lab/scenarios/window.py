"""Flow control: a receiver that does not read, or whose buffer is too small for the path."""

import json
import socket
import time

import claims
import pcapfile
import segments
import windows
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


KEPT = ("rwnd_limited_us", "busy_time_us")


@sample("window-stalls", "at-sender.pcap", writes=True)
def stalls(path):
    """A path of 20 ms: the buffer is too small for it, then the server does not read for 1.2 s, and again for 0.4 s.

    `at-receiver.pcap` is the same conversation at the other end; beside both is what the kernel counted.
    """
    plan = windows.Plan("pauses", 90_000, ((0.0, 30_000), (1.2, 20_000), (0.4, 15_000)), 20.0, 8192)
    captures, counters = windows.converse(plan)
    found = segments.of(captures["client"])
    claims.starts_with_handshake(found)
    claims.at_least(2, [s for s in found if s.window == 0 and s.source != claims.client(found)], "zero windows")
    claims.require(counters["client"]["TCPWinProbe"] >= 3, "fewer than 3 window probes")
    kernel = {**{name: counters["socket"][name] for name in KEPT},
              **{name: counters["client"][name] for name in ("TCPWinProbe", "TCPKeepAlive")},
              **{name: counters["server"][name] for name in ("TCPToZeroWindowAdv", "TCPFromZeroWindowAdv")}}
    for where, name in (("client", "at-sender"), ("server", "at-receiver")):
        capture = pcapfile.snapped(captures[where], segments.header_end(captures[where]))
        pcapfile.write(path.with_name(f"{name}.pcap"), capture)
        path.with_name(f"{name}.kernel.json").write_text(json.dumps(kernel) + "\n")
