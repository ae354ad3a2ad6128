package net.testudo.agent.netconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import net.testudo.agent.datastore.Datastores;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.netconf.base._1._0.rev110601.SessionIdType;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All sessions of the server, over all its addresses.
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Map<Long, NetconfSession> open = new TreeMap<>();
    private final Datastores datastores;
    private final EventStream events;
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private int places;
    private volatile Runnable closed = () -> {};

    Sessions(Datastores datastores, EventStream events) {
        this.datastores = datastores;
        this.events = events;
    }

    /// Has this told when a session has ended.
    void whenClosed(Runnable listener) {
        closed = listener;
    }

    /// Whether there is such a session.
    synchronized boolean isOpen(long id) {
        return open.containsKey(id);
    }

    /// A number that no session had.
    SessionIdType nextId() {
        return new SessionIdType(Uint32.valueOf(lastId.incrementAndGet()));
    }

    synchronized void up(NetconfSession session) {
        open.put(session.id(), session);
        LOG.info("session {} of {} from {} begins", session.id(), session.user(), session.host());
        events.tell(BaseNotification.sessionStart(session.who()));
    }

    void down(NetconfSession session) {
        boolean known;
        synchronized (this) {
            known = open.remove(session.id()) != null;
        }
        if (known) {
            LOG.info("session {} of {} ends", session.id(), session.user());
            session.end();
            events.tell(BaseNotification.sessionEnd(session.who(), session.endedBecause(), session.killer()));
            datastores.sessionClosed(session.id());
            Subscription subscription = session.subscription();
            if (subscription != null) {
                events.end(subscription);
            }
            closed.run();
        }
    }

    /// Ends a session.
    ///
    /// @param killer the session that wants it
    /// @return false if there is none of this number
    boolean kill(long id, long killer) {
        NetconfSession session;
        synchronized (this) {
            session = open.get(id);
        }
        if (session == null) {
            return false;
        }
        session.killedBy(killer);
        down(session);
        return true;
    }

    /// Whether all of `limit` places are taken.
    synchronized boolean isFull(int limit) {
        return places >= limit;
    }

    /// Takes one of `limit` places for a connection; [#leave] gives it back.
    synchronized boolean enter(int limit) {
        if (places >= limit) {
            return false;
        }
        places++;
        return true;
    }

    synchronized void leave() {
        places--;
    }

    synchronized List<NetconfSession> all() {
        return new ArrayList<>(open.values());
    }

    /// A connection was refused.
    void drop() {
        dropped.incrementAndGet();
    }

    long dropped() {
        return dropped.get();
    }

    long begun() {
        return lastId.get();
    }

    void endAll() {
        all().forEach(NetconfSession::end);
    }
}
