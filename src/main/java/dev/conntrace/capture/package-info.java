/**
 * Where packets come from: capture files, standard input, later live interfaces.
 *
 * <p>May import {@code wire}. A {@link dev.conntrace.capture.PacketSource} refills one {@link
 * dev.conntrace.capture.Packet} over and over; nothing here knows what a packet means. Start
 * reading at those two.
 */
@NullMarked
package dev.conntrace.capture;

import org.jspecify.annotations.NullMarked;
