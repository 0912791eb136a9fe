package io.millrace.aws.testing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/**
 * Makes every server socket of a child process listen on the loopback address, whatever it asks
 * for. S3Mock has no setting for the address of its plain listener. Named to the child by the
 * system property {@code SelectorProvider}.
 */
public final class LoopbackSelectors extends SelectorProvider {
  private final SelectorProvider real;

  public LoopbackSelectors() throws ReflectiveOperationException {
    try {
      real =
          (SelectorProvider)
              Class.forName("sun.nio.ch.DefaultSelectorProvider").getMethod("get").invoke(null);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public DatagramChannel openDatagramChannel() throws IOException {
    return real.openDatagramChannel();
  }

  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
    return real.openDatagramChannel(family);
  }

  @Override
  public Pipe openPipe() throws IOException {
    return real.openPipe();
  }

  @Override
  public AbstractSelector openSelector() throws IOException {
    return real.openSelector();
  }

  @Override
  public SocketChannel openSocketChannel() throws IOException {
    return real.openSocketChannel();
  }

  @Override
  public ServerSocketChannel openServerSocketChannel() throws IOException {
    return new LoopbackServer(this, real.openServerSocketChannel());
  }

  private static final class LoopbackServer extends ServerSocketChannel {
    private final ServerSocketChannel channel;

    LoopbackServer(SelectorProvider provider, ServerSocketChannel channel) {
      super(provider);
      this.channel = channel;
    }

    @Override
    public ServerSocketChannel bind(SocketAddress local, int backlog) throws IOException {
      int port = local instanceof InetSocketAddress address ? address.getPort() : 0;
      channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), backlog);
      return this;
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
      channel.setOption(name, value);
      return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
      return channel.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
      return channel.supportedOptions();
    }

    @Override
    public ServerSocket socket() {
      return channel.socket();
    }

    @Override
    public SocketChannel accept() throws IOException {
      return channel.accept();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
      return channel.getLocalAddress();
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
      channel.close();
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
      channel.configureBlocking(block);
    }
  }
}
