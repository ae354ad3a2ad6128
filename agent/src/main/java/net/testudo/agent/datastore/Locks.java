package net.testudo.agent.datastore;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The locks of the datastores (RFC 6241 §7.5): one holder each, gone with the session. Not thread-safe.
final class Locks {
    private final Map<Datastores.Name, Datastores.Lock> held = new EnumMap<>(Datastores.Name.class);

    void lock(Datastores.Name name, Datastores.Lock lock) throws RpcException {
        Datastores.Lock other = held.putIfAbsent(name, lock);
        if (other != null) {
            throw new RpcException(denied(
                    "session " + other.session() + " of user " + other.user() + " holds the lock", other.session()));
        }
    }

    static RpcError denied(String message, long session) {
        return RpcError.protocol("lock-denied", message).withInfo("session-id", Long.toString(session));
    }

    void unlock(Datastores.Name name, long session) throws RpcException {
        if (!held(name, session)) {
            throw new RpcException(RpcError.protocol("operation-failed", "this session does not hold the lock"));
        }
        held.remove(name);
    }

    boolean held(Datastores.Name name, long session) {
        Datastores.Lock lock = held.get(name);
        return lock != null && lock.session() == session;
    }

    Optional<Datastores.Lock> holder(Datastores.Name name) {
        return Optional.ofNullable(held.get(name));
    }

    /// Refuses a change of `name` by `session` if another session holds the lock.
    void demand(Datastores.Name name, long session) throws RpcException {
        Datastores.Lock lock = held.get(name);
        if (lock != null && lock.session() != session) {
            throw new RpcException(RpcError.protocol(
                            "in-use",
                            "session " + lock.session() + " of user " + lock.user() + " holds the lock of "
                                    + name.yang() + "; wait, or end that session with kill-session")
                    .withInfo("session-id", Long.toString(lock.session())));
        }
    }

    void release(long session) {
        held.values().removeIf(lock -> lock.session() == session);
    }
}
