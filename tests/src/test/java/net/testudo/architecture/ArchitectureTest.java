package net.testudo.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/// What may depend on what. Each rule names the decision it guards.
@AnalyzeClasses(packages = "net.testudo", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /// The element runs in the product, in the simulator and in benchmarks: it owns no thread, socket, file or lock.
    @ArchTest
    static final ArchRule elementDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("net.testudo.element..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "java.util.concurrent..",
                    "javax.net..",
                    "java.util.logging..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocal.class);

    /// The element needs nothing but the JDK's base module.
    @ArchTest
    static final ArchRule elementNeedsTheJdkOnly = noClasses()
            .that()
            .resideInAPackage("net.testudo.element..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("net.testudo.element..", "java..", "javax.crypto..", "org.jspecify..");

    /// The same events give the same effects: time and randomness are arguments.
    @ArchTest
    static final ArchRule elementIsDeterministic = noClasses()
            .that()
            .resideInAPackage("net.testudo.element..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "identityHashCode", Object.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(RandomGenerator.class, "getDefault")
            .orShould()
            .dependOnClassesThat(clocksAndRandomSources());

    /// Only the port to the network knows pcap4j, which is native.
    @ArchTest
    static final ArchRule pcapStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackage("net.testudo.pcapio..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.pcap4j..");

    /// Keys are handled in one place; the NETCONF server's SSH library takes its host key in its own types.
    @ArchTest
    static final ArchRule bouncyCastleStaysInTheKeyStore = noClasses()
            .that()
            .resideOutsideOfPackages("net.testudo.agent.keystore..", "net.testudo.agent.netconf..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    /// Production code does not know how it is tested, nor the element how it is managed.
    @ArchTest
    static final ArchRule productDoesNotKnowItsTests = noClasses()
            .that()
            .resideInAnyPackage(
                    "net.testudo.element..", "net.testudo.pcapio..", "net.testudo.agent..", "net.testudo.mib..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.testudo.sim..", "net.testudo.lab..", "net.testudo.scenario..");

    /// A package can be read after those it depends on.
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("net.testudo.(**)").should().beFreeOfCycles();

    /// Names say what a class is; an enum may name a thing of the field, such as a local service.
    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotEnums()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Service")
            .orShould()
            .haveSimpleNameEndingWith("Base")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");

    /// State that all instances share would make runs depend on each other.
    @ArchTest
    static final ArchRule elementHasNoGlobalState = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("net.testudo.element..")
            .and()
            .areStatic()
            .should()
            .notHaveModifier(JavaModifier.FINAL);

    private static DescribedPredicate<JavaClass> clocksAndRandomSources() {
        return DescribedPredicate.describe(
                "clocks or random sources",
                type -> type.isAssignableTo(SecureRandom.class)
                        || type.getPackageName().equals("java.time")
                        || type.getName().equals("java.util.Random")
                        || type.getName().equals("java.util.UUID"));
    }
}
