package io.millrace.effects.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that reads one request per connection and then does whatever the test wants. */
final class RawServer implements AutoCloseable {
  /** What to do with a connection after its request was read. */
  interface Behaviour {
    void handle(Socket connection, String request) throws Exception;
  }

  private final ServerSocket server = new ServerSocket();
  final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  RawServer(String address, Behaviour behaviour) throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try {
              Socket connection = server.accept();
              connections.add(connection);
              Thread.ofVirtual().start(() -> serve(connection, behaviour));
            } catch (IOException e) {
              return;
            }
          }
        });
  }

  static Behaviour answering(String head, String body) {
    return (connection, _) -> {
      write(connection, head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    };
  }

  static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    connection.getOutputStream().flush();
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve(Socket connection, Behaviour behaviour) {
    try {
      while (true) {
        String request = readRequest(connection);
        if (request.isEmpty()) {
          return;
        }
        requests.add(request);
        behaviour.handle(connection, request);
      }
    } catch (Exception e) {
      // The client went away, or the test is over.
    }
  }

  private static String readRequest(Socket connection) throws IOException {
    StringBuilder text = new StringBuilder();
    int length = -1;
    while (length < 0 || text.length() < length) {
      int b = connection.getInputStream().read();
      if (b < 0) {
        return "";
      }
      text.append((char) b);
      if (length < 0 && text.toString().endsWith("\r\n\r\n")) {
        length = text.length() + contentLength(text.toString());
      }
    }
    return text.toString();
  }

  private static int contentLength(String head) {
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
