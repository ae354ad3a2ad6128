package net.testudo.mib;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the tests read out of the texts: which descriptor has which object identifier, and what enumerations say.
final class ModuleText {
    private static final Pattern REGISTRATION = Pattern.compile(
            "^(?<name>[a-z]\\w*)\\s+(?<macro>[A-Z]+-[A-Z]+|OBJECT IDENTIFIER)\\b(?<body>(?:(?!::=).)*)"
                    + "::=\\s*\\{\\s*(?<parent>\\w+)\\s+(?<arc>\\d+)\\s*}",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern ENUMERATION = Pattern.compile(
            "^(?<name>[A-Z]\\w*)\\s*::=\\s*TEXTUAL-CONVENTION(?:(?!::=).)*SYNTAX INTEGER \\{(?<values>[^}]*)}",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\((\\d+)\\)");

    private final Map<String, String> oids = new HashMap<>(Map.of("enterprises", "1.3.6.1.4.1"));
    private final Map<String, String> macros = new TreeMap<>();
    private final Map<String, String> bodies = new HashMap<>();
    private final Map<String, Map<String, Integer>> enumerations = new HashMap<>();

    ModuleText() {
        for (MibText module : MibText.values()) {
            Matcher registration = REGISTRATION.matcher(module.text());
            while (registration.find()) {
                String name = registration.group("name");
                oids.put(name, oids.get(registration.group("parent")) + "." + registration.group("arc"));
                macros.put(name, registration.group("macro"));
                bodies.put(name, registration.group("body"));
            }
            Matcher enumeration = ENUMERATION.matcher(module.text());
            while (enumeration.find()) {
                Map<String, Integer> labels = new TreeMap<>();
                LABEL.matcher(enumeration.group("values"))
                        .results()
                        .forEach(label -> labels.put(label.group(1), Integer.valueOf(label.group(2))));
                enumerations.put(enumeration.group("name"), labels);
            }
        }
    }

    /// The object identifier of a descriptor.
    String oid(String descriptor) {
        return String.valueOf(oids.get(descriptor));
    }

    /// All descriptors of a kind with their object identifiers; tables and rows left out.
    Map<String, String> leaves(String macro) {
        Map<String, String> leaves = new TreeMap<>();
        macros.forEach((name, ofName) -> {
            if (ofName.equals(macro) && !name.endsWith("Table") && !name.endsWith("Entry")) {
                leaves.put(name, oid(name));
            }
        });
        return leaves;
    }

    /// What stands between the descriptor and its object identifier.
    String body(String descriptor) {
        return String.valueOf(bodies.get(descriptor));
    }

    /// Labels and numbers of an enumeration.
    Map<String, Integer> enumeration(String name) {
        return enumerations.getOrDefault(name, Map.of());
    }
}
