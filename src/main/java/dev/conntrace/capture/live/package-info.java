/**
 * Packets from interfaces, as they come: through libpcap, or through a Linux packet socket where
 * libpcap is missing. The only package that knows pcap4j and JNA; their classes are loaded when a
 * capture is opened.
 */
@NullMarked
package dev.conntrace.capture.live;

import org.jspecify.annotations.NullMarked;
