package dev.conntrace.trace;

/** How the kernel told. */
public enum KernelSource {
  /** It was asked, through netlink: what it says holds at that moment. */
  SOCK_DIAG("sock_diag"),
  /** Its trace point told of a change, with the time at which it happened. */
  TRACE_POINT("inet_sock_set_state");

  private final String id;

  KernelSource(String id) {
    this.id = id;
  }

  /** Returns the word that records use. */
  public String id() {
    return id;
  }
}
