package dev.bulkuserimport.mapping;

import dev.bulkuserimport.mapping.RowRules.Decision;
import dev.bulkuserimport.plan.GroupOfRow;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.SourceShape.RuleUse;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.StandardProperty;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes a row or an object as a record according to the mapping's rules; the instance is reused for the next one. */
final class MappedRecord {

    private static final String EXTERNAL_ID = "externalId";

    private final Mapping mapping;
    private final RecordSink records;
    private final Cells cells;
    private final Instant now;
    private final Optional<PropertyRule> login;
    private final int[] skips;
    private final int[] deactivations;
    private char[] text = new char[256];
    private String rejectedBefore = "";

    MappedRecord(Mapping mapping, RecordSink records) {
        this.mapping = mapping;
        this.records = records;
        this.cells = new Cells(mapping.columns().size());
        this.now = mapping.now();
        this.login = mapping.propertyRules().stream()
                .filter(rule -> rule.name().equals(StandardProperty.USER_NAME.propertyName()))
                .findAny();
        this.skips = new int[mapping.skip().tests().size()];
        this.deactivations = new int[mapping.deactivate().tests().size()];
        records.rules(this::uses);
        if (!mapping.groups().rules().isEmpty()) {
            records.memberships(mapping.groups().deletesGone());
        }
    }

    private List<RuleUse> uses() {
        List<RuleUse> uses = new ArrayList<>(mapping.skip().uses("skip", mapping.columns(), skips));
        if (records.takesProfiles()) {
            uses.addAll(mapping.deactivate().uses("deactivate", mapping.columns(), deactivations));
        }
        return uses;
    }

    /** The values of the row or object, to be set before {@link #write}. */
    Cells cells() {
        return cells;
    }

    /** Sets why the row or object was rejected before, to be called before {@link #write}; empty if it wasn't. */
    void rejectedBefore(String reason) {
        rejectedBefore = reason;
    }

    /**
     * Writes the record.
     *
     * @param line its line in the file; 0 if records aren't lines
     * @param faults what is wrong with the row as a whole
     * @param damaged its damaged cells
     * @param doubtsExternalId whether the faults mean that the external ID may be someone else's, or that the row may contain other
     *     people's data
     */
    void write(long line, List<Fault> faults, List<DamagedCell> damaged, boolean doubtsExternalId) throws IOException {
        // A row whose cells have shifted is not reliable evidence that someone should be skipped or deactivated.
        Decision skipped = faults.isEmpty() ? mapping.skip().decide(cells, now, skips) : Decision.NO;
        Decision leaving = faults.isEmpty() && records.takesProfiles()
                ? mapping.deactivate().decide(cells, now, deactivations)
                : Decision.NO;
        if (skipped instanceof Decision.Yes) {
            records.skip(line, doubtsExternalId ? Optional.empty() : externalId());
            return;
        }
        if (records.onlyCounts()) {
            records.count();
            return;
        }
        boolean deactivated = leaving instanceof Decision.Yes;
        if (deactivated) {
            records.beginDeactivation(line);
        } else {
            records.begin(line);
        }
        if (!rejectedBefore.isEmpty()) {
            records.rejectedBefore(rejectedBefore);
        }
        for (Fault fault : faults) {
            records.fault(Optional.empty(), fault);
        }
        // Without a profile, only the external ID is sent. Where a rule is undecided, all damage is listed: a file of
        // rejected rows still knows it then.
        boolean all = skipped instanceof Decision.Undecided || records.takesProfiles() && !deactivated;
        for (DamagedCell cell : damaged) {
            if (all || cell.identifies()) {
                records.fault(Optional.empty(), cell.fault());
            }
        }
        if (doubtsExternalId) {
            records.doubtExternalId();
        }
        writeExternalId();
        if (deactivated) {
            writeLeaverLogin();
        } else if (records.takesProfiles()) {
            records.beginProfile();
            for (PropertyRule property : mapping.propertyRules()) {
                writeProperty(property);
            }
            records.endProfile();
            writeGroups();
        }
        refuseUndecided(skipped, "skip");
        refuseUndecided(leaving, "deactivate");
        records.end();
    }

    /** The login isn't sent; one that can't be determined belongs to no one. */
    private void writeLeaverLogin() {
        try {
            boolean known = login.isPresent()
                    && Arrays.stream(login.get().value().origin().columns()).noneMatch(cells::isDamaged);
            String value = known ? login.orElseThrow().value().apply(cells) : "";
            records.leaverLogin(value.toCharArray(), 0, value.length());
        } catch (UnusableValue e) {
            // The row needs only its external ID.
        }
    }

    private Optional<String> externalId() {
        try {
            String value = mapping.externalIdRule().apply(cells);
            if (!value.isEmpty() && mapping.externalIdRule().hidesDate(cells)) {
                records.externalIdHidesDate();
            }
            return Optional.of(value).filter(id -> !id.isEmpty());
        } catch (UnusableValue e) {
            return Optional.empty();
        }
    }

    private void writeExternalId() throws IOException {
        try {
            String value = mapping.externalIdRule().apply(cells);
            if (value.isEmpty()) {
                records.noExternalId();
            } else {
                if (mapping.externalIdRule().hidesDate(cells)) {
                    records.externalIdHidesDate();
                }
                records.externalId(value);
            }
        } catch (UnusableValue e) {
            refuse(EXTERNAL_ID, mapping.externalIdRule(), e);
        }
    }

    private void writeProperty(PropertyRule property) throws IOException {
        try {
            String value = property.value().apply(cells);
            if (!value.isEmpty()) {
                int length = value.length();
                if (length > text.length) {
                    text = new char[length];
                }
                value.getChars(0, length, text, 0);
                records.property(property.name(), text, 0, length);
            }
        } catch (UnusableValue e) {
            refuse(property.name(), property.value(), e);
        }
    }

    private void writeGroups() {
        List<GroupRule> rules = mapping.groups().rules();
        for (int i = 0; i < rules.size(); i++) {
            try {
                for (GroupOfRow group : rules.get(i).groups(cells)) {
                    records.memberOf(group);
                }
            } catch (UnusableValue e) {
                refuse("groups[" + i + "]", rules.get(i).columns(), e);
            }
        }
    }

    private void refuse(String field, ValueRule rule, UnusableValue why) {
        refuse(field, rule.origin().columns(), why);
    }

    private void refuse(String field, int[] columns, UnusableValue why) {
        records.fault(field, "can't be derived from " + named(columns) + ": " + why.message());
    }

    /** A rule that can't be evaluated must not be ignored silently. */
    private void refuseUndecided(Decision decision, String name) {
        // A damaged cell has a fault of its own.
        if (decision instanceof Decision.Undecided undecided && !cells.isDamaged(undecided.column())) {
            records.fault("doesn't show whether the mapping's " + name + " rule applies: in "
                    + named(new int[] {undecided.column()}) + " "
                    + undecided.why().message());
        }
    }

    private String named(int[] columns) {
        StringBuilder named = new StringBuilder(columns.length == 1 ? "column " : "columns ");
        for (int i = 0; i < columns.length; i++) {
            named.append(i == 0 ? "" : ", ").append(mapping.columns().get(columns[i]));
        }
        return named.toString();
    }
}
