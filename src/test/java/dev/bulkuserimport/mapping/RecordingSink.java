package dev.bulkuserimport.mapping;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.bulkuserimport.plan.GroupOfRow;
import dev.bulkuserimport.plan.GroupRecord;
import dev.bulkuserimport.plan.MembershipRecord;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.rules.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes down what a source hands over, a line a record. */
final class RecordingSink implements RecordSink {

    private final boolean profiles;
    private final List<String> records = new ArrayList<>();
    private final List<String> required = new ArrayList<>();
    private final List<String> leaverLogins = new ArrayList<>();
    private Supplier<List<SourceShape.RuleUse>> rules = List::of;
    private StringBuilder record = new StringBuilder();

    RecordingSink(boolean profiles) {
        this.profiles = profiles;
    }

    List<String> records() {
        return records;
    }

    List<String> required() {
        return required;
    }

    List<String> leaverLogins() {
        return leaverLogins;
    }

    List<SourceShape.RuleUse> rules() {
        return rules.get();
    }

    @Override
    public void rules(Supplier<List<SourceShape.RuleUse>> uses) {
        rules = uses;
    }

    @Override
    public void leaverLogin(char[] text, int offset, int length) {
        leaverLogins.add(new String(text, offset, length));
    }

    @Override
    public boolean takesProfiles() {
        return profiles;
    }

    @Override
    public boolean onlyCounts() {
        return false;
    }

    @Override
    public void count() {
        records.add("counted");
    }

    @Override
    public void begin(long line) {
        record = new StringBuilder().append(line);
    }

    @Override
    public void beginDeactivation(long line) {
        record = new StringBuilder().append(line).append(" deactivate");
    }

    @Override
    public void skip(long line, Optional<String> externalId) {
        records.add("skip" + externalId.map(id -> " " + id).orElse(""));
    }

    @Override
    public void require(String property) {
        required.add(property);
    }

    @Override
    public void rejectedBefore(String reason) {
        record.append(" was [").append(reason).append(']');
    }

    @Override
    public void externalIdHidesDate() {
        record.append(" date?");
    }

    @Override
    public void externalId(String value) {
        record.append(' ').append(value);
    }

    @Override
    public void doubtExternalId() {
        record.append(" ?");
    }

    @Override
    public void compositeExternalId(String kind) {
        record.append(" externalId:").append(kind);
    }

    @Override
    public void noExternalId() {
        record.append(" null");
    }

    @Override
    public void beginProfile() {
        // What matters follows.
    }

    @Override
    public void noObject() {
        record.append(" no object");
    }

    @Override
    public void noProfile() {
        record.append(" no profile");
    }

    @Override
    public SerializableString expectedName() {
        return new SerializedString("");
    }

    @Override
    public void property(String name, char[] text, int offset, int length) {
        record.append(' ').append(name).append('=').append(text, offset, length);
    }

    @Override
    public void nullProperty(String name) {
        record.append(' ').append(name).append("=null");
    }

    @Override
    public void compositeProperty(String name, String kind) {
        record.append(' ').append(name).append(" is an ").append(kind);
    }

    @Override
    public void endProfile() {
        // Nothing to write.
    }

    @Override
    public void memberOf(GroupOfRow group) {
        record.append(group.hidesDate() ? " date?" : "").append(" @").append(group.externalId());
        for (String text : List.of(group.displayName(), group.description())) {
            record.append(text.isEmpty() ? "" : "/" + text);
        }
    }

    @Override
    public void group(GroupRecord group) {
        throw new IllegalStateException("a mapping names no group here");
    }

    @Override
    public void membership(MembershipRecord membership) {
        throw new IllegalStateException("a mapping names no group here");
    }

    @Override
    public void fault(String message) {
        record.append(" !").append(message);
    }

    @Override
    public void fault(String field, String message) {
        fault(field + " " + message);
    }

    @Override
    public void fault(Optional<String> field, Fault fault) {
        fault(field.map(name -> name + " ").orElse("") + fault.message());
    }

    @Override
    public void end() {
        records.add(record.toString());
    }
}
