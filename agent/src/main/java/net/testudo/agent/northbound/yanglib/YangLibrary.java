package net.testudo.agent.northbound.yanglib;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.agent.datastore.Models;

/// The state of `ietf-yang-library` (RFC 8525) as canonical lines: one set of modules and one schema
/// for all datastores. It is the same at every device of one build, so that a client need not read it
/// anew after a failover.
public final class YangLibrary {
    private static final String LIBRARY = "/ietf-yang-library:yang-library";
    private static final String OLD = "/ietf-yang-library:modules-state";
    private static final String ALL = "all";
    private static final int ID_OCTETS = 16;

    private final String lines;
    private final String contentId;

    /// @param datastores names of the datastores, without a prefix
    public YangLibrary(Models models, List<String> datastores) {
        StringBuilder library = new StringBuilder();
        StringBuilder old = new StringBuilder();
        Map<String, String> revisions = models.modules().stream()
                .collect(Collectors.toMap(Models.ModuleText::name, Models.ModuleText::revision));
        for (Models.ModuleText module : models.modules()) {
            module(library, module);
            oldModule(old, module, revisions);
        }
        String schema = LIBRARY + "/schema[name='" + ALL + "']";
        library.append(schema).append("/module-set[.='" + ALL + "']\n");
        for (String datastore : datastores) {
            library.append(
                    CanonicalLine.of(LIBRARY + "/datastore[name='ietf-datastores:" + datastore + "']/schema", ALL));
        }
        contentId = id(library.toString());
        lines = library
                + CanonicalLine.of(LIBRARY + "/content-id", contentId)
                + CanonicalLine.of(OLD + "/module-set-id", contentId)
                + old;
    }

    private static void module(StringBuilder lines, Models.ModuleText module) {
        String set = LIBRARY + "/module-set[name='" + ALL + "']";
        String name = CanonicalPath.quote(module.name());
        if (module.importOnly()) {
            String path = set + "/import-only-module[name=" + name + "][revision="
                    + CanonicalPath.quote(module.revision()) + "]";
            lines.append(CanonicalLine.of(path + "/namespace", module.namespace()));
            return;
        }
        String path = set + "/module[name=" + name + "]";
        if (!module.revision().isEmpty()) {
            lines.append(CanonicalLine.of(path + "/revision", module.revision()));
        }
        lines.append(CanonicalLine.of(path + "/namespace", module.namespace()));
        features(lines, path, module);
        for (String deviation : module.deviations()) {
            lines.append(path).append("/deviation[.='").append(deviation).append("']\n");
        }
    }

    private static void oldModule(StringBuilder lines, Models.ModuleText module, Map<String, String> revisions) {
        String path = OLD + "/module[name=" + CanonicalPath.quote(module.name()) + "][revision="
                + CanonicalPath.quote(module.revision()) + "]";
        lines.append(CanonicalLine.of(path + "/namespace", module.namespace()));
        features(lines, path, module);
        for (String deviation : module.deviations()) {
            lines.append(path)
                    .append("/deviation[name='")
                    .append(deviation)
                    .append("'][revision='")
                    .append(revisions.getOrDefault(deviation, ""))
                    .append("']\n");
        }
        lines.append(CanonicalLine.of(path + "/conformance-type", module.importOnly() ? "import" : "implement"));
    }

    private static void features(StringBuilder lines, String path, Models.ModuleText module) {
        for (String feature : module.features()) {
            lines.append(path).append("/feature[.='").append(feature).append("']\n");
        }
    }

    private static String id(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Changes when the library does.
    public String contentId() {
        return contentId;
    }

    /// The lines.
    public String lines() {
        return lines;
    }
}
