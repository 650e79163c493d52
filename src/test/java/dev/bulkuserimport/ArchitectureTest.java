package dev.bulkuserimport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** The house: every arrow points down. The order is written once, here, and told in prose in {@code src/docs/architecture.md}. */
@AnalyzeClasses(packages = "dev.bulkuserimport", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** From the bottom to the top. */
    private static final List<String> FLOORS = List.of(
            "base",
            "aws",
            "problem",
            "rules",
            "config",
            "secret",
            "plan",
            "mapping",
            "source",
            "okta",
            "okta.oauth",
            "metrics",
            "upload",
            "report",
            "snapshot",
            "storage",
            "card",
            "event");

    private static final String ROOT = "dev.bulkuserimport.";

    @ArchTest
    static final ArchRule everyArrowPointsDown = classes().should(new ArchCondition<>("depend on lower floors only") {
        @Override
        public void check(JavaClass room, ConditionEvents events) {
            int floor = floor(room);
            room.getDirectDependenciesFromSelf().stream()
                    .filter(arrow -> floor(arrow.getTargetClass()) > floor)
                    .forEach(arrow -> events.add(SimpleConditionEvent.violated(arrow, arrow.getDescription())));
        }
    });

    @ArchTest
    static final ArchRule everyRoomHasAFloor = classes()
            .that()
            .resideInAPackage("dev.bulkuserimport.*..")
            .should(new ArchCondition<>("stand on a floor of the house") {
                @Override
                public void check(JavaClass room, ConditionEvents events) {
                    if (floor(room) < 0) {
                        events.add(SimpleConditionEvent.violated(room, room.getName() + " stands on no floor"));
                    }
                }
            });

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("dev.bulkuserimport.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheOuterRingKnowsLambda = noClasses()
            .that()
            .resideOutsideOfPackage("dev.bulkuserimport.event..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.amazonaws..");

    @ArchTest
    static final ArchRule onlyStorageKnowsS3 = noClasses()
            .that()
            .resideOutsideOfPackage("dev.bulkuserimport.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services..");

    @ArchTest
    static final ArchRule everyRoomSaysWhereNullMayStand = classes()
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

    private static int floor(JavaClass room) {
        String name = room.getPackageName();
        return name.startsWith(ROOT) ? FLOORS.indexOf(name.substring(ROOT.length())) : -1;
    }
}
