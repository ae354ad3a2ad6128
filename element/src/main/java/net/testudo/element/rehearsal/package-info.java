/// A rehearsal: three engines on an imaginary network form a cluster, carry flows, lose their master and go on - before
/// the device takes part in a real one. What it leaves behind is compiled code: a device whose code is cold is too
/// slow exactly when it matters (at its first load, and at its first takeover).
///
/// Time is counted, not measured; keys and state are thrown away.
package net.testudo.element.rehearsal;
