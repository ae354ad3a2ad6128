package net.testudo.agent.snmp;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.MessageException;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.UserTarget;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.mp.StatusInformation;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/// A manager that runs all the time: it keeps engine ids, boots and times between requests as a monitoring system
/// does, and confirms informs.
final class ForeignManager implements AutoCloseable, CommandResponder {
    private static final int TIMEOUT_MS = 500;
    private static final int RETRIES = 10;

    final BlockingQueue<PDU> notifications = new LinkedBlockingQueue<>();
    private final Snmp snmp;
    private final int port;

    /// @param user its name; the passphrases are the fixture's
    ForeignManager(String user) throws IOException {
        this(user, 0);
    }

    /// @param listenPort where it hears notifications, 0 for any
    ForeignManager(String user, int listenPort) throws IOException {
        SecurityProtocols protocols = new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.defaultSecurity);
        CounterSupport counters = new CounterSupport();
        OctetString engineId = new OctetString(MPv3.createLocalEngineID());
        USM usm = new USM(protocols, engineId, 1, counters);
        usm.addUser(new UsmUser(
                new OctetString(user),
                AuthHMAC192SHA256.ID,
                new OctetString(Fixture.AUTHENTICATION),
                PrivAES128.ID,
                new OctetString(Fixture.PRIVACY)));
        SecurityModels models = new SecurityModels();
        models.addSecurityModel(usm);
        MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
        dispatcher.addMessageProcessingModel(new MPv3(engineId.getValue(), null, protocols, models, counters));
        DefaultUdpTransportMapping mapping = new DefaultUdpTransportMapping(new UdpAddress("127.0.0.1/" + listenPort));
        snmp = new Snmp(dispatcher, mapping);
        snmp.addCommandResponder(this);
        snmp.listen();
        port = mapping.getListenAddress().getPort();
    }

    /// Where it hears notifications.
    int port() {
        return port;
    }

    /// Asks, and waits for the answer; null if there was none.
    @Nullable
    PDU ask(int agentPort, String user, int securityLevel, int type, String... oids) throws IOException {
        UserTarget<UdpAddress> target = new UserTarget<>();
        target.setAddress(new UdpAddress("127.0.0.1/" + agentPort));
        target.setVersion(SnmpConstants.version3);
        target.setSecurityLevel(securityLevel);
        target.setSecurityName(new OctetString(user));
        target.setTimeout(TIMEOUT_MS);
        target.setRetries(RETRIES);
        ScopedPDU pdu = new ScopedPDU();
        pdu.setType(type);
        for (String oid : oids) {
            pdu.add(new VariableBinding(new OID(oid)));
        }
        if (type == PDU.SET) {
            pdu.getVariableBindings().forEach(binding -> binding.setVariable(new OctetString("changed")));
        }
        return snmp.send(pdu, target).getResponse();
    }

    /// GET with authentication and privacy.
    @Nullable
    PDU get(int agentPort, String user, String... oids) throws IOException {
        return ask(agentPort, user, SecurityLevel.AUTH_PRIV, PDU.GET, oids);
    }

    @Override
    public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
        PDU pdu = event.getPDU();
        if (pdu == null || (pdu.getType() != PDU.INFORM && pdu.getType() != PDU.NOTIFICATION)) {
            return;
        }
        event.setProcessed(true);
        notifications.add(pdu);
        if (pdu.getType() == PDU.INFORM) {
            confirm(event, pdu);
        }
    }

    private static <A extends Address> void confirm(CommandResponderEvent<A> event, PDU inform) {
        PDU response = (PDU) inform.clone();
        response.setType(PDU.RESPONSE);
        response.setErrorStatus(PDU.noError);
        response.setErrorIndex(0);
        try {
            event.getMessageDispatcher()
                    .returnResponsePdu(
                            event.getMessageProcessingModel(),
                            event.getSecurityModel(),
                            event.getSecurityName(),
                            event.getSecurityLevel(),
                            response,
                            event.getMaxSizeResponsePDU(),
                            event.getStateReference(),
                            new StatusInformation());
        } catch (MessageException e) {
            throw new IllegalStateException("the inform cannot be confirmed", e);
        }
    }

    @Override
    public void close() throws IOException {
        snmp.close();
    }
}
