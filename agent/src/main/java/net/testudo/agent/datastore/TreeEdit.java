package net.testudo.agent.datastore;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.tree.api.DataTree;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeModification;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeSnapshot;

/// A modification of a DataTree under way. What it has not touched is read from the tree as it was: a read through the
/// modification itself works out all that was touched so far.
final class TreeEdit {
    private final DataTreeSnapshot before;
    private final DataTreeModification modification;
    private final Set<YangInstanceIdentifier> touched = new HashSet<>();
    private final Set<YangInstanceIdentifier> aboveTouched = new HashSet<>();
    private final Set<YangInstanceIdentifier> lists = new HashSet<>();

    TreeEdit(DataTree tree) {
        before = tree.takeSnapshot();
        modification = before.newModification();
    }

    /// What is to be prepared and committed in the end.
    DataTreeModification modification() {
        return modification;
    }

    /// The node at `path` as it is by now.
    Optional<NormalizedNode> read(YangInstanceIdentifier path) {
        return isTouched(path) ? modification.readNode(path) : before.readNode(path);
    }

    boolean exists(YangInstanceIdentifier path) {
        return read(path).isPresent();
    }

    private boolean isTouched(YangInstanceIdentifier path) {
        if (aboveTouched.contains(path)) {
            return true;
        }
        for (YangInstanceIdentifier at = path; at != null; at = at.getParent()) {
            if (touched.contains(at)) {
                return true;
            }
        }
        return false;
    }

    void write(YangInstanceIdentifier path, NormalizedNode node) {
        touch(path);
        modification.write(path, node);
    }

    void merge(YangInstanceIdentifier path, NormalizedNode node) {
        touch(path);
        modification.merge(path, node);
    }

    void delete(YangInstanceIdentifier path) {
        lists.clear();
        touch(path);
        modification.delete(path);
    }

    private void touch(YangInstanceIdentifier path) {
        if (touched.add(path)) {
            YangInstanceIdentifier above = path.getParent();
            while (above != null && aboveTouched.add(above)) {
                above = above.getParent();
            }
        }
    }

    /// Makes a list or leaf-list as a whole, which a DataTree wants to be there before its first entry.
    void makeList(YangInstanceIdentifier path, NormalizedNode empty) {
        if (lists.add(path) && !exists(path)) {
            merge(path, empty);
        }
    }
}
