package io.millrace.app.clients;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request written byte by byte, as a client that is not Java's puts it on the wire; and its
 * answer, with the head as it came.
 */
final class RawHttp {
  private static final int PATIENCE_MILLIS = 30_000;

  /** An answer; {@code body} is what {@code Content-Length} promised. */
  record Answer(int status, List<String> head, String body) {
    String header(String name) {
      String begin = name.toLowerCase(Locale.ROOT) + ":";
      return head.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
          .map(line -> line.substring(begin.length()).strip())
          .findFirst()
          .orElse("");
    }
  }

  private RawHttp() {}

  /** Sends a head, to which {@code Content-Length} is added, and a body. */
  static Answer post(URI server, String path, List<String> headers, byte[] body) {
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    return exchange(server, head.toString(), body);
  }

  static Answer exchange(URI server, String head, byte[] body) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(head.getBytes(StandardCharsets.ISO_8859_1));
      bytes.write(body);
      socket.getOutputStream().write(bytes.toByteArray());
      socket.getOutputStream().flush();
      return read(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer read(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ", 3)[1]);
    List<String> head = new ArrayList<>();
    String line = line(in);
    while (!line.isEmpty()) {
      head.add(line);
      line = line(in);
    }
    Answer bare = new Answer(status, head, "");
    if (bare.header("Content-Length").isEmpty()) {
      throw new IOException("No Content-Length: " + head);
    }
    int length = Integer.parseInt(bare.header("Content-Length"));
    return new Answer(status, head, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    while ((next = in.read()) != '\n') {
      if (next < 0) {
        throw new IOException("The connection was closed after: " + line);
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
