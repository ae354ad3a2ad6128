package net.testudo.agent.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageDispatcher;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.agent.CommandProcessor;
import org.snmp4j.agent.DefaultMOServer;
import org.snmp4j.agent.DuplicateRegistrationException;
import org.snmp4j.agent.mo.MOAccessImpl;
import org.snmp4j.agent.mo.MOScalar;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.PduHandle;
import org.snmp4j.mp.StateReference;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/// The work of a GETBULK, counted in measurements of values: a response that is measured anew for every cell shows.
class BulkWorkTest {
    private static final int CELLS = 1000;
    private static final int RESPONSE_OCTETS_MAX = 65_507;
    private static final OctetString ENGINE_ID = OctetString.fromHexString("80:00:7e:d9:04:41");
    private static final OID COLUMN = new OID("1.3.6.1.2.1.9999");
    private static final OID BESIDE_THE_VIEW = new OID("1.3.6.1.2.2.1");

    private final DefaultMOServer server = new DefaultMOServer();
    private final BulkCommandProcessor processor = new BulkCommandProcessor(ENGINE_ID, null);
    private final List<PDU> answers = new ArrayList<>();
    private long measured;

    BulkWorkTest() throws DuplicateRegistrationException {
        RoleViews views = new RoleViews();
        views.setUsers(
                SnmpConfigReader.read(new Fixture(0).snapshot(0)).orElseThrow().users());
        server.addContext(new OctetString());
        for (int cell = 0; cell < CELLS; cell++) {
            register(new OID(COLUMN).append(cell).append(0));
        }
        register(new OID(BESIDE_THE_VIEW).append(0));
        processor.addMOServer(server);
        processor.setVacm(views);
    }

    @Test
    void theWorkGrowsWithTheCellsAndNotWithTheirSquare() throws Exception {
        long half = measurements(processor, CELLS / 2);
        long whole = measurements(processor, CELLS);
        assertTrue(whole <= 2 * half + 2, whole + " measurements for twice the cells of " + half);
    }

    @Test
    void theStockProcessorIsWhatThisReplaces() throws Exception {
        CommandProcessor stock = new CommandProcessor(ENGINE_ID);
        stock.addMOServer(server);
        stock.setVacm(processor.getVacm());
        assertTrue(measurements(stock, CELLS / 4) > 10 * measurements(processor, CELLS / 4));
    }

    @Test
    void anAnswerIsFilledAsFarAsTheManagerCanTake() throws Exception {
        int octets = 1400;
        PDU answer = bulk(processor, CELLS, octets, COLUMN);
        assertTrue(answer.getBERLength() <= octets && answer.getBERLength() > octets - 50, answer.getBERLength() + "");
        assertEquals(PDU.noError, answer.getErrorStatus());
    }

    @Test
    void whatIsOutsideTheViewIsLeftOutAndTheEndIsTold() throws Exception {
        OID last = new OID(COLUMN).append(CELLS - 2).append(0);
        PDU answer = bulk(processor, 3, RESPONSE_OCTETS_MAX, last);
        assertEquals(
                List.of(COLUMN + "." + (CELLS - 1) + ".0 = 1", COLUMN + "." + (CELLS - 1) + ".0 = endOfMibView"),
                answer.getVariableBindings().stream()
                        .map(VariableBinding::toString)
                        .toList());
    }

    private void register(OID oid) throws DuplicateRegistrationException {
        server.register(new MOScalar<>(oid, MOAccessImpl.ACCESS_READ_ONLY, new Measured()), new OctetString());
    }

    private long measurements(CommandProcessor processor, int cells) throws Exception {
        measured = 0;
        assertEquals(cells, bulk(processor, cells, RESPONSE_OCTETS_MAX, COLUMN).size());
        return measured;
    }

    private PDU bulk(CommandProcessor processor, int repetitions, int octetsMax, OID after) throws Exception {
        ScopedPDU asked = new ScopedPDU();
        asked.setType(PDU.GETBULK);
        asked.setContextEngineID(ENGINE_ID);
        asked.setMaxRepetitions(repetitions);
        asked.add(new VariableBinding(after));
        MessageDispatcher dispatcher = (MessageDispatcher) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MessageDispatcher.class}, (_, method, arguments) -> {
                    if (method.getName().equals("returnResponsePdu")) {
                        answers.add((PDU) arguments[4]);
                        return 0;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
        try (DefaultUdpTransportMapping mapping = new DefaultUdpTransportMapping(new UdpAddress("127.0.0.1/0"))) {
            processor.processPdu(new CommandResponderEvent<>(
                    dispatcher,
                    mapping,
                    new UdpAddress("127.0.0.1/9"),
                    MPv3.ID,
                    SecurityModel.SECURITY_MODEL_USM,
                    "ops".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    SecurityLevel.AUTH_PRIV,
                    new PduHandle(1),
                    asked,
                    octetsMax,
                    new StateReference<UdpAddress>()));
        }
        return answers.removeLast();
    }

    /// A value that counts how often somebody asks for its length.
    private final class Measured extends Integer32 {
        Measured() {
            super(1);
        }

        @Override
        public int getBERLength() {
            measured++;
            return super.getBERLength();
        }

        @Override
        public Object clone() {
            return this;
        }
    }
}
