package net.testudo.lab.traffic;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A set of connections to one far address whose survival is in question.
final class TcpSurvivors {
    private static final long POLL_NS = 10_000_000L;

    private final TcpTraffic traffic;
    private final List<TcpConnection> connections;

    /// Opens the connections.
    TcpSurvivors(TcpTraffic traffic, InetSocketAddress far, int count) {
        this.traffic = traffic;
        this.connections = traffic.connect(far, count);
    }

    /// Waits until all are established or the limit is over.
    ///
    /// @return how many are
    int awaitEstablished(long limitNs) {
        long startNs = System.nanoTime();
        int established = established();
        while (established < connections.size() && System.nanoTime() - startNs < limitNs) {
            LockSupport.parkNanos(POLL_NS);
            established = established();
        }
        return established;
    }

    /// How many are established and not closed at this moment.
    int established() {
        return (int) traffic.ask(() ->
                        connections.stream().filter(TcpConnection::established).count())
                .join()
                .longValue();
    }

    /// Waits until both sides have a record that was sent after this call, or the limit is over; then closes all.
    SurvivorReport finish(long limitNs) {
        long startNs = System.nanoTime();
        List<Long> upTo = traffic.ask(() -> connections.stream()
                        .map(connection -> connection.records().sentNumber() + 1)
                        .toList())
                .join();
        while (traffic.ask(() -> waiting(upTo)).join() && System.nanoTime() - startNs < limitNs) {
            LockSupport.parkNanos(POLL_NS);
        }
        return traffic.ask(() -> close(upTo)).join();
    }

    private boolean waiting(List<Long> upTo) {
        for (int i = 0; i < connections.size(); i++) {
            TcpConnection connection = connections.get(i);
            if (connection.established() && !connection.records().complete(upTo.get(i))) {
                return true;
            }
        }
        return false;
    }

    private SurvivorReport close(List<Long> upTo) {
        int alive = 0;
        int reset = 0;
        long longestStallNs = 0;
        for (int i = 0; i < connections.size(); i++) {
            TcpConnection connection = connections.get(i);
            if (connection.closed()) {
                reset++;
            } else if (connection.established() && connection.records().complete(upTo.get(i))) {
                alive++;
                longestStallNs = Math.max(longestStallNs, connection.records().longestStallNs());
            }
            connection.close();
        }
        return new SurvivorReport(connections.size(), alive, reset, connections.size() - alive - reset, longestStallNs);
    }
}
