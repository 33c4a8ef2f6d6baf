"""Tests of truth.py with logs written by hand: `python3 -m unittest discover -s src/test/lab`."""

import struct
import unittest

import segments
import truth
from pathlog import CLIENT_TO_SERVER, Event, Packet, PathLog
from pcapfile import RAW_IP, Capture, Frame

A, B, C = 0, 100, 200  # first bytes of three segments of 100


def packet_bytes(seq, ip_id, length=100):
    """An IPv4 packet from 10.0.0.1 to 10.0.0.2 with `length` bytes of payload."""
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40 + length, ip_id, 0, 64, 6, 0, bytes([10, 0, 0, 1]), bytes([10, 0, 0, 2]))
    return ip + struct.pack(">HHIIBBHHH", 40000, 6573, (seq - 50) % (1 << 32), 1, 0x50, 0x10, 512, 0, 0) + bytes(length)


class TruthTest(unittest.TestCase):
    """A log is a list of (event, packet, copy); packets are numbered in the order sent."""

    def classes(self, firsts, events, point):
        log = PathLog()
        for number, first in enumerate(firsts):
            data = packet_bytes(first, number)
            log.packets.append(Packet(number, CLIENT_TO_SERVER, data, len(data), segments.parse(data, RAW_IP)))
        log.events = [Event(0, what, log.packets[number], copy) for what, number, copy in events]
        sighting = "delivered" if point == truth.SERVER else "sent"
        frames = [Frame(0, e.packet.headers, e.packet.length) for e in log.events if e.what == sighting]
        return [verdict for _, verdict in truth.classify(log, Capture(RAW_IP, frames), point, "10.0.0.1")]

    def test_overtaken_segment_is_reordered(self):
        events = [("sent", 0, 0), ("sent", 1, 0), ("delivered", 1, 0), ("delivered", 0, 0)]
        self.assertEqual(self.classes([A, B], events, truth.SERVER), ["new", "reordered"])
        self.assertEqual(self.classes([A, B], events, truth.CLIENT), ["new", "new"])

    def test_repetition_of_a_lost_segment_is_rtx(self):
        events = [("sent", 0, 0), ("lost", 0, 0), ("sent", 1, 0), ("delivered", 1, 0), ("sent", 2, 0), ("delivered", 2, 0)]
        self.assertEqual(self.classes([A, B, A], events, truth.SERVER), ["new", "rtx"])
        self.assertEqual(self.classes([A, B, A], events, truth.CLIENT), ["new", "new", "rtx"])

    def test_repetition_that_arrives_after_its_original_is_spurious(self):
        events = [("sent", 0, 0), ("sent", 1, 0), ("delivered", 0, 0), ("delivered", 1, 0)]
        self.assertEqual(self.classes([A, A], events, truth.SERVER), ["new", "spurious"])
        self.assertEqual(self.classes([A, A], events, truth.CLIENT), ["new", "spurious"])

    def test_repetition_that_overtakes_its_original_is_not_spurious(self):
        events = [("sent", 0, 0), ("sent", 1, 0), ("delivered", 1, 0), ("delivered", 0, 0)]
        self.assertEqual(self.classes([A, A], events, truth.SERVER), ["rtx", "reordered"])

    def test_copy_made_by_the_path_is_dup(self):
        events = [("sent", 0, 0), ("delivered", 0, 0), ("delivered", 0, 1)]
        self.assertEqual(self.classes([A], events, truth.SERVER), ["new", "dup"])

    def test_lost_repetition_is_judged_when_it_is_lost(self):
        events = [("sent", 0, 0), ("delivered", 0, 0), ("sent", 1, 0), ("lost", 1, 0)]
        self.assertEqual(self.classes([A, A], events, truth.CLIENT), ["new", "spurious"])

    def test_capture_that_lacks_a_packet_is_refused(self):
        log = PathLog()
        data = packet_bytes(A, 0)
        log.packets.append(Packet(0, CLIENT_TO_SERVER, data, len(data), segments.parse(data, RAW_IP)))
        log.events = [Event(0, "sent", log.packets[0], 0), Event(0, "delivered", log.packets[0], 0)]
        with self.assertRaises(RuntimeError):
            truth.classify(log, Capture(RAW_IP, []), truth.SERVER, "10.0.0.1")

    def test_ranges_join_and_cover(self):
        ranges = truth.Ranges()
        ranges.add(A, B)
        ranges.add(C, C + 100)
        self.assertFalse(ranges.covers(A, C))
        ranges.add(B, C)
        self.assertTrue(ranges.covers(A, C + 100))
        self.assertFalse(ranges.touches(C + 100, C + 200))


if __name__ == "__main__":
    unittest.main()
