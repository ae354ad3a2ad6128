package net.testudo.agent.xpath;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jaxen.FunctionCallException;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.source.SourceIdentifier;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.spi.source.StringYangTextSource;
import org.opendaylight.yangtools.yang.parser.api.YangParser;
import org.opendaylight.yangtools.yang.parser.api.YangParserException;
import org.opendaylight.yangtools.yang.parser.api.YangParserFactory;
import org.opendaylight.yangtools.yang.parser.ri.DefaultYangParserFactory;

/// Regular expressions of XML Schema, as the statement `pattern` of YANG understands them: the parser of
/// YANG is asked, which shows its translation in the schema only.
final class XsdPatterns {
    private static final int KEPT = 256;
    private static final String NAME = "p";

    /// To compile an expression takes as long as to read so many characters.
    private static final int EFFORT = 1 << 18;

    private static final YangParserFactory PARSERS = new DefaultYangParserFactory();

    private final Map<String, Pattern> known = new LinkedHashMap<>();

    /// The pattern for `expression`.
    ///
    /// @param read is told of the work
    /// @throws FunctionCallException if it is no regular expression
    synchronized Pattern of(String expression, IntConsumer read) throws FunctionCallException {
        Pattern pattern = known.get(expression);
        if (pattern == null) {
            read.accept(EFFORT);
            pattern = compile(expression);
            if (known.size() >= KEPT) {
                known.remove(known.keySet().iterator().next());
            }
            known.put(expression, pattern);
        }
        return pattern;
    }

    private static Pattern compile(String expression) throws FunctionCallException {
        String module = "module " + NAME + " { namespace urn:p; prefix p; leaf p { type string { pattern "
                + quoted(expression) + "; } } }";
        YangParser parser = PARSERS.createParser();
        try {
            parser.addSource(new StringYangTextSource(SourceIdentifier.ofYangFileName(NAME + ".yang"), module));
            Module parsed = parser.buildEffectiveModel().getModules().iterator().next();
            LeafSchemaNode leaf =
                    (LeafSchemaNode) parsed.getChildNodes().iterator().next();
            StringTypeDefinition type = (StringTypeDefinition) leaf.getType();
            return Pattern.compile(type.getPatternConstraints().getFirst().getJavaPatternString());
        } catch (IOException | YangParserException | PatternSyntaxException e) {
            throw new FunctionCallException(
                    "'" + expression + "' is no regular expression of XML Schema", new IllegalArgumentException(e));
        }
    }

    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
        return '"' + escaped + '"';
    }
}
