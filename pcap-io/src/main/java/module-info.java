import org.jspecify.annotations.NullMarked;

/// Packet I/O behind the element's ports. pcap4j and native calls appear nowhere else.
@NullMarked
module net.testudo.pcapio {
    requires static transitive org.jspecify;
    requires net.testudo.element;

    exports net.testudo.pcapio;
}
