package io.millrace.alerting;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A self-signed certificate for 127.0.0.1, made by the JDK's own tool. */
public record TestCertificate(Path keyStore, Path pem) {
  public static final String PASSWORD = "changeit";

  public static TestCertificate create(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("server.p12");
    Path pem = folder.resolve("server.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-storetype",
        "PKCS12",
        "-validity",
        "2",
        "-dname",
        "CN=millrace test",
        "-ext",
        "SAN=IP:127.0.0.1,DNS:localhost",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        pem.toString());
    return new TestCertificate(store, pem);
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed with " + process.exitValue());
    }
  }
}
