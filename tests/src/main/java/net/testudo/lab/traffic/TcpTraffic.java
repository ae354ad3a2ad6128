package net.testudo.lab.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// All TCP connections of one host, accepted and opened ones alike: on each, both sides send a record per interval.
///
/// One thread owns the connections; other threads pass it [#ask] tasks.
final class TcpTraffic {
    private static final long TICK_MS = 5;

    private final Selector selector;
    private final long intervalNs;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<TcpConnection> connections = new ArrayList<>();

    /// @param intervalNs between two records of one side of a connection
    TcpTraffic(long intervalNs) throws IOException {
        this.selector = Selector.open();
        this.intervalNs = intervalNs;
        Thread.ofPlatform().name("tcp").daemon().start(this::run);
    }

    /// Accepts connections at an address.
    void serve(InetSocketAddress local) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open()
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(local, 1024);
        server.configureBlocking(false);
        ask(() -> server.register(selector, SelectionKey.OP_ACCEPT)).join();
    }

    /// Opens connections; their fate is asked of the returned ones, in tasks only.
    List<TcpConnection> connect(InetSocketAddress far, int count) {
        return ask(() -> {
                    List<TcpConnection> opened = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        opened.add(register(connecting(far), i * intervalNs / count, SelectionKey.OP_CONNECT));
                    }
                    return List.copyOf(opened);
                })
                .join();
    }

    private static SocketChannel connecting(InetSocketAddress far) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(far);
        return channel;
    }

    /// Has the thread that owns the connections do something.
    <T> CompletableFuture<T> ask(Callable<T> task) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                answer.complete(task.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        selector.wakeup();
        return answer;
    }

    private void run() {
        try {
            while (true) {
                selector.select(TICK_MS);
                long nowNs = System.nanoTime();
                for (SelectionKey key : selector.selectedKeys()) {
                    onReady(key, nowNs);
                }
                selector.selectedKeys().clear();
                connections.removeIf(connection -> !connection.doWork(nowNs));
                for (@Nullable Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the selector failed", e);
        }
    }

    private void onReady(SelectionKey key, long nowNs) throws IOException {
        if (key.isValid() && key.isAcceptable()) {
            SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
            if (channel != null) {
                channel.configureBlocking(false);
                register(channel, 0, SelectionKey.OP_READ);
            }
        } else if (key.attachment() instanceof TcpConnection connection) {
            connection.onReady(key, nowNs);
        }
    }

    private TcpConnection register(SocketChannel channel, long delayNs, int interest) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        TcpConnection connection = new TcpConnection(channel, intervalNs, System.nanoTime() + delayNs);
        channel.register(selector, interest, connection);
        connections.add(connection);
        return connection;
    }
}
