package io.millrace.app.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.house.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void noTwoSettingsShareANameOrAVariable() {
    assertThat(Catalogue.ALL).extracting(Setting::name).doesNotHaveDuplicates();
    assertThat(Catalogue.ALL).extracting(Setting::environmentName).doesNotHaveDuplicates();
  }

  @Test
  void everySettingSaysWhatItDoesInASentence() {
    assertThat(Catalogue.ALL)
        .allSatisfy(setting -> assertThat(setting.description()).matches("(?s)[A-Z0-9].*\\."));
  }

  @Test
  void theUnitStandsLastInTheName() {
    assertThat(Catalogue.ALL)
        .filteredOn(setting -> setting.name().matches(".*(millis|seconds|bytes|days|hours)(-max)?"))
        .allSatisfy(setting -> assertThat(setting.unit()).isNotEmpty());
  }

  /** With {@code -Dmillrace.renew=true} the page is written instead of compared. */
  @Test
  void thePageIsFresh() throws IOException {
    Path page = Repository.root().resolve("docs/settings.md");
    if (Boolean.getBoolean("millrace.renew")) {
      Files.writeString(page, Reference.page());
    }
    assertThat(page)
        .as(
            "renew with: mvn -pl app -am test -Dtest=CatalogueTest -Dmillrace.renew=true"
                + " -Dsurefire.failIfNoSpecifiedTests=false")
        .hasContent(Reference.page());
  }
}
