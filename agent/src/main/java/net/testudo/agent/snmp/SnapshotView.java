package net.testudo.agent.snmp;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/// All object instances of one snapshot in the order of their identifiers. Immutable: a walk within one view cannot
/// meet half of another one.
final class SnapshotView {
    private final List<VariableBinding> instances;
    private final List<OID> oids;

    /// @param instances in any order, each identifier once
    SnapshotView(List<VariableBinding> instances) {
        this.instances = instances.stream()
                .sorted(Comparator.comparing(VariableBinding::getOid))
                .toList();
        this.oids = this.instances.stream().map(VariableBinding::getOid).toList();
    }

    /// How many instances there are.
    int size() {
        return oids.size();
    }

    /// The value of exactly this instance, or null.
    @Nullable
    Variable get(OID oid) {
        int position = Collections.binarySearch(oids, oid);
        return position < 0 ? null : instances.get(position).getVariable();
    }

    /// Where the first instance stands that follows `oid`, or that is `oid` itself if `included`; [#size] if none.
    int positionFrom(OID oid, boolean included) {
        int position = Collections.binarySearch(oids, oid);
        if (position < 0) {
            return -position - 1;
        }
        return included ? position : position + 1;
    }

    /// The instance at a position below [#size].
    VariableBinding at(int position) {
        return instances.get(position);
    }
}
