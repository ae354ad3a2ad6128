/// The messages of the cluster protocol, as values and as octets.
///
/// ```
///  clear    DISCOVERY  who is there            any device  -> all on the cluster port
///           HANDSHAKE  join and association    device      -> device
///  sealed   STATUS     evidence for leases     device      -> all, on every path (PROBE on data ports)
///           CONTROL    votes, prepares, events device      -> device, reliable
///           BULK       run-time sync           device      -> device, reliable, windowed
///           RELAY      a data frame            device      -> its flow's owner
/// ```
///
/// All integers are unsigned or two's complement, most significant octet first; a string is its length in two
/// octets and its UTF-8 octets. Parsing never throws: malformed octets give null, and the caller counts the reason.
package net.testudo.element.wire.cluster;
