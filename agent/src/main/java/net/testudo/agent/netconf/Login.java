package net.testudo.agent.netconf;

import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import net.testudo.agent.keystore.PasswordHash;
import net.testudo.agent.northbound.system.User;
import net.testudo.agent.northbound.system.Users;
import org.opendaylight.netconf.shaded.sshd.common.config.keys.PublicKeyEntry;
import org.opendaylight.netconf.shaded.sshd.common.session.Session;
import org.opendaylight.netconf.shaded.sshd.common.session.SessionListener;
import org.opendaylight.netconf.shaded.sshd.core.CoreModuleProperties;
import org.opendaylight.netconf.shaded.sshd.server.ServerFactoryManager;
import org.opendaylight.netconf.shaded.sshd.server.auth.AsyncAuthException;
import org.opendaylight.netconf.shaded.sshd.server.auth.password.UserAuthPasswordFactory;
import org.opendaylight.netconf.shaded.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.opendaylight.netconf.shaded.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets users in on one listening address, and remembers who came from where: sshd knows the user, the NETCONF session
/// only its channel, and both know the client's address.
final class Login implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Login.class);
    private static final int TRIES_PER_CONNECTION = 6;

    private final Users users;
    private final NetconfLimits limits;
    private final LoginThrottle throttle;
    private final ExecutorService hashing;
    private final RememberedPasswords remembered;
    private final Map<SocketAddress, String> loggedIn = new ConcurrentHashMap<>();
    private final WaitingRoom<Session> waiting;
    /// Users whose keys were refused; a client offers one after the other, so it is reported at the end.
    private final Map<Session, String> keyRefused = new ConcurrentHashMap<>();

    /// @param hashing checks passwords, off the event loop; bounded
    /// @param remembered those that were right, at any address
    Login(
            Users users,
            NetconfLimits limits,
            LoginThrottle throttle,
            ExecutorService hashing,
            RememberedPasswords remembered) {
        this.users = users;
        this.limits = limits;
        this.throttle = throttle;
        this.hashing = hashing;
        this.remembered = remembered;
        waiting = new WaitingRoom<>(limits.connections());
    }

    /// Sets up sshd.
    void configure(ServerFactoryManager manager, HostKeys keys) {
        manager.setKeyPairProvider(keys);
        UserAuthPublicKeyFactory publicKey = new UserAuthPublicKeyFactory();
        publicKey.setSignatureFactories(manager.getSignatureFactories());
        manager.setUserAuthFactories(List.of(publicKey, new UserAuthPasswordFactory()));
        manager.setPasswordAuthenticator(this::password);
        manager.setPublickeyAuthenticator(this::publicKey);
        manager.addSessionListener(this);
        CoreModuleProperties.AUTH_TIMEOUT.set(manager, limits.loginTime());
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(manager, TRIES_PER_CONNECTION);
        // A NETCONF session may wait for hours between two operations.
        CoreModuleProperties.IDLE_TIMEOUT.set(manager, java.time.Duration.ZERO);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(manager, "testudo");
    }

    /// The user who logged in from `client`, if that connection is still there.
    Optional<String> userAt(SocketAddress client) {
        return Optional.ofNullable(loggedIn.get(client));
    }

    private boolean password(String name, String password, ServerSession session) throws AsyncAuthException {
        SocketAddress client = session.getRemoteAddress();
        if (!throttle.admits(client, System.nanoTime())) {
            LOG.warn("log-in of {} from {} refused: too many failed log-ins from there", printable(name), client);
            return false;
        }
        String hash = users.find(name).map(User::passwordHash).orElse("");
        if (remembered.knows(name, hash, password)) {
            return true;
        }
        AsyncAuthException later = new AsyncAuthException();
        try {
            hashing.execute(() -> later.setAuthed(check(name, password, hash, client)));
        } catch (RejectedExecutionException e) {
            LOG.warn("log-in of {} from {} refused: too many log-ins at once", printable(name), client);
            return false;
        }
        throw later;
    }

    private boolean check(String name, String password, String hash, SocketAddress client) {
        boolean right = PasswordHash.matches(password, hash);
        if (right) {
            remembered.remember(name, hash, password);
        } else {
            throttle.failed(client, System.nanoTime());
            LOG.warn("log-in of {} from {} refused", printable(name), client);
        }
        return right;
    }

    private boolean publicKey(String name, PublicKey key, ServerSession session) {
        String text;
        try {
            text = PublicKeyEntry.toString(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
        boolean right = users.find(name)
                .map(user -> user.authorizedKeys().contains(text))
                .orElse(false);
        if (!right) {
            keyRefused.put(session, name);
        }
        return right;
    }

    /// A name that a stranger gave, for the log.
    static String printable(String name) {
        return name.length() > 64
                ? "a user with a name of " + name.length() + " characters"
                : name.replaceAll("\\p{C}", "?");
    }

    @Override
    public void sessionCreated(Session session) {
        waiting.enter(session, session.getRemoteAddress()).ifPresent(oldest -> {
            LOG.warn(
                    "connection from {} closed: more than {} are not logged in yet, and it waits longest",
                    oldest.getRemoteAddress(),
                    limits.connections());
            oldest.close(true);
        });
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated) {
            waiting.leave(session);
            keyRefused.remove(session);
            loggedIn.put(session.getRemoteAddress(), session.getUsername());
        }
    }

    @Override
    public void sessionClosed(Session session) {
        waiting.leave(session);
        SocketAddress client = session.getRemoteAddress();
        String refused = keyRefused.remove(session);
        if (refused != null) {
            LOG.warn("log-in of {} from {} refused: none of the keys is one of this user", printable(refused), client);
        }
        if (client != null) {
            loggedIn.remove(client);
        }
    }
}
