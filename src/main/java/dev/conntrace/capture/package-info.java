/**
 * Where packets come from: capture files, standard input, later live interfaces.
 *
 * <p>May import {@code wire}. {@link dev.conntrace.capture.CaptureFile} opens a {@link
 * dev.conntrace.capture.PacketSource}, which refills one {@link dev.conntrace.capture.Packet} over
 * and over; nothing here knows what a packet means. Start reading at those three.
 */
@NullMarked
package dev.conntrace.capture;

import org.jspecify.annotations.NullMarked;
