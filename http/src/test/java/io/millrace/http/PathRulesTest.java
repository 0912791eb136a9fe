package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathRulesTest {
  @ParameterizedTest
  @CsvSource({"/,/", "//,/", "/a,/a", "/a/,/a", "//a///b//,/a/b", "a,/a", "'',/"})
  void doubledAndTrailingSlashesGo(String path, String tidy) {
    assertThat(PathRules.tidied(path)).isEqualTo(tidy);
    assertThat(PathRules.isTidy(tidy)).isTrue();
  }
}
