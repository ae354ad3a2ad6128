package net.testudo.agent.xpath;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jaxen.Context;
import org.jaxen.Function;
import org.jaxen.FunctionCallException;
import org.jaxen.FunctionContext;
import org.jaxen.JaxenException;
import org.jaxen.UnresolvableException;
import org.jaxen.XPathFunctionContext;
import org.jaxen.expr.LiteralExpr;
import org.jaxen.expr.NumberExpr;
import org.jaxen.function.StringFunction;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;

/// The functions of XPath 1.0 and of YANG (RFC 7950 §10), and none of other sources, which can reach out
/// of the data.
final class YangFunctions implements FunctionContext {
    private static final int ANY_NUMBER = Integer.MAX_VALUE;
    private static final String DEREF = "deref";
    private static final String DERIVED = "derived-from";
    private static final String DERIVED_OR_SELF = "derived-from-or-self";
    private static final String RE_MATCH = "re-match";
    private static final String ENUM_VALUE = "enum-value";
    private static final String BIT_IS_SET = "bit-is-set";

    /// How a function may be called.
    ///
    /// @param least number of arguments
    /// @param most arguments
    /// @param nodes whether the first one is a set of nodes
    /// @param body what it does
    private record Signature(int least, int most, boolean nodes, Function body) {}

    private final Map<String, Signature> known = new HashMap<>();
    private final SchemaXPath schema;
    private final XsdPatterns patterns = new XsdPatterns();

    YangFunctions(SchemaXPath schema) {
        this.schema = schema;
        core(0, 0, false, "true", "false", "last", "position");
        core(0, 1, true, "local-name", "namespace-uri", "name");
        core(0, 1, false, "string", "string-length", "normalize-space", "number");
        core(1, 1, true, "count", "sum");
        core(1, 1, false, "id", "boolean", "not", "lang", "floor", "ceiling", "round");
        core(2, 2, false, "starts-with", "contains", "substring-before", "substring-after");
        core(2, 3, false, "substring");
        core(3, 3, false, "translate");
        core(2, ANY_NUMBER, false, "concat");
        known.put(
                "current",
                new Signature(
                        0,
                        0,
                        false,
                        (context, _) -> List.of(Evaluation.of(context).current())));
        known.put(RE_MATCH, new Signature(2, 2, false, this::reMatch));
        known.put(DEREF, new Signature(1, 1, true, this::deref));
        known.put(DERIVED, new Signature(2, 2, true, (context, arguments) -> derived(context, arguments, false)));
        known.put(
                DERIVED_OR_SELF, new Signature(2, 2, true, (context, arguments) -> derived(context, arguments, true)));
        known.put(ENUM_VALUE, new Signature(1, 1, true, this::enumValue));
        known.put(BIT_IS_SET, new Signature(2, 2, true, this::bitIsSet));
    }

    private void core(int least, int most, boolean nodes, String... names) {
        FunctionContext all = new XPathFunctionContext(false);
        for (String name : names) {
            try {
                known.put(name, new Signature(least, most, nodes, all.getFunction(null, null, name)));
            } catch (UnresolvableException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public Function getFunction(String namespace, String prefix, String name) throws UnresolvableException {
        return signature(name).body;
    }

    private Signature signature(String name) throws UnresolvableException {
        Signature signature = known.get(name);
        if (signature == null) {
            throw new UnresolvableException("there is no function " + name + "()");
        }
        return signature;
    }

    /// @throws UnresolvableException if there is no function with this name
    void demand(String name) throws UnresolvableException {
        signature(name);
    }

    SchemaXPath schema() {
        return schema;
    }

    /// Whether `arguments`, which are parsed and not evaluated, can be those of `function`.
    void check(String function, List<?> arguments, Scope scope) throws JaxenException {
        Signature signature = signature(function);
        int count = arguments.size();
        if (count < signature.least || count > signature.most) {
            throw new FunctionCallException(function + "() has " + counted(signature) + ", not " + count);
        }
        if (signature.nodes && count > 0 && isConstant(arguments.getFirst())) {
            throw noNodes(function);
        }
        if (count == 2 && arguments.getLast() instanceof LiteralExpr literal) {
            switch (function) {
                case DERIVED, DERIVED_OR_SELF -> schema.identities().resolve(literal.getLiteral(), scope);
                case RE_MATCH -> patterns.of(literal.getLiteral(), _ -> {});
                default -> {}
            }
        }
    }

    private static boolean isConstant(Object argument) {
        return argument instanceof LiteralExpr || argument instanceof NumberExpr;
    }

    private static String counted(Signature signature) {
        if (signature.most == ANY_NUMBER) {
            return "at least " + signature.least + " arguments";
        }
        String least = signature.least == signature.most ? "" : signature.least + " to ";
        return least + signature.most + (signature.most == 1 ? " argument" : " arguments");
    }

    private static FunctionCallException noNodes(String function) {
        return new FunctionCallException("the first argument of " + function + "() is a set of nodes");
    }

    private static List<?> nodes(String function, List<?> arguments) throws FunctionCallException {
        if (arguments.getFirst() instanceof List<?> nodes) {
            return nodes;
        }
        throw noNodes(function);
    }

    private static String string(Object argument, Context context) {
        return StringFunction.evaluate(argument, context.getNavigator());
    }

    /// §10.2.1.
    private Object reMatch(Context context, List<?> arguments) throws FunctionCallException {
        YangNavigator tree = Evaluation.of(context).tree();
        Pattern pattern = patterns.of(string(arguments.getLast(), context), tree::read);
        return pattern.matcher(new ReadText(string(arguments.getFirst(), context), tree))
                .matches();
    }

    /// §10.3.1.
    private Object deref(Context context, List<?> arguments) throws FunctionCallException {
        List<?> nodes = nodes(DEREF, arguments);
        try {
            return nodes.isEmpty()
                    ? List.of()
                    : schema.deref(Evaluation.of(context).tree(), nodes.getFirst());
        } catch (JaxenException e) {
            throw new FunctionCallException(e.getMessage(), e);
        }
    }

    /// §10.4.1, §10.4.2.
    private Object derived(Context context, List<?> arguments, boolean orSelf) throws FunctionCallException {
        Evaluation evaluation = Evaluation.of(context);
        IdentitySchemaNode base = schema.identities().resolve(string(arguments.getLast(), context), evaluation.scope());
        for (Object node : nodes(orSelf ? DERIVED_OR_SELF : DERIVED, arguments)) {
            Optional<IdentitySchemaNode> identity = schema.identity(evaluation.tree(), node);
            if (identity.isPresent()
                    && (identity.get().equals(base) ? orSelf : Identities.isDerived(identity.get(), base))) {
                return true;
            }
        }
        return false;
    }

    /// §10.5.1.
    private Object enumValue(Context context, List<?> arguments) throws FunctionCallException {
        List<?> nodes = nodes(ENUM_VALUE, arguments);
        if (nodes.isEmpty()) {
            return Double.NaN;
        }
        Object node = nodes.getFirst();
        return schema.type(Evaluation.of(context).tree().path(node)).enumValue(string(node, context));
    }

    /// §10.6.1.
    private Object bitIsSet(Context context, List<?> arguments) throws FunctionCallException {
        List<?> nodes = nodes(BIT_IS_SET, arguments);
        if (nodes.isEmpty()) {
            return false;
        }
        Object node = nodes.getFirst();
        return schema.type(Evaluation.of(context).tree().path(node)).isBits()
                && List.of(string(node, context).split(" ", -1)).contains(string(arguments.getLast(), context));
    }
}
