/**
 * What takes longer than one segment, one class a subject: stalls by the window, repairs of losses,
 * phases of congestion control, round trips by how they were measured, what waited in buffers.
 *
 * <p>Like an analyzer, each sees a segment with both endpoints as they were before it. It is kept
 * only for connections whose report a sink wants, so that a summary pays nothing for it. Every list
 * is bounded, and says how much it left out.
 */
@NullMarked
package dev.conntrace.chronicle;

import org.jspecify.annotations.NullMarked;
