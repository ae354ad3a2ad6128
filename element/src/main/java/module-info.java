import org.jspecify.annotations.NullMarked;

/// The network element, pure: events in, effects out, nothing but the JDK.
///
/// No class here owns a thread, a socket, a file, a clock or a source of randomness.
@NullMarked
module net.testudo.element {
    requires static transitive org.jspecify;

    exports net.testudo.element.channel;
    exports net.testudo.element.cluster;
    exports net.testudo.element.config;
    exports net.testudo.element.flow;
    exports net.testudo.element.forwarding;
    exports net.testudo.element.net;
    exports net.testudo.element.policy;
    exports net.testudo.element.rehearsal;
    exports net.testudo.element.resource;
    exports net.testudo.element.wire;
    exports net.testudo.element.wire.cluster;
    exports net.testudo.element.engine;
    exports net.testudo.element.port;
    exports net.testudo.element.management;
}
