/**
 * What the operating system says of the same connections: states, timers, queues and processes. It
 * is Linux that can be asked, through netlink and {@code /proc}.
 */
@NullMarked
package dev.conntrace.sockets;

import org.jspecify.annotations.NullMarked;
