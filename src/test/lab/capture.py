"""Records an interface of a namespace through a packet socket, as tcpdump would, and knows that nothing is missing.

A packet socket is used instead of a tcpdump process because stopping it is exact: whatever the kernel has put into its
queue before `stop` is read, and the kernel's own counter says whether anything did not fit.
"""

import socket
import struct
import threading
import time

from pcapfile import ETHERNET, RAW_IP, Capture, Frame

ETH_P_ALL = 3
SOL_PACKET = 263
PACKET_STATISTICS = 6
PACKET_AUXDATA = 8
PACKET_IGNORE_OUTGOING = 23
SO_RCVBUFFORCE = 33
SO_TIMESTAMPNS = 35  # also the type of the control message that carries the time
ARPHRD_ETHER, ARPHRD_LOOPBACK = 1, 772

MOST_FRAMES = 200_000
BUFFER_BYTES = 256 << 20


class Recorder:
    """`with Recorder(host, "lo") as recorder:` ...; afterwards `recorder.capture()` is what went over the interface.

    On `lo` the outgoing copy of each packet is left out, as libpcap does. `snap` bytes of each frame are kept.
    """

    def __init__(self, host, device, snap=262144):
        self._snap = snap
        self._frames = []
        self._failure = None
        self._stopping = False
        with host.entered():
            self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_BYTES)
        except PermissionError:  # root in a user namespace only: the usual buffer has to do
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._socket.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        if device == "lo":
            self._socket.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        self._socket.bind((device, ETH_P_ALL))
        self._hardware = self._socket.getsockname()[3]
        self._socket.settimeout(0.05)
        self._reader = threading.Thread(target=self._read)

    def __enter__(self):
        self._reader.start()
        return self

    def __exit__(self, *failed):
        self.stop()

    def stop(self):
        """Reads what is queued and ends; a capture that lost a packet, or ran over its bound, raises."""
        if self._stopping:
            return
        self._stopping = True
        self._reader.join()
        _, dropped = struct.unpack("II", self._socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
        self._socket.close()
        if self._failure:
            raise self._failure
        if dropped:
            raise RuntimeError(f"the kernel dropped {dropped} packets of the capture")

    def wait_until_quiet(self, seconds=0.15, at_most=10.0):
        """Returns once no packet came for `seconds`; raises after `at_most`."""
        deadline = time.monotonic() + at_most
        seen, since = -1, time.monotonic()
        while time.monotonic() - since < seconds:
            if time.monotonic() > deadline:
                raise RuntimeError("the interface never became quiet")
            if len(self._frames) != seen:
                seen, since = len(self._frames), time.monotonic()
            time.sleep(0.01)

    def capture(self):
        """The frames as a `pcapfile.Capture`; call it after `stop`."""
        ethernet = self._hardware in (ARPHRD_ETHER, ARPHRD_LOOPBACK)
        return Capture(ETHERNET if ethernet else RAW_IP, self._frames, self._snap)

    def _read(self):
        buffer = bytearray(self._snap)
        while True:
            try:
                kept, control, _, _ = self._socket.recvmsg_into([buffer], 256)
            except TimeoutError:
                if self._stopping:
                    return
                continue
            if len(self._frames) == MOST_FRAMES:
                self._failure = RuntimeError(f"more than {MOST_FRAMES} packets")
                return
            captured = length = None
            for level, kind, value in control:
                if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
                    seconds, nanos = struct.unpack("qq", value)
                    captured = seconds * 1_000_000_000 + nanos
                elif level == SOL_PACKET and kind == PACKET_AUXDATA:
                    length = struct.unpack_from("II", value)[1]
            self._frames.append(Frame(captured, bytes(buffer[:kept]), length))
