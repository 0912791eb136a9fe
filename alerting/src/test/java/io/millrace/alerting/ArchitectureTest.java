package io.millrace.alerting;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void aPackageUsesOnlyPackagesThatStandAboveIt() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.millrace.alerting");
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("alert")
        .definedBy("io.millrace.alerting.alert")
        .layer("group")
        .definedBy("io.millrace.alerting.group")
        .layer("channel")
        .definedBy("io.millrace.alerting.channel")
        .layer("deliver")
        .definedBy("io.millrace.alerting.deliver")
        .layer("inbox")
        .definedBy("io.millrace.alerting.inbox")
        .layer("root")
        .definedBy("io.millrace.alerting")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("inbox")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("deliver")
        .mayOnlyBeAccessedByLayers("inbox", "root")
        .whereLayer("channel")
        .mayOnlyBeAccessedByLayers("deliver", "inbox", "root")
        .whereLayer("group")
        .mayOnlyBeAccessedByLayers("channel", "deliver", "inbox", "root")
        .check(classes);
  }
}
