/**
 * The built-in client and server and what they can be made to show: one scenario a mechanism of
 * TCP, on this host's loopback interface, without any privilege. JDK only; nothing of ours is
 * imported.
 */
@NullMarked
package dev.conntrace.demo;

import org.jspecify.annotations.NullMarked;
