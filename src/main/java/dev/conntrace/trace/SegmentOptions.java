package dev.conntrace.trace;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The TCP options of one segment.
 *
 * @param mssBytes largest payload that the sender will receive
 * @param windowScale shift that the sender will apply to its window fields
 * @param sackPermitted whether the sender understands SACK
 * @param timestampValue the sender's clock, 0 to 2^32-1
 * @param timestampEcho the last clock of the other side that it saw, 0 to 2^32-1; there whenever
 *     the value is
 * @param fastOpenCookieBytes length of the Fast Open cookie; 0 asks for one
 * @param multipath the Multipath TCP options, by subtype; empty if there are none
 * @param sackBlocks what was received beyond the acknowledgement, in the order sent
 * @param malformed whether an option contradicts its own length
 */
public record SegmentOptions(
    OptionalInt mssBytes,
    OptionalInt windowScale,
    boolean sackPermitted,
    OptionalLong timestampValue,
    OptionalLong timestampEcho,
    OptionalInt fastOpenCookieBytes,
    List<MultipathOption> multipath,
    List<SackBlock> sackBlocks,
    boolean malformed) {}
