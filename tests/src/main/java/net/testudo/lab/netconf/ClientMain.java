package net.testudo.lab.netconf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opendaylight.netconf.shaded.sshd.client.SshClient;

/// The process of the clients: obeys lines on its standard input, answers each with one line, ends with its input.
public final class ClientMain {
    private final SshClient client = ChunkedSession.client();
    private final Map<String, List<ChunkedSession>> sessions = new HashMap<>();
    private final AtomicLong number = new AtomicLong();

    private ClientMain() {}

    /// Obeys.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ClientMain clients = new ClientMain();
        PrintStream answers = System.out;
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (@Nullable String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(clients.answer(line));
        }
        System.exit(0);
    }

    private String answer(String line) throws InterruptedException {
        List<String> words = Arrays.asList(line.strip().split(" +", -1));
        try {
            return ("ok " + obey(words)).strip();
        } catch (IOException | ExecutionException | RuntimeException e) {
            // Not the whole line: it may hold a password.
            return "error " + words.getFirst() + ": " + e;
        }
    }

    private String obey(List<String> words) throws IOException, InterruptedException, ExecutionException {
        return switch (words.getFirst()) {
            case "open" -> {
                List<ChunkedSession> opened = new ArrayList<>();
                for (int i = Integer.parseInt(words.get(2)); i > 0; i--) {
                    opened.add(ChunkedSession.begin(
                            client, words.get(3), Integer.parseInt(words.get(4)), words.get(5), words.get(6)));
                }
                sessions.put(words.get(1), opened);
                yield "";
            }
            case "close" -> {
                for (ChunkedSession session : known(words.get(1))) {
                    session.close();
                }
                sessions.remove(words.get(1));
                yield "";
            }
            case "ask" -> ask(words.get(1), Integer.parseInt(words.get(2)), texts(words.subList(3, words.size())));
            case "rate" -> rate(words.get(1), Long.parseLong(words.get(2)), texts(words.subList(3, words.size())));
            default -> throw new IllegalArgumentException("unknown command");
        };
    }

    private static List<String> texts(List<String> files) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String file : files) {
            texts.add(Files.readString(Path.of(file)));
        }
        return texts;
    }

    private List<ChunkedSession> known(String name) {
        List<ChunkedSession> found = sessions.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no sessions are called '" + name + "'");
        }
        return found;
    }

    /// Sends all operations, so many times.
    private String ask(String name, int times, List<String> operations) throws IOException {
        ChunkedSession session = known(name).getFirst();
        List<Long> ns = new ArrayList<>();
        long octets = 0;
        for (int i = 0; i < times; i++) {
            List<String> made = made(operations);
            long startNs = System.nanoTime();
            octets = 0;
            for (String operation : made) {
                octets += session.ask(operation);
            }
            ns.add(System.nanoTime() - startNs);
        }
        return octets + " " + ns.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private List<String> made(List<String> operations) {
        String next = Long.toString(number.incrementAndGet());
        return operations.stream()
                .map(text -> text.replace(ClientHost.NUMBER, next))
                .toList();
    }

    /// Sends all operations by all sessions at once, again and again.
    private String rate(String name, long limitNs, List<String> operations)
            throws InterruptedException, ExecutionException {
        long startNs = System.nanoTime();
        long count = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> counts = new ArrayList<>();
            for (ChunkedSession session : known(name)) {
                counts.add(threads.submit(() -> askUntil(session, startNs + limitNs, operations)));
            }
            for (Future<Long> each : counts) {
                count += each.get();
            }
        }
        return count + " " + (System.nanoTime() - startNs);
    }

    private long askUntil(ChunkedSession session, long untilNs, List<String> operations) throws IOException {
        long count = 0;
        for (; untilNs - System.nanoTime() > 0; count++) {
            for (String operation : made(operations)) {
                session.ask(operation);
            }
        }
        return count;
    }
}
