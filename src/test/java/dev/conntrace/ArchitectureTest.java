package dev.conntrace;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.conntrace.cli.Main;
import java.io.FileDescriptor;
import java.util.Comparator;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which package may know which, and what the packages on the path of every packet do without. */
class ArchitectureTest {
  private static final String BASE = "dev.conntrace";

  /**
   * Each package, named without the base package, and the packages of ours that it may import. The
   * base package itself has the empty name. A package that is not listed belongs to the nearest one
   * above it that is.
   */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("wire", Set.of()),
          Map.entry("capture", Set.of("wire")),
          Map.entry("capture.live", Set.of("capture")),
          Map.entry("decode", Set.of("capture", "wire")),
          Map.entry("trace", Set.of("wire")),
          Map.entry("flow", Set.of("decode", "trace", "wire")),
          Map.entry("analysis", Set.of("flow", "decode", "trace", "wire")),
          Map.entry("chronicle", Set.of("flow", "decode", "trace", "wire")),
          Map.entry("stream", Set.of("decode", "trace", "wire")),
          Map.entry(
              "", Set.of("analysis", "chronicle", "flow", "stream", "decode", "capture", "trace")),
          Map.entry("sockets", Set.of("trace")),
          Map.entry("select", Set.of("trace")),
          Map.entry("render", Set.of("trace", "stream", "wire", "expect")),
          Map.entry("expect", Set.of("trace", "stream", "select", "wire")),
          Map.entry("demo", Set.of()),
          Map.entry("junit", Set.of("", "trace", "expect", "capture", "capture.live")),
          Map.entry(
              "cli",
              Set.of(
                  "wire",
                  "capture",
                  "capture.live",
                  "decode",
                  "trace",
                  "flow",
                  "analysis",
                  "chronicle",
                  "stream",
                  "",
                  "sockets",
                  "select",
                  "render",
                  "expect",
                  "demo")));

  /** The packages of a library, and the only packages of ours that may know it. */
  private static final Map<String, Set<String>> ONLY_IMPORTERS =
      Map.of(
          "org.pcap4j", Set.of("capture.live"),
          "com.sun.jna", Set.of("capture.live", "sockets"),
          "com.fasterxml.jackson", Set.of(),
          "picocli", Set.of("cli"),
          "org.fusesource", Set.of("cli"),
          "me.tongfei", Set.of("cli"),
          "org.junit", Set.of("junit"));

  private static final Set<String> ENGINE =
      Set.of("wire", "decode", "flow", "analysis", "chronicle");
  private static final Set<String> PER_PACKET =
      Set.of("wire", "capture", "decode", "flow", "analysis", "chronicle");

  /** They build results: once per connection or capture, or for a sink that asked for a record. */
  private static final Set<String> RESULT_BUILDERS =
      Set.of(
          "ConnectionReporter",
          "ConnectionTotals",
          "Finding",
          "FirstFrames",
          "HandshakeReporter",
          "Listeners",
          "SegmentRecorder");

  private static final Set<String> BOXES =
      Set.of("Boolean", "Byte", "Character", "Double", "Float", "Integer", "Long", "Short");
  private static final Set<String> EMPTY_NAMES =
      Set.of(
          "util", "utils", "common", "commons", "helper", "helpers", "manager", "managers", "misc");

  private static JavaClasses ours;

  @BeforeAll
  static void importClasses() {
    ours =
        new ClassFileImporter()
            .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());
    assertTrue(ours.contain(Main.class), "the classes to check were not found");
  }

  @Test
  void everyPackageHasAPlaceInTheTable() {
    assertNone(
        "packages that the table does not know",
        packages().map(JavaPackage::getName).filter(name -> componentOf(name).isEmpty()));
  }

  @Test
  void packagesImportOnlyWhatTheTableAllows() {
    assertNone(
        "imports that the table does not allow",
        dependencies().filter(ArchitectureTest::isForbidden).map(Dependency::getDescription));
  }

  @Test
  void packagesFormNoCycles() {
    slices().assignedFrom(EACH_PACKAGE).should().beFreeOfCycles().check(ours);
  }

  @Test
  void eachLibraryIsKnownOnlyWhereItIsNeeded() {
    assertNone(
        "imports of a library outside its package",
        dependencies().filter(ArchitectureTest::isStrayLibrary).map(Dependency::getDescription));
  }

  @Test
  void onlyTheCommandLineTouchesTheStandardStreams() {
    Set<String> streams = Set.of("in", "out", "err");
    check(
        noClasses()
            .that(describe("are outside cli", type -> !isIn(Set.of("cli"), type)))
            .should()
            .accessFieldWhere(
                DescribedPredicate.<JavaFieldAccess>describe(
                    "it is a standard stream",
                    access ->
                        (access.getTargetOwner().isEquivalentTo(System.class)
                                || access.getTargetOwner().isEquivalentTo(FileDescriptor.class))
                            && streams.contains(access.getName())))
            .orShould()
            .callMethod(System.class, "console")
            .orShould()
            .accessTargetWhere(
                access(
                    "it prints a stack trace",
                    access ->
                        access.getName().equals("printStackTrace")
                            && access.getTargetOwner().isAssignableTo(Throwable.class)
                            && access.getDescription().contains("printStackTrace()"))));
  }

  @Test
  void packetsPassWithoutStreamsAndOptionals() {
    check(
        noClasses()
            .that(areIn(PER_PACKET))
            .and(buildNoResults())
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.stream..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class));
  }

  @Test
  void theEngineBoxesNothing() {
    check(
        noClasses()
            .that(areIn(ENGINE))
            .and(buildNoResults())
            .should()
            .accessTargetWhere(
                access(
                    "it boxes a value",
                    access ->
                        access.getName().equals("valueOf")
                            && access.getTargetOwner().getPackageName().equals("java.lang")
                            && BOXES.contains(access.getTargetOwner().getSimpleName()))));
  }

  @Test
  void theEngineReadsNoClock() {
    check(
        noClasses()
            .that(areIn(ENGINE))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.time..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Date.class)
            .orShould()
            .accessTargetWhere(
                access(
                    "it reads a clock",
                    access ->
                        access.getTargetOwner().isEquivalentTo(System.class)
                            && Set.of("currentTimeMillis", "nanoTime")
                                .contains(access.getName()))));
  }

  @Test
  void theEngineMatchesAndFormatsNoText() {
    check(
        noClasses()
            .that(areIn(ENGINE))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex..")
            .orShould()
            .accessTargetWhere(
                access(
                    "it formats text or compiles a pattern",
                    access ->
                        access.getTargetOwner().isEquivalentTo(String.class)
                            && Set.of("format", "formatted", "matches", "replaceAll", "split")
                                .contains(access.getName()))));
  }

  /** Synchronized blocks leave no trace that this test could see; synchronized methods do. */
  @Test
  void theEngineHoldsNoLocks() {
    check(
        noClasses()
            .that(areIn(ENGINE))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent.locks.."));
    check(
        noMethods()
            .that()
            .areDeclaredInClassesThat(areIn(ENGINE))
            .should()
            .haveModifier(SYNCHRONIZED));
  }

  @Test
  void everyPackageIsNullMarked() {
    assertNone(
        "packages without @NullMarked in a package-info",
        packages()
            .filter(type -> !type.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName));
  }

  @Test
  void everyNameSaysSomething() {
    assertNone(
        "packages named for no subject",
        packages()
            .map(JavaPackage::getRelativeName)
            .filter(name -> EMPTY_NAMES.contains(name.toLowerCase(Locale.ROOT))));
    assertNone(
        "classes named for no subject",
        ours.stream()
            .filter(type -> type.getSimpleName().matches(".*(Util|Utils|Helper|Manager)"))
            .map(JavaClass::getName));
  }

  private static final SliceAssignment EACH_PACKAGE =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
          return "each package";
        }
      };

  private static Stream<JavaPackage> packages() {
    return ours.stream().map(JavaClass::getPackage).distinct();
  }

  private static Stream<Dependency> dependencies() {
    return ours.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
  }

  private static boolean isForbidden(Dependency dependency) {
    Optional<String> origin = componentOf(dependency.getOriginClass().getPackageName());
    Optional<String> target = componentOf(dependency.getTargetClass().getPackageName());
    return origin.isPresent()
        && target.isPresent()
        && !origin.equals(target)
        && !MAY_IMPORT.get(origin.get()).contains(target.get());
  }

  private static boolean isStrayLibrary(Dependency dependency) {
    String target = dependency.getTargetClass().getPackageName();
    return ONLY_IMPORTERS.entrySet().stream()
        .anyMatch(
            library ->
                isWithin(target, library.getKey())
                    && !isIn(library.getValue(), dependency.getOriginClass()));
  }

  private static DescribedPredicate<JavaClass> buildNoResults() {
    return describe("build no results", type -> !RESULT_BUILDERS.contains(type.getSimpleName()));
  }

  private static DescribedPredicate<JavaClass> areIn(Set<String> components) {
    return describe("are in " + new TreeSet<>(components), type -> isIn(components, type));
  }

  private static boolean isIn(Set<String> components, JavaClass type) {
    return componentOf(type.getPackageName()).filter(components::contains).isPresent();
  }

  /** The row of the table that a package of ours belongs to. */
  private static Optional<String> componentOf(String packageName) {
    if (packageName.equals(BASE)) {
      return Optional.of("");
    }
    return MAY_IMPORT.keySet().stream()
        .filter(row -> !row.isEmpty() && isWithin(packageName, BASE + "." + row))
        .max(Comparator.comparingInt(String::length));
  }

  private static boolean isWithin(String packageName, String root) {
    return packageName.equals(root) || packageName.startsWith(root + ".");
  }

  private static DescribedPredicate<JavaAccess<?>> access(
      String description, Predicate<JavaAccess<?>> predicate) {
    return describe(description, predicate);
  }

  /** Packages that a rule speaks of may not be there yet. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(ours);
  }

  private static void assertNone(String what, Stream<String> found) {
    assertEquals("", found.sorted().distinct().collect(joining("\n")), what);
  }
}
