package net.testudo.agent.snmp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import net.testudo.agent.ElementClient;
import net.testudo.agent.snmp.SnmpConfig.User;
import net.testudo.mib.TestudoSmi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.SNMP4JSettings;
import org.snmp4j.Snmp;
import org.snmp4j.agent.DefaultMOServer;
import org.snmp4j.agent.DuplicateRegistrationException;
import org.snmp4j.agent.ManagedObject;
import org.snmp4j.agent.mo.DefaultMOFactory;
import org.snmp4j.agent.mo.MOAccessImpl;
import org.snmp4j.agent.mo.MOScalar;
import org.snmp4j.agent.mo.snmp.SNMPv2MIB;
import org.snmp4j.agent.mo.snmp.SnmpFrameworkMIB;
import org.snmp4j.agent.mo.snmp.SnmpMpdMib;
import org.snmp4j.agent.mo.snmp.UsmMIB;
import org.snmp4j.event.CounterListener;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv3;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;

/// One SNMPv3 engine: security, dispatcher, objects. Built while passive, so that activating it only sets boots and
/// time and opens the listener. There is no SNMPv1 and no SNMPv2c.
///
/// Not thread-safe; its owner serialises the calls. Requests are answered on the listener's own thread.
final class SnmpEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnmpEngine.class);
    private static final OctetString DEFAULT_CONTEXT = new OctetString();
    /// snmpEnableAuthenTraps of RFC 3418.
    private static final OID AUTHENTICATION_TRAPS = new OID("1.3.6.1.2.1.11.30.0");
    private static final int DISABLED = 2;
    private static final int MESSAGE_OCTETS_MAX = 65_507;
    private static final int RECEIVE_BUFFER_OCTETS = 1 << 20;
    /// sysServices of RFC 3418: internet (3), end-to-end (4) and application (7) layer.
    private static final int SERVICES = (1 << 2) + (1 << 3) + (1 << 6);

    static {
        // Otherwise a manager with a wrong user name hears nothing at all. The setting is the JVM's.
        SNMP4JSettings.setReportSecurityLevelStrategy(SNMP4JSettings.ReportSecurityLevelStrategy.noAuthNoPrivIfNeeded);
    }

    private final OctetString engineId;
    private final SecurityProtocols protocols = new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.none);
    private final SecurityModels securityModels = new SecurityModels();
    private final CounterSupport counters = new CounterSupport();
    private final MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
    private final DefaultMOServer server = new DefaultMOServer();
    private final RoleViews views = new RoleViews();
    private final Map<String, User> users = new HashMap<>();
    private final SnapshotObjects objects;
    private final UpTime upTime;
    private final USM usm;
    private final MPv3 messages;
    private final Snmp session;
    private final SNMPv2MIB systemGroup;
    private @Nullable SnmpListener listener;

    SnmpEngine(SnmpConfig config, ElementClient element, LongSupplier clockNs) {
        engineId = OctetString.fromHexStringPairs(config.engineId());
        protocols.addAuthenticationProtocol(new AuthHMAC192SHA256());
        protocols.addAuthenticationProtocol(new AuthHMAC384SHA512());
        protocols.addPrivacyProtocol(new PrivAES128());
        usm = new USM(protocols, engineId, 0, counters);
        securityModels.addSecurityModel(usm);
        messages = new MPv3(engineId.getValue(), null, protocols, securityModels, counters);
        dispatcher.addMessageProcessingModel(messages);
        session = new Snmp(dispatcher);
        objects = new SnapshotObjects(element, clockNs);
        upTime = new UpTime(element, clockNs);
        String version = element.snapshot().members().stream()
                .filter(member -> member.device() == element.snapshot().device())
                .findFirst()
                .map(member -> " " + member.version())
                .orElse("");
        systemGroup = new SNMPv2MIB(
                Values.text("Testudo" + version), new OID(TestudoSmi.ELEMENT), new Integer32(SERVICES), upTime) {};
        BulkCommandProcessor processor = new BulkCommandProcessor(engineId, objects);
        processor.addMOServer(server);
        processor.setVacm(views);
        registerObjects(processor);
        dispatcher.addCommandResponder(processor);
        apply(config);
    }

    private void registerObjects(BulkCommandProcessor processor) {
        server.addContext(DEFAULT_CONTEXT);
        SnmpMpdMib dispatching = new SnmpMpdMib(DefaultMOFactory.getInstance());
        UsmMIB userSecurity = new UsmMIB(usm, protocols);
        SnmpFrameworkMIB framework = new SnmpFrameworkMIB(engineId, usm, List.of());
        framework.getSnmpEngineMaxMessageSize().setValue(new Integer32(MESSAGE_OCTETS_MAX));
        for (CounterListener listening : List.<CounterListener>of(systemGroup, dispatching)) {
            processor.addCounterListener(listening);
            dispatcher.addCounterListener(listening);
            counters.addCounterListener(listening);
        }
        try {
            systemGroup.registerMOs(server, DEFAULT_CONTEXT);
            dispatching.registerMOs(server, DEFAULT_CONTEXT);
            userSecurity.registerMOs(server, DEFAULT_CONTEXT);
            framework.registerMOs(server, DEFAULT_CONTEXT);
            server.register(objects, DEFAULT_CONTEXT);
            // There is no authenticationFailure notification: strangers could fill the lanes with it.
            server.unregister(authenticationTraps(), DEFAULT_CONTEXT);
            server.register(
                    new MOScalar<>(AUTHENTICATION_TRAPS, MOAccessImpl.ACCESS_READ_ONLY, new Integer32(DISABLED)),
                    DEFAULT_CONTEXT);
        } catch (DuplicateRegistrationException e) {
            throw new IllegalStateException("two groups of objects overlap", e);
        }
    }

    private ManagedObject<?> authenticationTraps() {
        return server.getManagedObject(AUTHENTICATION_TRAPS, DEFAULT_CONTEXT);
    }

    /// Takes over users, views and names; the engine id stays. Users that did not change keep their keys.
    void apply(SnmpConfig config) {
        Map<String, User> next = new HashMap<>();
        config.users().forEach(user -> next.put(user.name(), user));
        users.forEach((name, user) -> {
            if (!user.equals(next.get(name))) {
                usm.removeAllUsers(new OctetString(name));
            }
        });
        next.forEach((name, user) -> {
            if (!user.equals(users.get(name))) {
                addUser(user);
            }
        });
        users.clear();
        users.putAll(next);
        views.setUsers(config.users());
        systemGroup.setName(Values.text(config.clusterName()));
    }

    private void addUser(User user) {
        OctetString name = new OctetString(user.name());
        OID authentication = switch (user.authentication()) {
            case HMAC_SHA_256 -> AuthHMAC192SHA256.ID;
            case HMAC_SHA_512 -> AuthHMAC384SHA512.ID;
        };
        OID privacy = switch (user.privacy()) {
            case AES_128 -> PrivAES128.ID;
        };
        // The user without an engine is there for informs, whose receivers have engine ids of their own.
        usm.addUser(new UsmUser(
                name,
                authentication,
                new OctetString(user.authenticationPassphrase()),
                privacy,
                new OctetString(user.privacyPassphrase())));
        // Making keys takes a million octets of hashing: now, not when the device has just become master.
        usm.getUser(engineId, name);
    }

    /// Opens the listener.
    ///
    /// @param boots snmpEngineBoots
    /// @param engineTimeS seconds since `boots` was taken
    /// @throws IOException if the address cannot be bound; the message names it
    void open(InetSocketAddress listen, int boots, int engineTimeS, long nowNs) throws IOException {
        setEngineTime(boots, engineTimeS);
        objects.shownSince(nowNs);
        SnmpListener mapping;
        try {
            mapping = new SnmpListener(new UdpAddress(listen.getAddress(), listen.getPort()));
        } catch (IOException e) {
            throw new IOException("SNMP cannot listen on UDP " + listen + ": " + e.getMessage(), e);
        }
        mapping.setReceiveBufferSize(RECEIVE_BUFFER_OCTETS);
        mapping.setMaxInboundMessageSize(MESSAGE_OCTETS_MAX);
        session.addTransportMapping(mapping);
        mapping.listen();
        listener = mapping;
    }

    /// Sets snmpEngineBoots and snmpEngineTime (RFC 3414 §2.2).
    void setEngineTime(int boots, int engineTimeS) {
        usm.setLocalEngine(engineId, boots, engineTimeS);
    }

    /// Closes the listener; the engine stays ready.
    void closeListener() {
        SnmpListener mapping = listener;
        listener = null;
        if (mapping != null) {
            session.removeTransportMapping(mapping);
            try {
                mapping.close();
            } catch (IOException e) {
                LOG.warn("SNMP: closing the listener on {} failed", mapping.getListenAddress(), e);
            }
        }
    }

    /// The port of the listener, 0 if there is none.
    int port() {
        SnmpListener mapping = listener;
        return mapping == null ? 0 : mapping.getListenAddress().getPort();
    }

    /// For notifications.
    Snmp session() {
        return session;
    }

    /// sysUpTime as this engine serves it.
    UpTime upTime() {
        return upTime;
    }

    /// The engine's id.
    OctetString engineId() {
        return engineId;
    }

    /// Forgets which engine answers at an address: a manager that was installed anew has another one.
    void forgetEngineAt(UdpAddress address) {
        OctetString forgotten = messages.removeEngineID(address);
        if (forgotten != null) {
            usm.removeEngineTime(forgotten);
        }
    }

    @Override
    public void close() {
        closeListener();
        try {
            session.close();
        } catch (IOException e) {
            LOG.warn("SNMP: closing the engine failed", e);
        }
    }
}
