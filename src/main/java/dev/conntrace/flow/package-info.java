/**
 * Connection tracking: which connection a segment belongs to, who sent it, where it lies in the
 * stream, and the two endpoints as RFC 9293 sees them.
 *
 * <p>May import {@code decode}, {@code trace}, {@code wire}. Nothing is allocated for a segment of
 * a known connection unless the sink wants it. Positions are 64-bit and relative: the initial
 * sequence number is 0. The findings are made behind {@link dev.conntrace.flow.SegmentAnalyzer};
 * start reading at {@link dev.conntrace.flow.ConnectionTracker}.
 */
@NullMarked
package dev.conntrace.flow;

import org.jspecify.annotations.NullMarked;
