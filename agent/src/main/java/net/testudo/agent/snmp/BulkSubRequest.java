package net.testudo.agent.snmp;

import org.jspecify.annotations.Nullable;
import org.snmp4j.agent.DefaultMOContextScope;
import org.snmp4j.agent.MOQuery;
import org.snmp4j.agent.MOScope;
import org.snmp4j.agent.ManagedObject;
import org.snmp4j.agent.request.Request;
import org.snmp4j.agent.request.RequestStatus;
import org.snmp4j.agent.request.SnmpRequest;
import org.snmp4j.agent.request.SnmpRequest.SnmpSubRequest;
import org.snmp4j.agent.request.SubRequest;
import org.snmp4j.agent.request.SubRequestIterator;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;

/// One step of a GETBULK: what follows an identifier. It belongs to the request but is not in its list.
final class BulkSubRequest implements SubRequest<SnmpSubRequest> {
    private final SnmpRequest request;
    private final VariableBinding binding;
    private final MOScope scope;
    private final RequestStatus status = new RequestStatus();
    private @Nullable MOQuery query;
    private @Nullable Object userObject;

    BulkSubRequest(SnmpRequest request, OID after) {
        this.request = request;
        this.binding = new VariableBinding(new OID(after));
        this.scope = new DefaultMOContextScope(request.getContext(), new OID(after), false, null, false);
    }

    @Override
    public boolean hasError() {
        return status.getErrorStatus() != 0;
    }

    @Override
    public void setErrorStatus(int errorStatus) {
        status.setErrorStatus(errorStatus);
    }

    @Override
    public int getErrorStatus() {
        return status.getErrorStatus();
    }

    @Override
    public RequestStatus getStatus() {
        return status;
    }

    @Override
    public MOScope getScope() {
        return scope;
    }

    @Override
    public VariableBinding getVariableBinding() {
        return binding;
    }

    @Override
    public Request<?, ?, ?> getRequest() {
        return request;
    }

    @Override
    public @Nullable Object getUndoValue() {
        return null;
    }

    @Override
    public void setUndoValue(Object undoInformation) {
        throw new UnsupportedOperationException("GETBULK changes nothing");
    }

    @Override
    public void completed() {
        status.setPhaseComplete(true);
    }

    @Override
    public boolean isComplete() {
        return status.isPhaseComplete();
    }

    @Override
    public void setTargetMO(ManagedObject<? super SnmpSubRequest> managedObject) {
        // The object is locked and unlocked within the step, so nothing has to be released later.
    }

    @Override
    public @Nullable ManagedObject<? super SnmpSubRequest> getTargetMO() {
        return null;
    }

    @Override
    public int getIndex() {
        return 0;
    }

    @Override
    public void setQuery(MOQuery query) {
        this.query = query;
    }

    @Override
    public @Nullable MOQuery getQuery() {
        return query;
    }

    @Override
    public @Nullable SubRequestIterator<SnmpSubRequest> repetitions() {
        return null;
    }

    @Override
    public void updateNextRepetition() {
        // The processor makes a new step for each repetition.
    }

    @Override
    public @Nullable Object getUserObject() {
        return userObject;
    }

    @Override
    public void setUserObject(Object userObject) {
        this.userObject = userObject;
    }
}
