/// The module `ietf-netconf-server`: where NETCONF over TLS is served, and whom the cluster calls.
@NullMarked
package net.testudo.agent.northbound.netconfserver;

import org.jspecify.annotations.NullMarked;
