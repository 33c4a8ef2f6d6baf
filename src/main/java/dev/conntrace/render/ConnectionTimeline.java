package dev.conntrace.render;

import dev.conntrace.trace.CaptureLoss;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints the segments of one connection as they come, one behind: only the next segment shows that
 * the last one changed no further state.
 */
final class ConnectionTimeline implements TraceSink {
  /** So many plain segments in a row are shown turn by turn; what follows is folded harder. */
  private static final int PATIENCE = 12;

  private final ConnectionReport report;
  private final TimelineView view;
  private final Lessons lessons;
  private final boolean unfold;
  private final RepairTurns repairs;
  private final ClockSteps steps;
  private final SegmentWords words;
  private final List<StateChanged> changes = new ArrayList<>();
  private final Repetition clientRepetition = new Repetition();
  private final Repetition serverRepetition = new Repetition();
  private final KernelWords kernel = new KernelWords();
  private final List<KernelObserved> observed = new ArrayList<>();
  private @Nullable SegmentSeen pending;
  private FoldedRun run = new FoldedRun();
  private int plainShown;

  ConnectionTimeline(ConnectionReport report, TimelineView view, Lessons lessons, boolean unfold) {
    this.report = report;
    this.view = view;
    this.lessons = lessons;
    this.unfold = unfold;
    this.steps = new ClockSteps(report);
    this.repairs = new RepairTurns(report.history().recoveries());
    this.words = new SegmentWords(repairs);
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return switch (importance) {
      case SEGMENT, STATE, BYTES -> connection == report.connection();
      case CONNECTION, PAYLOAD, SKIPPED -> false;
    };
  }

  @Override
  public void on(SegmentSeen event) {
    if (event.connection() == report.connection()) {
      try {
        printPending();
        printKernel();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      pending = event;
    }
  }

  @Override
  public void on(KernelObserved event) {
    if (event.connection() == report.connection()) {
      observed.add(event);
    }
  }

  @Override
  public void on(StateChanged event) {
    if (event.connection() == report.connection()) {
      changes.add(event);
    }
  }

  /** What is lost is lost before the next segment. */
  @Override
  public void on(CaptureLoss event) {
    try {
      printPending();
      printRun();
      view.aside(CaptureLossWords.of(event));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints what waits for more. */
  void finish() throws IOException {
    printPending();
    printKernel();
    printRun();
    view.end();
  }

  private void printPending() throws IOException {
    SegmentSeen event = pending;
    if (event == null) {
      return;
    }
    pending = null;
    boolean clockSet = steps.isBehind(event.segment().frame());
    if (clockSet || unfold || !changes.isEmpty() || view.matters(event) || !isFoldable(event)) {
      printRun();
      view.take(event);
      repetition(event).shown(event);
      plainShown = 0;
      Prose prose = describe(event);
      if (clockSet) {
        prose.then("; ").add(Meaning.WARNING, ClockSteps.WORDS);
      }
      view.print(event, prose, List.copyOf(changes));
      lessons.after(event, view);
    } else {
      if ((plainShown < PATIENCE && isOtherTurn(event)) || endsRepetition(event)) {
        printRun();
      }
      view.take(event);
      run.add(event, view, words);
    }
    words.remember(event);
    changes.clear();
  }

  /** Prints what the kernel had between the segment just printed and the next. */
  private void printKernel() throws IOException {
    for (KernelObserved event : observed) {
      if (kernel.isApartFrom(event)) {
        printKernelLine();
      }
      kernel.add(event);
    }
    observed.clear();
    printKernelLine();
  }

  private void printKernelLine() throws IOException {
    if (!kernel.isEmpty()) {
      printRun();
      view.kernel(kernel.line(), kernel.nanos());
    }
  }

  private Prose describe(SegmentSeen event) {
    Prose prose = view.describe(event, words);
    String comment = event.segment().notes().comment();
    return comment.isEmpty()
        ? prose
        : prose.then("; ").add("comment ").add(Meaning.PAYLOAD, Escaped.quoted(comment));
  }

  private boolean isFoldable(SegmentSeen event) {
    return event.segment().notes().comment().isEmpty()
        && !repairs.isTurn(event.segment().frame())
        && isRoutine(event);
  }

  private boolean isRoutine(SegmentSeen event) {
    return (FoldedRun.isPlain(event) && !reopensWindow(event))
        || repetition(event).isMoreOfTheSame(event);
  }

  private Repetition repetition(SegmentSeen event) {
    return event.segment().from() == Side.CLIENT ? clientRepetition : serverRepetition;
  }

  private boolean reopensWindow(SegmentSeen event) {
    return words.wasFull(event.segment().from());
  }

  /** Returns whether the other side now sends data: a question and its answer are kept apart. */
  private boolean isOtherTurn(SegmentSeen event) {
    Side from = run.from();
    return event.segment().length() > 0 && from != null && from != event.segment().from();
  }

  /** Returns whether the side that repeated itself now acknowledges more: the hole is filled. */
  private boolean endsRepetition(SegmentSeen event) {
    return run.emphasis().standsOut()
        && !run.fillsWindow()
        && event.segment().ackRel() > words.acked(event.segment().from());
  }

  private void printRun() throws IOException {
    if (run.isEmpty()) {
      return;
    }
    if (run.isFolded()) {
      view.print(run);
      plainShown++;
    } else {
      for (FoldedRun.Held held : run.held()) {
        view.print(held.event(), held.words(), List.of());
        plainShown++;
      }
    }
    run = new FoldedRun();
  }
}
