package dev.bulkuserimport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Which package may use which. The arrows are written down once, here, and explained in {@code src/docs/architecture.md}. A new arrow is a
 * decision: add it to the line of the package that needs it, or find the package that should carry the code.
 */
@AnalyzeClasses(packages = "dev.bulkuserimport", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.bulkuserimport.";

    /** A string that is, or ends in, a name of two capitalised words or more, as classes have them; or an exception's last word. */
    private static final Pattern CLASS_NAME =
            Pattern.compile("\"(?:[\\w.]*[.$])?([A-Z][a-z]+(?:[A-Z][a-z0-9]+)+|Exception)\"");

    /** For each package those that it may use, from the bottom to the top: each line names only packages of lines above it. */
    private static final Map<String, Set<String>> ARROWS = arrows(
            "base:",
            "rules:",
            "problem:",
            "aws: base",
            "secret: base problem aws",
            "config: rules secret",
            "metrics: base problem rules config",
            "plan: base problem rules",
            "mapping: base problem rules plan",
            "source: base problem rules plan mapping",
            "snapshot: base problem rules plan",
            "okta: base problem rules config secret okta.oauth",
            "okta.oauth: base problem config secret okta",
            "upload: base problem rules config metrics plan okta",
            "s3: base problem",
            "report: base problem rules metrics plan snapshot upload s3",
            "state: base problem rules plan okta snapshot s3 report",
            "file: base problem rules config metrics plan mapping source okta snapshot upload s3 report state",
            "card: base problem rules config plan mapping source okta",
            "event: base problem rules aws config secret metrics plan source okta upload s3 report file card");

    @ArchTest
    static final ArchRule everyArrowIsAllowed = classes()
            .that()
            .resideInAPackage("dev.bulkuserimport.*..")
            .should(new ArchCondition<>("use only the packages that theirs may use") {
                @Override
                public void check(JavaClass from, ConditionEvents events) {
                    Optional<Set<String>> allowed = Optional.ofNullable(ARROWS.get(room(from)));
                    if (allowed.isEmpty()) {
                        events.add(SimpleConditionEvent.violated(
                                from, from.getName() + " is in a package without arrows"));
                        return;
                    }
                    from.getDirectDependenciesFromSelf().stream()
                            .filter(arrow ->
                                    arrow.getTargetClass().getPackageName().startsWith(ROOT))
                            .filter(arrow -> !room(arrow.getTargetClass()).equals(room(from)))
                            .filter(arrow -> !allowed.get().contains(room(arrow.getTargetClass())))
                            .forEach(arrow -> events.add(SimpleConditionEvent.violated(arrow, arrow.getDescription())));
                }
            });

    /** Only okta and okta.oauth, one of which is the other's own, may use each other. */
    @ArchTest
    static final ArchRule arrowsPointDown = classes()
            .that()
            .resideInAPackage("dev.bulkuserimport.*..")
            .should(new ArchCondition<>("be in a package whose arrows name packages of lines above its own") {
                @Override
                public void check(JavaClass from, ConditionEvents events) {
                    List<String> lines = List.copyOf(ARROWS.keySet());
                    ARROWS.getOrDefault(room(from), Set.of()).stream()
                            .filter(target ->
                                    !target.startsWith("okta") || !room(from).startsWith("okta"))
                            .filter(target -> lines.indexOf(target) >= lines.indexOf(room(from)))
                            .forEach(target -> events.add(
                                    SimpleConditionEvent.violated(from, room(from) + " may not use " + target)));
                }
            });

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.bulkuserimport.(*)..").should().beFreeOfCycles();

    /** A text that names a class of another package is an arrow that no compiler sees. */
    @ArchTest
    static void noTextNamesAClassOfAnotherPackage(JavaClasses all) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources("src/main/java")) {
            String own = source.getParent().toString().replace('/', '.');
            Matcher texts = CLASS_NAME.matcher(Files.readString(source));
            while (texts.find()) {
                boolean anothers = all.stream()
                        .filter(type -> type.getSimpleName().equals(texts.group(1)))
                        .anyMatch(type -> !own.endsWith(type.getPackageName()));
                if (anothers || texts.group(1).equals("Exception") && !own.endsWith("event")) {
                    found.add(source + ": " + texts.group());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @ArchTest
    static final ArchRule onlyTheOuterRingKnowsLambda = noClasses()
            .that()
            .resideOutsideOfPackage("dev.bulkuserimport.event..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.amazonaws..");

    @ArchTest
    static final ArchRule onlyOktaKnowsHowItIsCalled = noClasses()
            .that()
            .resideOutsideOfPackage("dev.bulkuserimport.okta")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..", "io.netty..", "io.smallrye.mutiny..", "jakarta.ws.rs..", "io.quarkus.rest..");

    @ArchTest
    static final ArchRule onlyS3KnowsTheS3Client = noClasses()
            .that()
            .resideOutsideOfPackage("dev.bulkuserimport.s3..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services..");

    @ArchTest
    static final ArchRule everyPackageIsCheckedForNulls = classes()
            .that()
            .resideInAPackage("dev.bulkuserimport..")
            .should(new ArchCondition<>("reside in a package that is marked for the check of nulls") {
                @Override
                public void check(JavaClass room, ConditionEvents events) {
                    if (!room.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(
                                SimpleConditionEvent.violated(room, room.getName() + " is in no @NullMarked package"));
                    }
                }
            });

    @Test
    void everyPackageIsExplained() throws IOException {
        Set<String> explained = Pattern.compile("(?m)^([a-z0-9]+) {2,}\\S")
                .matcher(Files.readString(Path.of("src/docs/architecture.md")))
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
        assertThat(explained)
                .isEqualTo(ARROWS.keySet().stream()
                        .filter(name -> !name.contains("."))
                        .collect(Collectors.toSet()));
    }

    /** They run after the unit tests, beside those of the built function; classes run at once, and all of these use one running function. */
    @Test
    void testsOfTheRunningFunctionAreIntegrationTestsThatTakeTurns() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path source : sources("src/test/java")) {
            String text = Files.readString(source);
            if (text.contains("\n@QuarkusTest\n")
                    && !(source.toString().endsWith("IT.java")
                            && text.contains("Execution(ExecutionMode.SAME_THREAD)\n"))) {
                found.add(source);
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> sources(String root) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }

    /** Leaves out whatever is where this test itself is, in whatever directory a build puts it. */
    static final class WithoutTests implements ImportOption {
        private static final String TESTS = ArchitectureTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();

        @Override
        public boolean includes(Location location) {
            return !location.contains(TESTS);
        }
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }

    private static Map<String, Set<String>> arrows(String... lines) {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split(":", 2);
            arrows.put(
                    parts[0],
                    Set.of(parts[1].isBlank() ? new String[0] : parts[1].strip().split(" ")));
        }
        return arrows;
    }
}
