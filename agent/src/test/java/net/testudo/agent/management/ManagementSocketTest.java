package net.testudo.agent.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.testudo.agent.ClusterAccess;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.net.Ipv4Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An element and its agents over a real socket.
class ManagementSocketTest {
    private static final long LIMIT_S = 20;

    @TempDir
    Path directory;

    private final BlockingQueue<Boolean> wakeUps = new LinkedBlockingQueue<>();
    private final QueuedManagementPort element = new QueuedManagementPort(() -> wakeUps.add(true));
    private final BlockingQueue<ClusterAccess> accesses = new LinkedBlockingQueue<>();
    private final BlockingQueue<ElementEvent> events = new LinkedBlockingQueue<>();

    @BeforeEach
    void publish() {
        element.publish(MessageCodecTest.snapshot(1, new Content("/a:b/c = 1\n", "/a:b/d = secret\n")));
    }

    @AfterEach
    void close() {
        element.close();
    }

    private ManagementServer serve() throws IOException {
        return ManagementServer.start(socket(), element);
    }

    private Path socket() {
        return directory.resolve("element.sock");
    }

    private ManagementClient connect() throws Exception {
        return ManagementClient.connect(socket(), accesses::add);
    }

    private Request requested() throws InterruptedException {
        while (true) {
            assertEquals(true, wakeUps.poll(LIMIT_S, TimeUnit.SECONDS), "nobody asked the element");
            Request request = element.poll();
            if (request != null) {
                return request;
            }
        }
    }

    @Test
    void theAgentSeesWhatTheElementPublishes() throws Exception {
        try (ManagementServer server = serve();
                ManagementClient agent = connect()) {
            assertEquals(element.snapshot(), agent.element().snapshot());
            assertEquals(ClusterAccess.NONE, accesses.poll(LIMIT_S, TimeUnit.SECONDS));
            ClusterAccess access = new ClusterAccess(Ipv4Address.parse("10.10.0.1"), true);
            server.onClusterAccess(access);
            assertEquals(access, accesses.poll(LIMIT_S, TimeUnit.SECONDS));

            agent.element().addListener(listener());
            ElementEvent event = event(1);
            element.notify(event);
            assertEquals(event, events.poll(LIMIT_S, TimeUnit.SECONDS));
        }
    }

    @Test
    void whoIsAnsweredWithARevisionReadsIt() throws Exception {
        try (ManagementServer _ = serve();
                ManagementClient agent = connect()) {
            Content content = new Content("/a:b/c = 2\n", "");
            CompletableFuture<Answer> answer =
                    agent.element().submit(id -> new Request.Commit(id, "x", 1, content), Duration.ofSeconds(LIMIT_S));
            Request.Commit asked = (Request.Commit) requested();
            assertEquals(content, asked.content());
            element.publish(MessageCodecTest.snapshot(2, content));
            element.answer(Answer.ok(asked.requestId(), 2));
            assertEquals(
                    Answer.Outcome.OK, answer.get(LIMIT_S, TimeUnit.SECONDS).outcome());
            ElementSnapshot shown = agent.element().snapshot();
            assertEquals(2, shown.revision());
            assertEquals(content, shown.content());
        }
    }

    @Test
    void anElementThatEndsLeavesNobodyWaiting() throws Exception {
        ManagementServer server = serve();
        try (ManagementClient agent = connect()) {
            CompletableFuture<Answer> answer = agent.element().submit(id -> new Request.FormAlone(id, ""));
            requested();
            server.close();
            assertEquals(
                    Answer.Outcome.OUTCOME_UNKNOWN,
                    answer.get(LIMIT_S, TimeUnit.SECONDS).outcome());
            agent.awaitEnd();
        }
        assertTrue(Files.notExists(socket()));
    }

    @Test
    void theLockOfAnAgentThatIsGoneIsGivenBack() throws Exception {
        try (ManagementServer _ = serve()) {
            try (ManagementClient agent = connect()) {
                var _ = agent.element().submit(id -> new Request.RunningLock(id, "ops"));
                assertEquals("ops", ((Request.RunningLock) requested()).holder());
            }
            assertEquals("", ((Request.RunningLock) requested()).holder());
        }
    }

    @Test
    void anAgentThatDoesNotReadHoldsUpNobody() throws Exception {
        try (ManagementServer _ = serve();
                SocketChannel hanging = SocketChannel.open(StandardProtocolFamily.UNIX);
                ManagementClient agent = connect()) {
            hanging.connect(UnixDomainSocketAddress.of(socket()));
            agent.element().addListener(listener());
            for (int i = 1; i <= 20 * AgentConnection.QUEUE_MAX; i++) {
                ElementEvent event = event(i);
                element.notify(event);
                assertEquals(event, events.poll(LIMIT_S, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void whatNoAgentHasDealtWithIsToldToTheNext() throws Exception {
        try (ManagementServer _ = serve()) {
            element.notify(event(1));
            element.notify(event(2));
            element.notify(event(3));
            try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                socket.connect(UnixDomainSocketAddress.of(socket()));
                MessageChannel channel = new MessageChannel(socket);
                channel.write(new Message.Hello(Message.VERSION));
                Message last = channel.read();
                while (!new Message.Event(event(3)).equals(last)) {
                    assertNotNull(last, "the end, without the third event");
                    last = channel.read();
                }
                channel.write(new Message.Handled(event(2).id()));
                channel.write(new Message.Handled("A9/9/9"));
                channel.write(new Message.Request(new Request.FormAlone(1, "")));
                requested();
            }
            try (ManagementClient agent = connect()) {
                agent.element().addListener(listener());
                agent.acknowledgeEvents();
                assertEquals(event(3), events.poll(LIMIT_S, TimeUnit.SECONDS));
                element.notify(event(4));
                assertEquals(event(4), events.poll(LIMIT_S, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void anAgentAcknowledgesWhatItsListenersHaveHeard() throws Exception {
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        try (ServerSocketChannel peer = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            peer.bind(UnixDomainSocketAddress.of(socket()));
            Thread peerThread = Thread.ofPlatform().daemon().start(() -> speakAsElement(peer, handled));
            try (ManagementClient agent = connect()) {
                agent.element().addListener(listener());
                agent.acknowledgeEvents();
                assertEquals(event(1).id(), handled.poll(LIMIT_S, TimeUnit.SECONDS));
                assertEquals(event(1), events.poll());
            }
            peerThread.join();
        }
    }

    private void speakAsElement(ServerSocketChannel peer, BlockingQueue<String> handled) {
        try (MessageChannel channel = new MessageChannel(peer.accept())) {
            channel.write(new Message.Hello(Message.VERSION));
            channel.write(new Message.Snapshot(element.snapshot()));
            channel.write(new Message.Event(event(1)));
            for (Message next = channel.read(); next != null; next = channel.read()) {
                if (next instanceof Message.Handled(String event)) {
                    handled.add(event);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyThisUserMayConnectAndOneMoreAgentIsTurnedAway() throws Exception {
        try (ManagementServer _ = serve()) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())));
            ManagementClient[] agents = new ManagementClient[ManagementServer.AGENTS_MAX];
            for (int i = 0; i < agents.length; i++) {
                agents[i] = connect();
            }
            assertThrows(IOException.class, this::connect);
            for (ManagementClient agent : agents) {
                agent.close();
            }
        }
    }

    @Test
    void anAgentOfAnotherVersionIsTurnedAway() throws Exception {
        try (ManagementServer _ = serve();
                SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(socket()));
            MessageChannel channel = new MessageChannel(socket);
            channel.write(new Message.Hello(Message.VERSION + 1));
            assertEquals(new Message.Hello(Message.VERSION), channel.read());
            Message next = channel.read();
            while (next instanceof Message.Snapshot || next instanceof Message.Access) {
                next = channel.read();
            }
            assertNull(next);
        }
    }

    @Test
    void withoutAnElementTheErrorNamesTheSocket() {
        IOException e = assertThrows(IOException.class, this::connect);
        assertTrue(String.valueOf(e.getMessage()).contains(socket().toString()), e::getMessage);
    }

    private ElementClient.Listener listener() {
        return events::add;
    }

    private static ElementEvent event(int sequence) {
        return new ElementEvent(
                "A1/1/" + sequence,
                ElementEvent.Kind.MEMBER_UP,
                2,
                "A2",
                7,
                ElementEvent.Reason.NONE,
                "status messages heard again",
                Map.of("silent-ns", "12"));
    }
}
