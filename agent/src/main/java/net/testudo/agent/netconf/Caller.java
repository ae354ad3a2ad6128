package net.testudo.agent.netconf;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import net.testudo.agent.northbound.netconfserver.CallHomeClient;
import net.testudo.agent.northbound.netconfserver.CallHomeClient.Endpoint;
import net.testudo.agent.northbound.netconfserver.CallHomeClient.Periodic;
import net.testudo.agent.transport.CallSchedule;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls one client, again and again, in a thread of its own (RFC 8071).
final class Caller {
    private static final Logger LOG = LoggerFactory.getLogger(Caller.class);

    private final NetconfServer server;
    private final InetAddress from;
    private final InstantSource clock = InstantSource.system();
    private final Instant configured = clock.instant();
    private final CallSchedule schedule =
            new CallSchedule(bound -> ThreadLocalRandom.current().nextInt(bound));
    private final Thread thread;
    private volatile CallHomeClient client;
    private volatile boolean retired;
    private @Nullable OutgoingCall call;
    private String told = "";

    /// Begins to call.
    ///
    /// @param from the address of this device from which it calls
    Caller(NetconfServer server, InetAddress from, CallHomeClient client) {
        this.server = server;
        this.from = from;
        this.client = client;
        thread = Thread.ofVirtual().name("netconf-call-home-" + client.name()).start(this::run);
    }

    /// From where it calls.
    InetAddress from() {
        return from;
    }

    /// What holds from the next call on; a session that is open stays.
    void configure(CallHomeClient newest) {
        client = newest;
    }

    /// Calls no more; a session that is open stays, since it may be the one that configured this.
    void retire() {
        retired = true;
        thread.interrupt();
    }

    /// Calls no more, and ends the session.
    void stop() {
        retire();
        synchronized (this) {
            if (call != null) {
                call.end("this device serves the cluster's address no more");
            }
        }
    }

    private void run() {
        try {
            while (!retired) {
                awaitDue();
                callUntilServed();
            }
        } catch (InterruptedException _) {
            LOG.debug("{} is called no more", client.name());
            endUnlessUp();
        }
    }

    /// What is only being called must not become a session.
    private synchronized void endUnlessUp() {
        if (call != null && !call.isUp()) {
            call.end("it is called no more");
        }
    }

    /// A client without an anchor is called for the first time when that is configured.
    private void awaitDue() throws InterruptedException {
        Optional<Periodic> periodic = client.periodic();
        boolean now = call == null && periodic.flatMap(Periodic::anchor).isEmpty();
        if (periodic.isPresent() && !now) {
            Thread.sleep(CallSchedule.untilDue(periodic.get(), configured, clock.instant()));
        }
    }

    /// Until the client has closed a session; a client whose connection is held is called again then, too.
    private void callUntilServed() throws InterruptedException {
        OutgoingCall.Ending ending = OutgoingCall.Ending.NOT_REACHED;
        while (!retired && ending != OutgoingCall.Ending.CLOSED) {
            CallHomeClient now = client;
            long begunNs = System.nanoTime();
            ending = callOnce(now, schedule.next(now));
            if (ending == OutgoingCall.Ending.NOT_REACHED) {
                schedule.failed();
            } else {
                schedule.over();
            }
            pause(Duration.ofNanos(System.nanoTime() - begunNs), now);
        }
    }

    /// A client that is not there, or closes at once, is called once in `max-wait`.
    private static void pause(Duration taken, CallHomeClient now) throws InterruptedException {
        Duration left = now.maxWait().minus(taken);
        if (left.isPositive()) {
            Thread.sleep(left);
        }
    }

    private OutgoingCall.Ending callOnce(CallHomeClient now, Endpoint endpoint) throws InterruptedException {
        OutgoingCall made = new OutgoingCall();
        synchronized (this) {
            if (retired) {
                return OutgoingCall.Ending.NOT_REACHED;
            }
            call = made;
        }
        server.call(
                made,
                from,
                new InetSocketAddress(endpoint.address(), endpoint.port()),
                now.maxWait(),
                endpoint.tls(),
                now.periodic().map(Periodic::idleTimeout).orElse(Duration.ZERO));
        OutgoingCall.Ending ending = made.await(server.loginTime());
        tell(now.name() + " at " + endpoint.address() + " port " + endpoint.port(), ending, made.reason());
        return ending;
    }

    /// A client that stays away is told of once.
    private void tell(String whom, OutgoingCall.Ending ending, String reason) {
        String text = ending == OutgoingCall.Ending.NOT_REACHED
                ? "no session: " + reason
                : ending == OutgoingCall.Ending.CLOSED ? "the client has closed its session" : "the session was lost";
        String line = whom + ": " + text;
        if (!line.equals(told)) {
            LOG.info("call to {}", line);
            told = line;
        }
    }
}
