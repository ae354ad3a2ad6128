package net.testudo.agent.datastore;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opendaylight.yangtools.yang.parser.api.YangParserException;

/// The models of tests, parsed once.
public final class TestModels {
    /// The modules of the product.
    public static final Models PRODUCT = Models.load();
    /// A module that has everything a model may have.
    public static final Models EVERYTHING = with("testudo-test");
    /// A list whose constraints look outside of its entries.
    static final Models ENTRIES = with("testudo-entries");
    /// Modules for expressions.
    static final Models XPATH = with("testudo-xpath", "testudo-xpath-zoo");

    private TestModels() {}

    private static Models with(String... modules) {
        try {
            return new Models(Stream.concat(
                            Stream.of(modules),
                            Stream.of("testudo-types", "ietf-yang-types@2013-07-15", "ietf-netconf-acm@2018-02-14"))
                    .collect(Collectors.toMap(name -> name, Models::text)));
        } catch (YangParserException e) {
            throw new IllegalStateException(e);
        }
    }
}
