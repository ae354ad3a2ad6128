package net.testudo.agent.datastore;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opendaylight.yangtools.yang.parser.api.YangParserException;

/// The models of tests, parsed once.
public final class TestModels {
    /// The modules of the product.
    public static final Models PRODUCT = Models.load();
    /// A module that has everything a model may have.
    public static final Models EVERYTHING = everything();

    private TestModels() {}

    private static Models everything() {
        try {
            return new Models(Stream.of(
                            "testudo-types",
                            "testudo-test",
                            "ietf-yang-types@2013-07-15",
                            "ietf-netconf-acm@2018-02-14")
                    .collect(Collectors.toMap(name -> name, Models::text)));
        } catch (YangParserException e) {
            throw new IllegalStateException(e);
        }
    }
}
