package dev.conntrace.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a method in place of {@code @Test}: a test that runs once for each capture in a folder. It is
 * given the {@link dev.conntrace.expect.Trace}, and if it asks for one the {@link
 * java.nio.file.Path}.
 *
 * <pre>{@code
 * @CaptureFolder("src/test/captures")
 * void isClosedInOrder(Trace trace) {
 *   assertThat(trace).connections().closedInOrder();
 * }
 * }</pre>
 *
 * <p>Captures are files that end in {@code .pcap}, {@code .pcapng} or {@code .cap}, also with
 * {@code .gz}, {@code .zst} or {@code .lz4} behind it, in the folder and those within it, in the
 * order of their names. A folder without any fails.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(CaptureFolderExtension.class)
public @interface CaptureFolder {
  /** The folder's path, from the folder in which the tests run. */
  String value();
}
