package net.testudo.agent.snmp;

import java.util.function.Function;
import java.util.function.LongSupplier;
import net.testudo.agent.ElementClient;
import net.testudo.mib.ClusterMib;
import org.jspecify.annotations.Nullable;
import org.snmp4j.PDU;
import org.snmp4j.agent.DefaultMOScope;
import org.snmp4j.agent.MOScope;
import org.snmp4j.agent.mo.GenericManagedObject;
import org.snmp4j.agent.request.SubRequest;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/// The whole of TESTUDO-CLUSTER-MIB as one managed object, answered from the newest snapshot.
///
/// The view is kept for a moment although the element publishes more often: walking thousands of rows would
/// otherwise sort all of them for each request.
final class SnapshotObjects implements GenericManagedObject {
    private static final long VIEW_LIFE_NS = 100_000_000;
    private static final OID FIRST = new OID(ClusterMib.OBJECTS);

    private final MOScope scope = new DefaultMOScope(FIRST, true, FIRST.nextPeer(), false);
    private final ElementClient element;
    private final LongSupplier clockNs;
    private volatile long shownSinceNs;
    private volatile @Nullable Made made;

    private record Made(long atNs, SnapshotView view) {}

    /// @param clockNs the clock of the snapshots, as [System#nanoTime]
    SnapshotObjects(ElementClient element, LongSupplier clockNs) {
        this.element = element;
        this.clockNs = clockNs;
        this.shownSinceNs = clockNs.getAsLong();
    }

    /// From now on this device answers for the cluster.
    void shownSince(long nowNs) {
        shownSinceNs = nowNs;
        made = null;
    }

    /// The first instance after `oid` that the filter lets pass, or null. The value must not be changed.
    @Nullable
    VariableBinding after(OID oid, boolean included, Function<OID, Boolean> filter) {
        SnapshotView view = view();
        for (int position = view.positionFrom(oid, included); position < view.size(); position++) {
            VariableBinding instance = view.at(position);
            if (filter.apply(instance.getOid())) {
                return instance;
            }
        }
        return null;
    }

    private SnapshotView view() {
        long nowNs = clockNs.getAsLong();
        Made last = made;
        if (last != null && nowNs - last.atNs < VIEW_LIFE_NS) {
            return last.view;
        }
        SnapshotView view = ClusterObjects.view(element.snapshot(), shownSinceNs);
        made = new Made(nowNs, view);
        return view;
    }

    @Override
    public MOScope getScope() {
        return scope;
    }

    @Override
    public @Nullable OID find(MOScope range) {
        VariableBinding found = after(range.getLowerBound(), range.isLowerIncluded(), range::covers);
        return found == null ? null : found.getOid();
    }

    @Override
    public void get(SubRequest<?> request) {
        Variable value = view().get(request.getVariableBinding().getOid());
        request.getVariableBinding().setVariable(value == null ? Null.noSuchInstance : value);
        request.completed();
    }

    /// Deprecated in the interface, which demands it all the same.
    @Override
    @SuppressWarnings("deprecation")
    public boolean next(SubRequest<?> request) {
        return next(request, _ -> true);
    }

    @Override
    public boolean next(SubRequest<?> request, Function<OID, Boolean> filter) {
        MOScope range = request.getScope();
        VariableBinding found =
                after(range.getLowerBound(), range.isLowerIncluded(), oid -> range.covers(oid) && filter.apply(oid));
        if (found == null) {
            return false;
        }
        request.getVariableBinding().setOid(found.getOid());
        request.getVariableBinding().setVariable(found.getVariable());
        request.completed();
        return true;
    }

    @Override
    public void prepare(SubRequest<?> request) {
        request.getStatus().setErrorStatus(PDU.notWritable);
    }

    @Override
    public void commit(SubRequest<?> request) {
        request.getStatus().setErrorStatus(PDU.commitFailed);
    }

    @Override
    public void undo(SubRequest<?> request) {
        request.getStatus().setErrorStatus(PDU.undoFailed);
    }

    @Override
    public void cleanup(SubRequest<?> request) {
        request.getStatus().setPhaseComplete(true);
    }
}
