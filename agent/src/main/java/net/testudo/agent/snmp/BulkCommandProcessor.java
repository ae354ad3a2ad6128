package net.testudo.agent.snmp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.PDU;
import org.snmp4j.agent.CommandProcessor;
import org.snmp4j.agent.MOServer;
import org.snmp4j.agent.RequestHandler;
import org.snmp4j.agent.mo.snmp.CoexistenceInfo;
import org.snmp4j.agent.request.SnmpRequest;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.SMIConstants;
import org.snmp4j.smi.VariableBinding;

/// The stock command processor with a GETBULK (RFC 3416 §4.2.3) whose work grows with the cells of the answer: the
/// stock one measures the whole answer again for every cell.
final class BulkCommandProcessor extends CommandProcessor {
    /// Room for the length fields of the sequences around the bindings, which grow with the answer.
    private static final int LENGTH_FIELDS_OCTETS = 8;

    private final @Nullable SnapshotObjects objects;

    /// @param objects what is asked for most and can answer without a look-up in the server, or null
    BulkCommandProcessor(OctetString contextEngineId, @Nullable SnapshotObjects objects) {
        super(contextEngineId);
        this.objects = objects;
        pduHandler.removeIf(handler -> handler.isSupported(PDU.GETBULK));
        pduHandler.add(new BulkHandler());
        requestFactory = BulkRequest::new;
    }

    /// A request that can be given its answer as a whole.
    private static final class BulkRequest extends SnmpRequest {
        private @Nullable PDU answer;

        BulkRequest(CommandResponderEvent<?> event, CoexistenceInfo coexistence) {
            super(event, coexistence);
        }

        @Override
        public boolean isComplete() {
            return answer != null || super.isComplete();
        }

        @Override
        public PDU getResponse() {
            return answer != null ? answer : super.getResponse();
        }

        @Override
        public Iterator<SnmpSubRequest> iterator() {
            return answer != null ? Collections.emptyIterator() : super.iterator();
        }
    }

    /// The bindings of an answer, as many as fit.
    private static final class Bindings {
        private final List<VariableBinding> list = new ArrayList<>();
        private final int octetsMax;
        private int octets;

        Bindings(int octets, int octetsMax) {
            this.octets = octets;
            this.octetsMax = octetsMax;
        }

        boolean add(VariableBinding binding) {
            octets += binding.getBERLength();
            return octets <= octetsMax && list.add(binding);
        }
    }

    private final class BulkHandler implements RequestHandler<SnmpRequest> {
        @Override
        public boolean isSupported(int pduType) {
            return pduType == PDU.GETBULK;
        }

        @Override
        public void processPdu(SnmpRequest request, MOServer server) {
            PDU asked = request.getSource().getPDU();
            PDU answer = (PDU) asked.clone();
            answer.clear();
            answer.setType(PDU.RESPONSE);
            answer.setRequestID(asked.getRequestID());
            answer.setErrorStatus(PDU.noError);
            answer.setErrorIndex(0);
            Bindings bindings = new Bindings(
                    answer.getBERLength() + LENGTH_FIELDS_OCTETS,
                    request.getSource().getMaxSizeResponsePDU());
            if (nonRepeaters(request, server, bindings)) {
                repeaters(request, server, bindings);
            }
            answer.setVariableBindings(bindings.list);
            ((BulkRequest) request).answer = answer;
        }

        /// @return false if the answer is full
        private boolean nonRepeaters(SnmpRequest request, MOServer server, Bindings bindings) {
            PDU asked = request.getSource().getPDU();
            for (int i = 0; i < asked.getNonRepeaters(); i++) {
                if (!bindings.add(next(request, server, asked.get(i).getOid()))) {
                    return false;
                }
            }
            return true;
        }

        private void repeaters(SnmpRequest request, MOServer server, Bindings bindings) {
            PDU asked = request.getSource().getPDU();
            List<OID> columns = new ArrayList<>();
            for (int i = asked.getNonRepeaters(); i < asked.size(); i++) {
                columns.add(asked.get(i).getOid());
            }
            boolean more = !columns.isEmpty();
            for (int row = 0; more && row < asked.getMaxRepetitions(); row++) {
                more = false;
                for (int column = 0; column < columns.size(); column++) {
                    VariableBinding binding = next(request, server, columns.get(column));
                    if (!bindings.add(binding)) {
                        return;
                    }
                    columns.set(column, binding.getOid());
                    more |= binding.getSyntax() != SMIConstants.EXCEPTION_END_OF_MIB_VIEW;
                }
            }
        }

        private VariableBinding next(SnmpRequest request, MOServer server, OID after) {
            if (objects != null && objects.getScope().covers(after)) {
                VACM views = getVacm();
                Function<OID, Boolean> filter =
                        oid -> views.isAccessAllowed(request.getViewName(), oid) == VACM.VACM_OK;
                VariableBinding found = objects.after(after, false, filter);
                if (found != null) {
                    return found;
                }
            }
            BulkSubRequest subRequest = new BulkSubRequest(request, after);
            processNextSubRequest(request, server, request.getContext(), subRequest);
            return subRequest.getVariableBinding();
        }
    }
}
