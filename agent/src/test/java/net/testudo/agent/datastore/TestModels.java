package net.testudo.agent.datastore;

import java.util.Map;
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
            return new Models(
                    Map.of("testudo-types", Models.text("testudo-types"), "testudo-test", Models.text("testudo-test")));
        } catch (YangParserException e) {
            throw new IllegalStateException(e);
        }
    }
}
