/**
 * From link layer to TCP segment, tunnels included; a reason for everything that is not one.
 *
 * <p>May import {@code capture} and {@code wire}. Nothing is allocated per packet: {@link
 * dev.conntrace.decode.SegmentDecoder} refills one {@link dev.conntrace.decode.Segment}. Packets
 * are hostile: any byte, any length, never an exception.
 */
@NullMarked
package dev.conntrace.decode;

import org.jspecify.annotations.NullMarked;
