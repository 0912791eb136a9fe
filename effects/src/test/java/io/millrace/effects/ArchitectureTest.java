package io.millrace.effects;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void theGuardKnowsNothingOfHttp() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.effects.guard..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.millrace.effects.http..", "io.vertx..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.millrace.effects"));
  }
}
