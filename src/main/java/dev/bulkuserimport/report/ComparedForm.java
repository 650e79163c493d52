package dev.bulkuserimport.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.snapshot.GroupCounts;
import dev.bulkuserimport.snapshot.SnapshotCounts;
import dev.bulkuserimport.snapshot.StateManifest;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** The report's members about a file's comparison with its application's state. */
final class ComparedForm {

    static final String STATE_UPDATE = "stateUpdate";

    private ComparedForm() {}

    /** The changes to the state are included for any file that involves one, the counts only for a snapshot. */
    static Compared compared(Form<Compared> form) {
        return new Compared(
                form.part("first", Compared::counts, ComparedForm::counts),
                form.object(STATE_UPDATE, compared -> Optional.of(compared.learns()), ComparedForm::learns)
                        .orElseThrow());
    }

    private static SnapshotCounts counts(Form<SnapshotCounts> form) {
        form.derived("first", counts -> Optional.of(counts.known().isEmpty()));
        form.derived("goneIdsCount", counts -> Optional.of(counts.gone()));
        return new SnapshotCounts(
                form.nullable("peopleBefore", ComparedForm::known, known -> known, JsonNode::asInt)
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty),
                form.number("new", SnapshotCounts::created),
                form.number("returned", SnapshotCounts::returned),
                form.number("changed", SnapshotCounts::changed),
                form.counts("changedByProperty", SnapshotCounts::changedByProperty),
                form.number("unchanged", SnapshotCounts::unchanged),
                form.number("gone", SnapshotCounts::gone),
                form.number("missing", SnapshotCounts::missing),
                form.number("deactivated", SnapshotCounts::deactivated),
                form.texts("goneIds", SnapshotCounts::goneIds),
                form.part("joined", SnapshotCounts::groups, ComparedForm::groups),
                // Reported in a note.
                false);
    }

    private static GroupCounts groups(Form<GroupCounts> form) {
        return new GroupCounts(
                form.number("groupsNew", GroupCounts::created),
                form.number("groupsChanged", GroupCounts::changed),
                form.number("groupsDeleted", GroupCounts::deleted),
                form.number("joined", GroupCounts::joined),
                form.number("left", GroupCounts::left));
    }

    private static Optional<Integer> known(SnapshotCounts counts) {
        return counts.known().isPresent() ? Optional.of(counts.known().getAsInt()) : Optional.empty();
    }

    private static Compared.Learns learns(Form<Compared.Learns> form) {
        return new Compared.Learns(
                form.texts("properties", Compared.Learns::properties),
                form.part("time", Compared.Learns::last, ComparedForm::last),
                form.flag("unsent", Compared.Learns::unsent));
    }

    private static StateManifest.LastSnapshot last(Form<StateManifest.LastSnapshot> form) {
        return new StateManifest.LastSnapshot(
                form.part(StateManifest.LastSnapshot::origin, ComparedForm::origin),
                form.part(StateManifest.LastSnapshot::shape, ComparedForm::shape));
    }

    private static SourceShape shape(Form<SourceShape> form) {
        return new SourceShape(
                form.texts("columns", SourceShape::columns),
                form.list("rules", SourceShape::rules, ComparedForm::rule));
    }

    private static SourceShape.RuleUse rule(Form<SourceShape.RuleUse> form) {
        return new SourceShape.RuleUse(
                form.text("list", SourceShape.RuleUse::list),
                form.text("column", SourceShape.RuleUse::column),
                form.text("values", SourceShape.RuleUse::values),
                form.number("rows", SourceShape.RuleUse::rows));
    }

    static StateManifest.Origin origin(Form<StateManifest.Origin> form) {
        return new StateManifest.Origin(
                form.moment("time", origin -> Optional.of(origin.time())).orElse(Instant.EPOCH),
                form.text("sequencer", StateManifest.Origin::sequencer));
    }
}
