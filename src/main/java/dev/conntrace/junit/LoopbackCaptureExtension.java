package dev.conntrace.junit;

import dev.conntrace.capture.live.LiveException;
import dev.conntrace.junit.LoopbackCapture.WhereNotPermitted;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Captures for the parameters with {@link LoopbackCapture} of each test, from before the test's
 * code until after it.
 */
final class LoopbackCaptureExtension
    implements BeforeEachCallback, ParameterResolver, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(LoopbackCaptureExtension.class);
  private static final String USUAL_FOLDER = "target/conntrace";

  /** The captures of one test, by the index of their parameters. */
  private static final class Captures {
    private final Map<Integer, LiveTrace> byParameter = new HashMap<>();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    if (captures(context) != null) {
      return; // several parameters register this extension once each
    }
    Captures captures = new Captures();
    context.getStore(NAMESPACE).put(Captures.class, captures);
    Parameter[] parameters = context.getRequiredTestMethod().getParameters();
    for (int i = 0; i < parameters.length; i++) {
      LoopbackCapture wanted = parameters[i].getAnnotation(LoopbackCapture.class);
      if (wanted != null) {
        captures.byParameter.put(i, begin(wanted, context));
      }
    }
  }

  private static @Nullable Captures captures(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Captures.class, Captures.class);
  }

  private static LiveTrace begin(LoopbackCapture wanted, ExtensionContext context)
      throws IOException {
    try {
      return new LiveTrace(RunningCapture.begin(wanted));
    } catch (LiveException e) {
      String message = "@LoopbackCapture cannot capture: " + e.getMessage();
      Assumptions.assumeFalse(isSkipped(wanted.whereNotPermitted(), context), message);
      throw new ExtensionConfigurationException(message, e);
    }
  }

  private static boolean isSkipped(WhereNotPermitted chosen, ExtensionContext context) {
    if (chosen != WhereNotPermitted.AS_CONFIGURED) {
      return chosen == WhereNotPermitted.SKIP;
    }
    String configured =
        context.getConfigurationParameter(LoopbackCapture.NOT_PERMITTED).orElse("fail");
    if (!configured.equals("fail") && !configured.equals("skip")) {
      throw new ExtensionConfigurationException(
          LoopbackCapture.NOT_PERMITTED + " is fail or skip, not '" + configured + "'");
    }
    return configured.equals("skip");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.isAnnotated(LoopbackCapture.class)
        && parameter.getParameter().getType() == LiveTrace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Captures captures = captures(context);
    LiveTrace trace = captures == null ? null : captures.byParameter.get(parameter.getIndex());
    if (trace == null || !isOfTest(parameter, context)) {
      throw new ParameterResolutionException(
          "@LoopbackCapture goes on a parameter of a test method: a capture belongs to one test");
    }
    return trace;
  }

  private static boolean isOfTest(ParameterContext parameter, ExtensionContext context) {
    return parameter.getDeclaringExecutable().equals(context.getTestMethod().orElse(null));
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    Captures captures = captures(context);
    if (captures == null) {
      return;
    }
    context.getStore(NAMESPACE).remove(Captures.class);
    @Nullable Throwable failure = context.getExecutionException().orElse(null);
    for (Map.Entry<Integer, LiveTrace> entry : captures.byParameter.entrySet()) {
      RunningCapture capture = entry.getValue().capture();
      capture.end();
      if (failure != null && !isAborted(failure)) {
        String suffix = captures.byParameter.size() == 1 ? "" : "-" + entry.getKey();
        Path kept = keep(capture.file(), context, suffix);
        failure.addSuppressed(new KeptCapture(kept));
        context.publishReportEntry("conntrace capture", kept.toString());
      }
      Files.deleteIfExists(capture.file());
    }
  }

  /** A test whose assumption does not hold has not failed. */
  private static boolean isAborted(Throwable failure) {
    return failure.getClass().getSimpleName().equals("TestAbortedException");
  }

  private static Path keep(Path file, ExtensionContext context, String suffix) throws IOException {
    String folder = context.getConfigurationParameter(LoopbackCapture.FOLDER).orElse(USUAL_FOLDER);
    String name =
        context.getRequiredTestClass().getName()
            + "."
            + context.getRequiredTestMethod().getName()
            + numberOf(context)
            + suffix
            + ".pcapng";
    Path kept = Path.of(folder).resolve(name.replaceAll("[^A-Za-z0-9._$-]", "_"));
    Files.createDirectories(kept.toAbsolutePath().getParent());
    return Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Each run of a parameterised or repeated test has a number in its unique id. */
  private static String numberOf(ExtensionContext context) {
    String id = context.getUniqueId();
    int number = id.lastIndexOf("invocation:#");
    return number < 0 ? "" : "-" + id.substring(number + "invocation:#".length(), id.length() - 1);
  }

  /** Tells, below a test's failure, where its packets are. */
  private static final class KeptCapture extends Exception {
    private static final long serialVersionUID = 1L;

    KeptCapture(Path file) {
      super("the packets of this test are in " + file, null, false, false);
    }
  }
}
