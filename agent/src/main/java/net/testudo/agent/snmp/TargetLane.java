package net.testudo.agent.snmp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.IntSupplier;
import net.testudo.agent.snmp.SnmpConfig.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.UserTarget;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.event.ResponseListener;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;

/// What waits for one target, and what is on its way to it. A dead target fills its own lane and nobody else's: at
/// the bound the oldest notification goes.
///
/// Confined to the sender's thread; the answers of managers are handed over to it.
final class TargetLane {
    static final int WAITING_MAX = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(TargetLane.class);
    private static final int WINDOW = 8;
    private static final int TIMEOUT_MS = 1500;
    private static final int RETRIES = 1;
    private static final long BACK_OFF_FIRST_MS = 500;
    private static final long BACK_OFF_MAX_MS = 5000;

    private final Target target;
    private final SnmpEngine engine;
    private final NotifyThread thread;
    private final NotificationCounters counters;
    private final UserTarget<UdpAddress> destination = new UserTarget<>();
    private final IntSupplier service;
    private final ArrayDeque<PDU> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean confirmedOnce;
    private long backOffMs;
    private boolean backingOff;
    private boolean closed;

    /// @param service odd while the engine is in service, another number each time
    TargetLane(
            Target target, SnmpEngine engine, NotifyThread thread, NotificationCounters counters, IntSupplier service) {
        this.target = target;
        this.engine = engine;
        this.thread = thread;
        this.counters = counters;
        this.service = service;
        destination.setAddress(new UdpAddress(target.address() + "/" + target.port()));
        destination.setVersion(SnmpConstants.version3);
        destination.setSecurityLevel(SecurityLevel.AUTH_PRIV);
        destination.setSecurityName(new OctetString(target.user()));
        destination.setTimeout(TIMEOUT_MS);
        destination.setRetries(RETRIES);
    }

    Target target() {
        return target;
    }

    /// Queues a notification and sends what can be sent.
    void offer(List<VariableBinding> bindings) {
        ScopedPDU pdu = new ScopedPDU();
        pdu.setType(target.inform() ? PDU.INFORM : PDU.NOTIFICATION);
        pdu.setContextEngineID(engine.engineId());
        pdu.addAll(bindings);
        if (waiting.size() == WAITING_MAX) {
            waiting.removeFirst();
            counters.dropped().increment();
        }
        waiting.addLast(pdu);
        pump();
    }

    /// Drops everything.
    void close() {
        closed = true;
        waiting.clear();
    }

    /// Sends what can be sent.
    void pump() {
        // One at a time until a first answer: until then the manager's engine id has to be found out, or it is dead.
        int window = confirmedOnce && backOffMs == 0 ? WINDOW : 1;
        int turn = service.getAsInt();
        while (turn % 2 != 0 && !closed && !backingOff && underWay < window && !waiting.isEmpty()) {
            PDU pdu = waiting.removeFirst();
            if (target.inform()) {
                inform(pdu);
            } else {
                trap(pdu, turn);
            }
            turn = service.getAsInt();
        }
    }

    private void trap(PDU pdu, int turn) {
        try {
            engine.session().send(pdu, destination);
            counters.sent().increment();
        } catch (IOException e) {
            if (service.getAsInt() != turn) {
                // The listener was closed under it.
                waiting.addFirst(pdu);
                return;
            }
            counters.failed().increment();
            LOG.warn("SNMP: notification to {} ({}) was not sent: {}", target.name(), target.address(), e.getMessage());
        }
    }

    private void inform(PDU pdu) {
        underWay++;
        try {
            engine.session().send(pdu, destination, null, new Confirmation(pdu));
            counters.sent().increment();
        } catch (IOException e) {
            LOG.warn("SNMP: inform to {} ({}) was not sent: {}", target.name(), target.address(), e.getMessage());
            answered(pdu, false);
        }
    }

    private final class Confirmation implements ResponseListener {
        private final PDU pdu;

        Confirmation(PDU pdu) {
            this.pdu = pdu;
        }

        @Override
        public <A extends Address> void onResponse(ResponseEvent<A> event) {
            // A request that is not cancelled stays in the session for ever.
            ((Snmp) event.getSource()).cancel(event.getRequest(), this);
            PDU response = event.getResponse();
            boolean confirmed = response != null && response.getType() == PDU.RESPONSE;
            thread.execute(() -> answered(pdu, confirmed));
        }
    }

    private void answered(PDU pdu, boolean confirmed) {
        underWay--;
        if (confirmed) {
            counters.confirmed().increment();
            confirmedOnce = true;
            backOffMs = 0;
        } else if (!closed) {
            counters.failed().increment();
            engine.forgetEngineAt(destination.getAddress());
            pdu.setRequestID(new Integer32(0));
            if (waiting.size() < WAITING_MAX) {
                waiting.addFirst(pdu);
            } else {
                counters.dropped().increment();
            }
            backOff();
        }
        pump();
    }

    private void backOff() {
        backOffMs = Math.min(backOffMs == 0 ? BACK_OFF_FIRST_MS : 2 * backOffMs, BACK_OFF_MAX_MS);
        if (!backingOff) {
            backingOff = true;
            thread.schedule(
                    () -> {
                        backingOff = false;
                        pump();
                    },
                    backOffMs);
        }
    }
}
