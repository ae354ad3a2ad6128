/// The datastores of NETCONF (RFC 6241, RFC 8342) over the element's decided configuration.
///
/// ```
///  element --snapshot--> running (canonical text of the newest decided revision)
///                           | copied at discard-changes, merged when the cluster adds an entry
///                           v
///  edit-config --------> candidate (DataTree) --validated--> Request.Commit --> element
/// ```
///
/// Nothing is stored here: running is what the element decided, the candidate lives as long as the process.
/// The schema, the XML codecs and the DataTree are yangtools'; `must`, `when`, `leafref`, `mandatory`, `unique`
/// and the counts, which a DataTree does not or not usably check, are checked by [ConstraintValidator].
@NullMarked
package net.testudo.agent.datastore;

import org.jspecify.annotations.NullMarked;
