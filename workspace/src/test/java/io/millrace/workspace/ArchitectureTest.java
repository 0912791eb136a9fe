package io.millrace.workspace;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A package uses only packages that stand above it in this list; the front door comes last. */
class ArchitectureTest {
  private static final List<String> ORDER =
      List.of("store", "secret", "people", "rights", "folder", "version", "exchange");
  private static final String BASE = "io.millrace.workspace";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  @Test
  void packagesUseOnlyThoseAboveThem() {
    for (int i = 0; i < ORDER.size(); i++) {
      String[] below =
          ORDER.stream().skip(i + 1L).map(name -> BASE + "." + name).toArray(String[]::new);
      var rule = ArchRuleDefinition.noClasses().that().resideInAPackage(BASE + "." + ORDER.get(i));
      rule.should().dependOnClassesThat().resideInAPackage(BASE).check(classes);
      if (below.length > 0) {
        rule.should().dependOnClassesThat().resideInAnyPackage(below).check(classes);
      }
    }
  }

  @Test
  void thereIsNoCycle() {
    slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(classes);
  }
}
