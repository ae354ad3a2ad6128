package net.testudo.agent.netconf;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.opendaylight.netconf.shaded.sshd.common.session.Session;
import org.opendaylight.netconf.shaded.sshd.common.session.SessionListener;

/// One connection that this server opens (RFC 8071), from the attempt to its end.
final class OutgoingCall implements SessionListener {
    /// How it ended.
    enum Ending {
        /// There was no session.
        NOT_REACHED,
        /// The session was not closed by its client.
        LOST,
        /// The client has closed the session, or asked nothing for too long.
        CLOSED
    }

    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private @Nullable NetconfSession session;
    private Runnable close = () -> {};
    private boolean over;
    private String reason = "the connection was closed before there was a session";

    /// Waits for the end.
    ///
    /// @param loginTime after which a connection without a session is closed
    Ending await(Duration loginTime) throws InterruptedException {
        try {
            try {
                return ending.get(loginTime.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                if (!isUp()) {
                    end("the client has not begun a session in " + loginTime.toSeconds() + " s");
                }
                return ending.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end does not fail", e);
        }
    }

    /// Whether there is, or was, a session.
    synchronized boolean isUp() {
        return session != null;
    }

    /// There is a connection.
    ///
    /// @param closer closes it
    void connected(Runnable closer) {
        boolean late;
        synchronized (this) {
            late = over;
            close = closer;
        }
        if (late) {
            closer.run();
        }
    }

    /// Why there was no session, for people.
    synchronized String reason() {
        return reason;
    }

    /// A session may come of it.
    void begins(Future<NetconfSession> begun) {
        begun.addListener((Future<NetconfSession> done) -> {
            if (done.isSuccess()) {
                up(done.getNow());
            }
        });
    }

    private synchronized void up(NetconfSession begun) {
        session = begun;
    }

    /// The connection is closed.
    void closed() {
        NetconfSession had;
        synchronized (this) {
            over = true;
            had = session;
        }
        if (had == null) {
            ending.complete(Ending.NOT_REACHED);
        } else {
            ending.complete(had.isOverInOrder() ? Ending.CLOSED : Ending.LOST);
        }
    }

    /// No connection came about, or it is wanted no more.
    void end(String because) {
        Runnable closer;
        synchronized (this) {
            over = true;
            reason = because;
            closer = close;
            if (session == null) {
                ending.complete(Ending.NOT_REACHED);
            }
        }
        closer.run();
    }

    @Override
    public void sessionCreated(Session created) {
        connected(() -> created.close(true));
    }

    @Override
    public void sessionClosed(Session closed) {
        closed();
    }
}
