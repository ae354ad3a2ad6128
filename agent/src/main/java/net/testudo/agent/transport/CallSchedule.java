package net.testudo.agent.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntUnaryOperator;
import net.testudo.agent.northbound.netconfserver.CallHomeClient;
import net.testudo.agent.northbound.netconfserver.CallHomeClient.Endpoint;
import net.testudo.agent.northbound.netconfserver.CallHomeClient.Periodic;

/// Which endpoint of a client is called next, and when (`reconnect-strategy` and `periodic` of ietf-netconf-server).
/// Without a clock and randomness of its own.
public final class CallSchedule {
    private final IntUnaryOperator random;
    private String at = "";
    private String connected = "";
    private int failures;

    /// @param random a number from zero up to, not including, its argument
    public CallSchedule(IntUnaryOperator random) {
        this.random = random;
    }

    /// The endpoint to call now. What a client has that was configured otherwise meanwhile begins anew.
    public Endpoint next(CallHomeClient client) {
        List<Endpoint> endpoints = client.endpoints();
        int now = index(endpoints, at);
        if (now < 0) {
            now = first(client);
            failures = 0;
        } else if (failures >= client.maxAttempts()) {
            now = (now + 1) % endpoints.size();
            failures = 0;
        }
        at = endpoints.get(now).name();
        return endpoints.get(now);
    }

    private int first(CallHomeClient client) {
        return switch (client.startWith()) {
            case FIRST_LISTED -> 0;
            case LAST_CONNECTED -> Math.max(0, index(client.endpoints(), connected));
            case RANDOM_SELECTION -> random.applyAsInt(client.endpoints().size());
        };
    }

    private static int index(List<Endpoint> endpoints, String name) {
        for (int i = 0; i < endpoints.size(); i++) {
            if (endpoints.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /// The last call came to no session.
    public void failed() {
        failures++;
    }

    /// The last call came to a session, which is over.
    public void over() {
        connected = at;
        at = "";
        failures = 0;
    }

    /// How long to wait for the next call of a client that is called at times.
    ///
    /// @param configured when the configuration was taken, for a client without an anchor
    public static Duration untilDue(Periodic periodic, Instant configured, Instant now) {
        Instant anchor = periodic.anchor().orElse(configured);
        long period = periodic.period().toMillis();
        long since = Duration.between(anchor, now).toMillis();
        long into = Math.floorMod(since, period);
        return Duration.ofMillis(into == 0 ? 0 : period - into);
    }
}
