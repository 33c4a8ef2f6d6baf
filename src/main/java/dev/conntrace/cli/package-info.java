/** The commands. The only package that knows picocli, jansi, and the standard streams. */
@NullMarked
package dev.conntrace.cli;

import org.jspecify.annotations.NullMarked;
