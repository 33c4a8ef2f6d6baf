/**
 * The JUnit Jupiter extension: tests that are given analysed captures, of files or of their own
 * traffic, and say what must hold of them.
 *
 * <p>JUnit itself comes from the user's project, 5.8 or newer; only what 5.8 has is used. Every
 * assertion stands on {@link dev.conntrace.expect.Expectations}. Start reading at {@link
 * dev.conntrace.junit.CaptureFile}, {@link dev.conntrace.junit.LoopbackCapture} and {@link
 * dev.conntrace.junit.ConntraceAssertions}.
 */
@NullMarked
package dev.conntrace.junit;

import org.jspecify.annotations.NullMarked;
