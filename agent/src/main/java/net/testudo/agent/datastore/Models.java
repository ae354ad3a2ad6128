package net.testudo.agent.datastore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.testudo.agent.xpath.SchemaXPath;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Revision;
import org.opendaylight.yangtools.yang.data.codec.xml.XmlCodecFactory;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContextTree;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.EffectiveStatementEquivalent;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.SchemaNode;
import org.opendaylight.yangtools.yang.model.api.meta.DeclaredStatement;
import org.opendaylight.yangtools.yang.model.api.meta.EffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.source.SourceIdentifier;
import org.opendaylight.yangtools.yang.model.api.stmt.FeatureSet;
import org.opendaylight.yangtools.yang.model.spi.source.StringYangTextSource;
import org.opendaylight.yangtools.yang.parser.api.YangParserException;
import org.opendaylight.yangtools.yang.parser.api.YangSyntaxErrorException;
import org.opendaylight.yangtools.yang.parser.ri.DefaultYangParserFactory;

/// The YANG modules the server knows, parsed, with their texts. Made once at start (0.7 s warm).
public final class Models {
    private static final List<String> SHIPPED = List.of(
            "iana-crypt-hash@2014-08-06",
            "iana-ssh-encryption-algs@2024-10-16",
            "iana-ssh-key-exchange-algs@2024-10-16",
            "iana-ssh-mac-algs@2024-10-16",
            "iana-ssh-public-key-algs@2024-10-16",
            "iana-tls-cipher-suite-algs@2024-10-16",
            "ietf-crypto-types@2024-10-10",
            "ietf-datastores@2018-02-14",
            "ietf-inet-types@2013-07-15",
            "ietf-keystore@2024-10-10",
            "ietf-netconf-server@2024-08-14",
            "ietf-ssh-common@2024-10-10",
            "ietf-ssh-server@2024-10-10",
            "ietf-tcp-client@2024-10-10",
            "ietf-tcp-common@2024-10-10",
            "ietf-tcp-server@2024-10-10",
            "ietf-tls-common@2024-10-10",
            "ietf-tls-server@2024-10-10",
            "ietf-truststore@2024-10-10",
            "ietf-x509-cert-to-name@2014-12-10",
            "ietf-yang-types@2013-07-15",
            "ietf-netconf@2011-06-01",
            "ietf-netconf-acm@2018-02-14",
            "ietf-netconf-monitoring@2010-10-04",
            "ietf-netconf-nmda@2019-01-07",
            "ietf-netconf-notifications@2012-02-06",
            "ietf-netconf-with-defaults@2011-06-01",
            "ietf-origin@2018-02-14",
            "ietf-restconf@2017-01-26",
            "ietf-yang-library@2019-01-04",
            "ietf-yang-metadata@2016-08-05",
            "ietf-yang-patch@2017-02-22",
            "nc-notifications@2008-07-14",
            "notifications@2008-07-14",
            "testudo-types",
            "testudo-access",
            "testudo-cluster",
            "testudo-backup-sync",
            "testudo-clock",
            "testudo-compare",
            "testudo-election",
            "testudo-event-log",
            "testudo-identity",
            "testudo-netconf-server",
            "testudo-policy",
            "testudo-revisions",
            "testudo-system",
            "testudo-verification");
    private static final String PRIVATE_KEY = "cleartext-private-key";
    private static final String WRITE_ONLY = "write-only";
    private static final String TYPES = "testudo-types";
    private static final String ACCESS_CONTROL = "ietf-netconf-acm";

    private final EffectiveModelContext context;
    private final DataSchemaContextTree tree;
    private final XmlCodecFactory codecs;
    private final Map<String, String> texts;
    private final Map<String, Module> byName = new TreeMap<>();
    private final Map<String, String> namesByNamespace = new HashMap<>();
    private final QName writeOnly;
    private final QName internal;
    private final QName denyAll;
    private final QName denyWrite;
    private final PrefixedLeaves prefixedLeaves;
    private final SensitiveNodes sensitiveNodes;
    private final SchemaXPath xpath;
    private final CanonicalForm canonicalForm;

    /// @param files texts by file name without `.yang`, such as `ietf-inet-types@2013-07-15`
    Models(Map<String, String> files) throws YangParserException {
        this(files, Features.SUPPORTED);
    }

    /// @param features of all modules that work
    Models(Map<String, String> files, Set<QName> features) throws YangParserException {
        var parser = new DefaultYangParserFactory().createParser();
        Map<String, String> textByModule = new TreeMap<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            try {
                parser.addSource(new StringYangTextSource(
                        SourceIdentifier.ofYangFileName(file.getKey() + ".yang"), file.getValue()));
            } catch (IOException | YangSyntaxErrorException e) {
                throw new IllegalStateException("the module " + file.getKey() + " is broken", e);
            }
            textByModule.put(file.getKey().replaceAll("@.*", ""), file.getValue());
        }
        parser.setSupportedFeatures(FeatureSet.of(features));
        context = parser.buildEffectiveModel();
        tree = DataSchemaContextTree.from(context);
        codecs = XmlCodecFactory.create(context);
        texts = Collections.unmodifiableMap(textByModule);
        for (Module module : context.getModules()) {
            byName.put(module.getName(), module);
            namesByNamespace.put(module.getNamespace().toString(), module.getName());
        }
        writeOnly = extension(TYPES, WRITE_ONLY);
        internal = extension(TYPES, "internal");
        denyAll = extension(ACCESS_CONTROL, "default-deny-all");
        denyWrite = extension(ACCESS_CONTROL, "default-deny-write");
        prefixedLeaves = new PrefixedLeaves(this);
        sensitiveNodes = new SensitiveNodes(this);
        xpath = new SchemaXPath(context);
        canonicalForm = new CanonicalForm(this);
    }

    private QName extension(String module, String name) {
        return qualify(module, name)
                .orElseThrow(() -> new IllegalStateException("the module " + module + " is missing"));
    }

    /// The modules of the product, out of the class path.
    ///
    /// @throws IllegalStateException if one is missing or broken: the program is not complete
    public static Models load() {
        Map<String, String> files = new TreeMap<>();
        for (String name : SHIPPED) {
            files.put(name, text(name));
        }
        try {
            return new Models(files);
        } catch (YangParserException e) {
            throw new IllegalStateException("the YANG modules do not fit together", e);
        }
    }

    /// The text of the file `META-INF/yang/NAME.yang` on the class path.
    static String text(String name) {
        try (InputStream in = Models.class.getResourceAsStream("/META-INF/yang/" + name + ".yang")) {
            if (in == null) {
                throw new IllegalStateException("the YANG module " + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A module.
    ///
    /// @param name of the module
    /// @param revision newest revision, or empty
    /// @param namespace of its nodes
    /// @param text in YANG
    /// @param features of it that work, ascending
    /// @param deviations names of the modules that say what of it is done otherwise, ascending
    /// @param importOnly whether there is nothing in it but what other modules use (RFC 7950 §5.6.5)
    public record ModuleText(
            String name,
            String revision,
            String namespace,
            String text,
            SortedSet<String> features,
            SortedSet<String> deviations,
            boolean importOnly) {}

    /// All modules, by name.
    public List<ModuleText> modules() {
        List<ModuleText> modules = new ArrayList<>();
        byName.forEach((name, module) -> modules.add(new ModuleText(
                name,
                module.getRevision().map(Revision::toString).orElse(""),
                module.getNamespace().toString(),
                texts.getOrDefault(name, ""),
                features(module),
                deviations(module),
                isImportOnly(module))));
        return modules;
    }

    private static SortedSet<String> features(Module module) {
        return Features.SUPPORTED.stream()
                .filter(feature -> feature.getModule().equals(module.getQNameModule()))
                .map(QName::getLocalName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private SortedSet<String> deviations(Module of) {
        return byName.values().stream()
                .filter(module -> module.getDeviations().stream()
                        .anyMatch(deviation -> deviation
                                .getTargetPath()
                                .lastNodeIdentifier()
                                .getModule()
                                .equals(of.getQNameModule())))
                .map(Module::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isImportOnly(Module module) {
        return features(module).isEmpty()
                && module.getChildNodes().isEmpty()
                && module.getRpcs().isEmpty()
                && module.getNotifications().isEmpty()
                && module.getAugmentations().isEmpty()
                && module.getDeviations().isEmpty()
                && module.getIdentities().isEmpty();
    }

    /// The namespace of the module `name`, if there is one.
    public Optional<String> namespace(String name) {
        return Optional.ofNullable(byName.get(name)).map(m -> m.getNamespace().toString());
    }

    /// The name of the module with `namespace`, if there is one.
    public Optional<String> moduleOf(String namespace) {
        return Optional.ofNullable(namesByNamespace.get(namespace));
    }

    EffectiveModelContext context() {
        return context;
    }

    DataSchemaContextTree tree() {
        return tree;
    }

    XmlCodecFactory codecs() {
        return codecs;
    }

    /// Configuration nodes at the top, in the order of the canonical form: by name of module, then as in the module.
    List<DataSchemaNode> roots() {
        return byName.values().stream()
                .sorted(Comparator.comparing(Module::getName))
                .flatMap(module -> module.getChildNodes().stream())
                .filter(node -> node.effectiveConfig().orElse(true))
                .map(DataSchemaNode.class::cast)
                .toList();
    }

    String moduleName(QName name) {
        return moduleOf(name.getNamespace().toString()).orElseThrow();
    }

    Optional<QName> qualify(String module, String name) {
        return Optional.ofNullable(byName.get(module)).map(m -> QName.create(m.getQNameModule(), name));
    }

    /// Whether no read may show `node` and what is below it: ours are marked, those of RFC 9640 have a name.
    boolean isSecret(DataSchemaNode node) {
        return has(node, writeOnly) || node.getQName().getLocalName().equals(PRIVATE_KEY);
    }

    /// Whether `node` is the server's own: no client reads or writes it.
    boolean isInternal(DataSchemaNode node) {
        return has(node, internal);
    }

    /// Whether nobody may do anything with `node` to whom no rule of access control permits it.
    boolean deniesAll(SchemaNode node) {
        return has(node, denyAll);
    }

    /// Whether nobody may change `node` to whom no rule of access control permits it.
    boolean deniesWrite(SchemaNode node) {
        return has(node, denyWrite);
    }

    /// The parser keeps extensions that it does not know only in the declared statements.
    private static boolean has(SchemaNode node, QName extension) {
        if (!(node instanceof EffectiveStatementEquivalent<?> equivalent)) {
            return false;
        }
        DeclaredStatement<?> declared = ((EffectiveStatement<?, ?>) equivalent.asEffectiveStatement()).getDeclared();
        return declared != null
                && declared.declaredSubstatements().stream()
                        .anyMatch(statement -> statement
                                .statementDefinition()
                                .getStatementName()
                                .equals(extension));
    }

    /// The leaves whose values have prefixes.
    public PrefixedLeaves prefixedLeaves() {
        return prefixedLeaves;
    }

    /// What the modules keep from everybody without a rule.
    public SensitiveNodes sensitiveNodes() {
        return sensitiveNodes;
    }

    /// Contents as trees, and trees as contents.
    CanonicalForm canonicalForm() {
        return canonicalForm;
    }

    /// The expressions of the modules, and expressions over their data.
    public SchemaXPath xpath() {
        return xpath;
    }
}
