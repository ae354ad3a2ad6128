package net.testudo.agent.management;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.testudo.agent.ClusterAccess;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agent's end of the socket. When the connection ends, the element is gone and this is of no use any more: who
/// waits for an answer gets `OUTCOME_UNKNOWN`.
public final class ManagementClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementClient.class);

    private final MessageChannel channel;
    private final Consumer<ClusterAccess> onAccess;
    private final Semaphore toWrite = new Semaphore(0);
    private final QueuedManagementPort port = new QueuedManagementPort(toWrite::release);
    private final AtomicReference<@Nullable String> handled = new AtomicReference<>();
    private final CountDownLatch published = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    private ManagementClient(MessageChannel channel, Consumer<ClusterAccess> onAccess) {
        this.channel = channel;
        this.onAccess = onAccess;
    }

    /// Connects to the element and waits for its first state.
    ///
    /// @param path of the element's socket
    /// @param onAccess is told what may be served at the cluster address, by one thread; must not block
    /// @throws IOException if no element listens there, it is of another version, or it ended
    public static ManagementClient connect(Path path, Consumer<ClusterAccess> onAccess)
            throws IOException, InterruptedException {
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        ManagementClient client = new ManagementClient(new MessageChannel(socket), onAccess);
        try {
            socket.connect(UnixDomainSocketAddress.of(path));
            client.begin();
            return client;
        } catch (IOException e) {
            client.close();
            throw new IOException("no element answers at " + path + ": " + e.getMessage(), e);
        }
    }

    /// The element as the servers see it.
    public ElementClient element() {
        return port;
    }

    /// Tells the element which events were dealt with: by all listeners that were added before. The others are told
    /// again to the agent that comes after this one.
    public void acknowledgeEvents() {
        port.addListener(event -> {
            handled.set(event.id());
            toWrite.release();
        });
    }

    /// Waits until the element is gone, or this was closed.
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private void begin() throws IOException, InterruptedException {
        channel.write(new Message.Hello(Message.VERSION));
        if (!(channel.read() instanceof Message.Hello(int version))) {
            throw new IOException("it says no hello");
        }
        if (version != Message.VERSION) {
            throw new IOException("it speaks version " + version + " of the management protocol, this agent "
                    + Message.VERSION + ": install element and agent together");
        }
        Thread.ofPlatform().name("management-read").daemon().start(this::readAll);
        Thread.ofPlatform().name("management-write").daemon().start(this::writeAll);
        published.await();
        if (ended.getCount() == 0) {
            throw new IOException("it ended");
        }
    }

    private void readAll() {
        try {
            for (Message next = channel.read(); next != null; next = channel.read()) {
                take(next);
            }
        } catch (IOException e) {
            if (!closed.get()) {
                LOG.error("the connection to the element ends: {}", e.getMessage());
            }
        } finally {
            close();
        }
    }

    private void take(Message message) throws IOException {
        switch (message) {
            case Message.Snapshot(ElementSnapshot snapshot) -> {
                port.publish(snapshot);
                published.countDown();
            }
            case Message.Answer(var answer) -> port.answer(answer);
            case Message.Event(var event) -> port.notify(event);
            case Message.Access(ClusterAccess access) -> onAccess.accept(access);
            case Message.Hello _, Message.Request _, Message.Handled _ ->
                throw new IOException("the element sent " + message.getClass().getSimpleName());
        }
    }

    private void writeAll() {
        try {
            while (!closed.get()) {
                toWrite.acquire();
                for (Request next = port.poll(); next != null; next = port.poll()) {
                    channel.write(new Message.Request(next));
                }
                String event = handled.getAndSet(null);
                if (event != null) {
                    channel.write(new Message.Handled(event));
                }
            }
        } catch (IOException e) {
            if (!closed.get()) {
                LOG.error("the element takes no requests: {}", e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        toWrite.release();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing the connection to the element", e);
        }
        port.close();
        ended.countDown();
        published.countDown();
    }
}
