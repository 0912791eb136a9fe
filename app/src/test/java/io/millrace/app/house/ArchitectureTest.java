package io.millrace.app.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Which way imports may point. The lists are the floor plan of the house: a package may use only
 * packages that stand before it in its module, and other modules only along the arrows.
 */
class ArchitectureTest {
  private static final String BASE = "io.millrace.";

  /** Module to the modules that it may use. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "engine", Set.of(),
          "runtime", Set.of("engine"),
          "effects", Set.of("engine"),
          "workspace", Set.of("engine"),
          "http", Set.of(),
          "server", Set.of("engine", "runtime", "workspace", "http"),
          "aws", Set.of("engine", "runtime", "http"),
          "alerting", Set.of("engine", "runtime", "effects", "http"),
          "app",
              Set.of(
                  "engine",
                  "runtime",
                  "effects",
                  "workspace",
                  "http",
                  "server",
                  "aws",
                  "alerting"));

  /** Module to its packages, first things first; "" is the module's root package. */
  private static final Map<String, List<String>> ORDER =
      Map.of(
          "engine",
              List.of(
                  "json",
                  "id",
                  "template",
                  "condition",
                  "params",
                  "command",
                  "view",
                  "state",
                  "logic",
                  "semaphore",
                  "process",
                  "deploy",
                  "step",
                  "audit",
                  ""),
          "runtime", List.of("host", "slot", "message", "inbox", "rocks", "archive", "loop", ""),
          "effects", List.of("guard", "worker", "http", "code", "sql", "git", ""),
          "workspace",
              List.of("store", "secret", "people", "rights", "folder", "version", "exchange", ""),
          "http", List.of(""),
          "server", List.of("wire", "session", "directory", "compatible", "direct", "console", ""),
          "aws",
              List.of(
                  "access",
                  "cloudtrail",
                  "sqs",
                  "s3",
                  "submit",
                  "replay",
                  "sample",
                  "local",
                  "logs",
                  "alarm",
                  "integrity",
                  ""),
          "alerting", List.of("alert", "schedule", "group", "channel", "deliver", "inbox", ""),
          "app", List.of("setting", "health", "command", ""));

  /** These only take addresses apart and put them together; they reach nothing. */
  private static final Set<String> NET_TEXT =
      Set.of(
          "java.net.URI",
          "java.net.URISyntaxException",
          "java.net.URLDecoder",
          "java.net.URLEncoder");

  private static JavaClasses classes = new ClassFileImporter().importClasses();

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.millrace");
  }

  @Test
  void importsPointAlongTheArrows() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass user : classes) {
      user.getDirectDependenciesFromSelf()
          .forEach(dependency -> {
            JavaClass used = dependency.getTargetClass();
            if (used.getPackageName().startsWith(BASE) && !allowed(user, used)) {
              wrong.add(user.getPackageName() + " uses " + used.getName());
            }
          });
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean allowed(JavaClass user, JavaClass used) {
    String module = module(user.getPackageName());
    String usedModule = module(used.getPackageName());
    if (!module.equals(usedModule)) {
      return ARROWS.getOrDefault(module, Set.of()).contains(usedModule);
    }
    List<String> order = ORDER.getOrDefault(module, List.of());
    return order.indexOf(inner(used.getPackageName()))
        <= order.indexOf(inner(user.getPackageName()));
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> unknown = new TreeSet<>();
    for (JavaClass each : classes) {
      String name = each.getPackageName();
      if (!ORDER.getOrDefault(module(name), List.of()).contains(inner(name))) {
        unknown.add(name);
      }
    }
    assertThat(unknown).as("add them to ORDER, behind what they use").isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.millrace.(**)").should().beFreeOfCycles().check(classes);
  }

  /** The same command on the same state must give the same bytes on every machine, every time. */
  @Test
  void theEngineAsksTheMachineForNothing() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.engine..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to the outside",
                used ->
                    (used.getPackageName().startsWith("java.net")
                            && !NET_TEXT.contains(used.getName()))
                        || used.getPackageName().startsWith("java.nio.file")
                        || used.getPackageName().startsWith("java.util.concurrent.locks")
                        || used.getPackageName().startsWith("java.util.logging")
                        || used.getPackageName().startsWith("org.slf4j")
                        || Set.of(
                                "java.io.File",
                                "java.lang.Thread",
                                "java.util.Random",
                                "java.util.Timer",
                                "java.util.concurrent.ThreadLocalRandom",
                                "java.util.concurrent.Executor",
                                "java.util.concurrent.ExecutorService",
                                "java.util.concurrent.CompletableFuture",
                                "java.security.SecureRandom",
                                "java.time.InstantSource",
                                "java.time.Clock")
                            .contains(used.getName())))
        .orShould()
        .accessTargetWhere(
            DescribedPredicate.describe("is a call to clock, chance or environment", this::banned))
        .check(classes);
  }

  private boolean banned(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String method = access.getName();
    return switch (owner) {
      case "java.lang.System" ->
          Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "identityHashCode")
              .contains(method);
      case "java.lang.Math" -> method.equals("random");
      case "java.util.UUID" -> method.equals("randomUUID");
      case "java.time.ZoneId" -> method.equals("systemDefault");
      default -> owner.startsWith("java.time.") && method.equals("now");
    };
  }

  private static String module(String packageName) {
    String inside =
        packageName.length() < BASE.length() ? "" : packageName.substring(BASE.length());
    int dot = inside.indexOf('.');
    return dot < 0 ? inside : inside.substring(0, dot);
  }

  private static String inner(String packageName) {
    String inside =
        packageName.length() < BASE.length() ? "" : packageName.substring(BASE.length());
    int dot = inside.indexOf('.');
    return dot < 0 ? "" : inside.substring(dot + 1);
  }
}
