package dev.conntrace.cli;

/** Entry point of the command line. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    String version = Main.class.getPackage().getImplementationVersion();
    System.out.println("conntrace " + (version == null ? "(not from a jar)" : version));
  }
}
