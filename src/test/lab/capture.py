"""Records an interface of a namespace through a packet socket, as tcpdump would, and knows that nothing is missing.

A packet socket is used instead of a tcpdump process because stopping it is exact: whatever the kernel has put into its
queue before `stop` is read, and the kernel's own counter says whether anything did not fit.
"""

import contextlib
import socket
import struct
import threading
import time

from pcapfile import COOKED, ETHERNET, RAW_IP, Capture, Frame

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

    The device "any" stands for all of the host, with the headers that libpcap makes then (Linux cooked, version 2).
    `snap` bytes of each frame are kept. `outgoing` says whether packets that leave are recorded: without it they are,
    except on `lo`, where each of them comes in again; libpcap does the same.
    """

    def __init__(self, host, device, snap=262144, outgoing=None):
        self._snap = snap
        self._frames = []
        self._failure = None
        self._stopping = False
        self._seeing = threading.Event()
        self._seeing.set()
        self._drops_expected = False
        self._cooked = device == "any"
        with host.entered():
            self._index = {name: index for index, name in socket.if_nameindex()}
            self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM if self._cooked else socket.SOCK_RAW,
                                         socket.htons(ETH_P_ALL) if self._cooked else 0)
        self._set_buffer(BUFFER_BYTES)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._socket.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        if not (device != "lo" if outgoing is None else outgoing):
            self._socket.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        if not self._cooked:
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
        self.dropped = dropped
        if bool(dropped) != self._drops_expected:
            raise RuntimeError(f"the kernel dropped {dropped} packets of the capture")

    @contextlib.contextmanager
    def overwhelmed(self):
        """Within the block nothing is read and the queue is tiny: the kernel drops packets, as on a busy machine.

        `dropped` is their number after `stop`.
        """
        self._drops_expected = True
        self._seeing.clear()
        time.sleep(0.1)  # the reader is past its last read
        self._set_buffer(1)
        yield
        self._set_buffer(BUFFER_BYTES)
        self._seeing.set()

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
        link_type = COOKED if self._cooked else ETHERNET if ethernet else RAW_IP
        return Capture(link_type, self._frames, self._snap)

    def so_far(self):
        """As `capture`, of what has been read until now."""
        return Capture(self.capture().link_type, list(self._frames), self._snap)

    def _set_buffer(self, size):
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, size)
        except PermissionError:  # root in a user namespace only: the usual bound has to do
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)

    def _read(self):
        buffer = bytearray(self._snap)
        while True:
            self._seeing.wait()
            try:
                kept, control, _, address = self._socket.recvmsg_into([buffer], 256)
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
            header = self._cooked_header(address) if self._cooked else b""
            self._frames.append(Frame(captured, header + bytes(buffer[:kept]), len(header) + length))

    def _cooked_header(self, address):
        """LINKTYPE_LINUX_SLL2: protocol, interface, hardware type, direction and link-layer address of the sender."""
        name, protocol, direction, hardware, link_address = address
        return struct.pack(">HHIHBB8s", protocol, 0, self._index[name], hardware, direction, len(link_address),
                           link_address)
