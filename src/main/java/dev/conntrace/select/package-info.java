/**
 * Which connections and segments a user wants, and in which order: built from plain words, asked
 * with the vocabulary of results.
 *
 * <p>Knows {@code trace} only, so that the command line and the expectations can both use it. Start
 * reading at {@link dev.conntrace.select.ConnectionSelection}.
 */
@NullMarked
package dev.conntrace.select;

import org.jspecify.annotations.NullMarked;
