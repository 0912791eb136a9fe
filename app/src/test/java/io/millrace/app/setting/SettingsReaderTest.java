package io.millrace.app.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  @TempDir Path home = Path.of("");

  @Test
  void theDefaultCountsWhenNobodySaysOtherwise() throws Exception {
    assertThat(read(Map.of(), Map.of()).get(Catalogue.PORT)).isEqualTo(8787);
  }

  @Test
  void theFileWinsOverTheDefault() throws Exception {
    write("port = 9001");

    assertThat(read(Map.of(), Map.of()).get(Catalogue.PORT)).isEqualTo(9001);
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws Exception {
    write("port = 9001");

    assertThat(read(Map.of("MILLRACE_PORT", "9002"), Map.of()).get(Catalogue.PORT)).isEqualTo(9002);
  }

  @Test
  void theCommandLineWinsOverAll() throws Exception {
    write("port = 9001");

    Settings settings = read(Map.of("MILLRACE_PORT", "9002"), Map.of("port", "9003"));

    assertThat(settings.get(Catalogue.PORT)).isEqualTo(9003);
  }

  @Test
  void anEmptyValueCountsAsNotSet() throws Exception {
    write("port = 9001");

    assertThat(read(Map.of("MILLRACE_PORT", ""), Map.of()).get(Catalogue.PORT)).isEqualTo(9001);
  }

  @Test
  void aValueGoesToTheEndOfItsLine() throws Exception {
    write("admin.password =  a # b = 'c' ");

    assertThat(read(Map.of(), Map.of()).find(Catalogue.ADMIN_PASSWORD)).contains("a # b = 'c'");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port                  | 65536  | port = 65536 (command line): expected a whole number from 0 to 65535.
          port                  | http   | port = http (command line): expected a whole number from 0 to 65535.
          engine.zone           | Mars   | engine.zone = Mars (command line): expected a time zone such as UTC or Europe/Kyiv.
          engine.copy-trace     | maybe  | engine.copy-trace = maybe (command line): expected true or false.
          log.format            | xml    | log.format = xml (command line): expected one of auto, text, json.
          prot                  | 1      | prot (command line): expected the name of a setting. Did you mean port?
          timeout-millis        | 1      | timeout-millis (command line): expected the name of a setting. Did you mean call.timeout-millis?
          egress.allow          | a b    | egress.allow = a b (command line): expected blocks such as 10.1.0.0/16 or destinations such as host.internal:8025, separated by commas.
          aws.source.a_b.region | x      | aws.source.a_b.region (command line): expected the name of a setting. All names: millrace server --print-settings, or docs/settings.md.
          something.else        | 1      | something.else (command line): expected the name of a setting. All names: millrace server --print-settings, or docs/settings.md.
          """)
  void aWrongSettingIsNamedWithItsRemedy(String name, String value, String message) {
    assertThat(problems(Map.of(), Map.of(name, value))).endsWith("  " + message);
  }

  @Test
  void anUnknownVariableIsAnError() {
    assertThat(problems(Map.of("MILLRACE_PROT", "1"), Map.of()))
        .contains("MILLRACE_PROT (environment, MILLRACE_PROT)")
        .contains("Did you mean MILLRACE_PORT?");
  }

  @Test
  void variablesOfTheLauncherAreNoSettings() throws Exception {
    assertThat(read(Map.of("MILLRACE_JAVA_OPTS", "-Xmx1g", "MILLRACE_TEST_X", "1"), Map.of()))
        .isNotNull();
  }

  @Test
  void allProblemsAreReportedAtOnce() throws Exception {
    write("port = x\nnonsense\nlog.level = loud");

    assertThat(problems(Map.of(), Map.of()))
        .startsWith("3 settings are wrong:")
        .contains("millrace.conf, line 1", "millrace.conf, line 2", "millrace.conf, line 3");
  }

  @Test
  void aSettingGivenTwiceInTheFileIsAnError() throws Exception {
    write("port = 1\nport = 2");

    assertThat(problems(Map.of(), Map.of()))
        .contains("port = 2 (millrace.conf, line 2): expected each setting once.")
        .contains("It was given before: millrace.conf, line 1.");
  }

  @Test
  void theFileCannotSayWhereItLies() throws Exception {
    write("home = /somewhere");

    assertThat(problems(Map.of(), Map.of())).contains("use --home or MILLRACE_HOME");
  }

  @Test
  void aKeyNeedsItsSecret() {
    assertThat(problems(Map.of("MILLRACE_API_LOGIN", "7"), Map.of()))
        .contains("api.secret (not set): expected a value, since api.login is set.");
  }

  @Test
  void aSourceNeedsItsQueueProcessAndRegion() {
    assertThat(problems(Map.of("MILLRACE_AWS_SOURCE_PROD_EU_REGION", "eu-west-1"), Map.of()))
        .startsWith("2 settings are wrong:")
        .contains("aws.source.prod-eu.queue-url (not set)", "aws.source.prod-eu.process (not set)");
  }

  @Test
  void aSourceMayBeGivenInAnyLayers() throws Exception {
    write("aws.source.prod.queue-url = https://sqs.example/1/q\naws.source.prod.process = 7");

    Settings settings = read(Map.of("MILLRACE_AWS_SOURCE_PROD_REGION", "eu-west-1"), Map.of());

    assertThat(settings.names(Links.SOURCE_QUEUE_URL)).containsExactly("prod");
    assertThat(settings.find(Links.SOURCE_REGION, "prod")).contains("eu-west-1");
    assertThat(settings.find(Links.SOURCE_FILES_MAX, "prod")).contains(4L);
  }

  @Test
  void aSecretIsInNoErrorAndInNoPrint() throws Exception {
    write("api.secret = s3cr3t-value\napi.secret = s3cr3t-value");
    assertThat(problems(Map.of(), Map.of())).doesNotContain("s3cr3t-value");

    write("admin.password = s3cr3t-value");
    Settings settings = read(Map.of(), Map.of());
    assertThat(settings.print()).doesNotContain("s3cr3t-value").contains("(set, not shown)");
    assertThat(settings.toString()).doesNotContain("s3cr3t-value");
  }

  @Test
  void thePrintTellsWhereEachValueCameFrom() throws Exception {
    write("port = 9001");

    assertThat(read(Map.of("MILLRACE_BIND", "0.0.0.0"), Map.of()).print().lines())
        .anyMatch(line -> line.matches("port +.* 9001 +# millrace.conf, line 1"))
        .anyMatch(line -> line.matches("bind +.* 0.0.0.0 +# environment, MILLRACE_BIND"))
        .anyMatch(line -> line.matches("log.level +.* info +# default"));
  }

  @Test
  void aFileThatIsNoTextIsAnError() throws Exception {
    Files.write(home.resolve("millrace.conf"), new byte[] {(byte) 0xC3, 0x28});

    assertThat(problems(Map.of(), Map.of())).contains("expected text in UTF-8");
  }

  @Test
  void theFirstFileChangesNothing() throws Exception {
    ConfigurationFile.writeFirst(home);

    Settings settings = read(Map.of(), Map.of());

    assertThat(settings.print().lines())
        .allMatch(line -> line.endsWith("# default") || line.contains("MILLRACE_HOME"));
  }

  @Test
  void theFirstFileWithEveryLineTurnedOnIsRead() throws Exception {
    ConfigurationFile.writeFirst(home);
    Path file = home.resolve("millrace.conf");
    String text = Files.readString(file);
    Files.writeString(file, text.replaceAll("(?m)^#(?=[a-z])(?!.*<name>)", ""));

    Settings settings = read(Map.of(), Map.of());

    assertThat(settings.get(Catalogue.PORT)).isEqualTo(8787);
  }

  @Test
  void anExistingFileIsLeftAlone() throws Exception {
    write("port = 9001");

    ConfigurationFile.writeFirst(home);

    assertThat(home.resolve("millrace.conf")).hasContent("port = 9001");
  }

  private Settings read(Map<String, String> environment, Map<String, String> options)
      throws SettingsException {
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("MILLRACE_HOME", home.toString());
    return SettingsReader.read(all, options, null);
  }

  private String problems(Map<String, String> environment, Map<String, String> options) {
    return catchThrowableOfType(SettingsException.class, () -> read(environment, options))
        .getMessage();
  }

  private void write(String text) throws IOException {
    Files.writeString(home.resolve("millrace.conf"), text);
  }
}
