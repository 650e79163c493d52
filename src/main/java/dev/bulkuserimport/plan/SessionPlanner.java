package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.OktaLimits;
import dev.bulkuserimport.rules.RecordText;
import dev.bulkuserimport.rules.StandardProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes records one field at a time, in whatever order the source has them, checks them and writes them at once into the bytes that
 * will be sent. Nothing of a record is kept but its bytes, its external ID (to find duplicates) and its place.
 *
 * <p>For each record: {@link #begin}, then any of the field methods, then {@link #end}. At the end {@link #finish}. What can't be
 * sent any more (too many users, too many bytes) is still counted, but no longer held.
 */
public final class SessionPlanner implements RecordSink {

    /** Errors that a problem lists; it counts all of them. */
    public static final int LISTED_ERRORS = 100;

    /** Errors that are kept for a report. */
    private static final int KEPT_ERRORS = OktaLimits.USERS_PER_SESSION;

    /** Records after which even a source full of invalid ones is only counted, so that memory stays bounded. */
    private static final int CHECKED_RECORDS = 10 * OktaLimits.USERS_PER_SESSION;

    private static final int SESSION_BYTES = OktaLimits.REQUESTS_PER_SESSION * OktaLimits.BYTES_PER_REQUEST;
    private static final int ENVELOPE_BYTES = SessionPlan.ENVELOPE_START.length + SessionPlan.ENVELOPE_END.length;
    private static final int RECORD_BYTES = OktaLimits.BYTES_PER_REQUEST - ENVELOPE_BYTES;
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator(",").build();
    private static final SerializedString EXTERNAL_ID = new SerializedString("externalId");
    private static final SerializedString PROFILE = new SerializedString("profile");

    private final ImportOperation operation;
    private final boolean skipInvalid;
    private final ApplicationSchema schema;
    private final PropertyTable properties;

    private final ByteChunks bytes = new ByteChunks();
    private final JsonGenerator out;
    private final Map<String, Integer> indexByExternalId = new HashMap<>();
    private final List<RecordError> errors = new ArrayList<>();
    private int errorCount;
    private int records;
    private int validUsers;
    private int uncheckedUsers;
    private long validBytes;
    private boolean holding = true;
    private int[] positions = new int[1024];
    private int[] offsets = new int[1024];
    private int[] lengths = new int[1024];

    private int index;
    private long line;
    private int mark;
    private int start;
    private int firstError;
    private String externalId;
    private boolean externalIdSeen;
    private boolean profileSeen;
    private boolean valid;
    private boolean oversized;
    private int propertiesWritten;

    /**
     * @param operation decides what is sent and checked: for Deactivate &amp; Delete only the external ID
     * @param skipInvalid whether invalid records are left out instead of refusing them all
     * @param schema the application's schema to hold properties against; empty for no such check
     */
    public SessionPlanner(ImportOperation operation, boolean skipInvalid, Optional<ApplicationSchema> schema) {
        this.operation = operation;
        this.skipInvalid = skipInvalid;
        this.schema = schema.orElse(null);
        this.properties = new PropertyTable(schema.orElse(null));
        try {
            this.out = JSON.createGenerator(bytes, JsonEncoding.UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean takesProfiles() {
        return operation == ImportOperation.CREATE_AND_UPDATE;
    }

    @Override
    public boolean onlyCounts() {
        return validUsers > OktaLimits.USERS_PER_SESSION || records > CHECKED_RECORDS;
    }

    @Override
    public void count() {
        records++;
        uncheckedUsers++;
    }

    /** How many records have begun. */
    public int records() {
        return records;
    }

    @Override
    public void begin(long recordLine) throws IOException {
        index = records++;
        line = recordLine;
        mark = position();
        out.writeStartObject();
        start = position() - 1;
        firstError = errorCount;
        externalId = null;
        externalIdSeen = false;
        profileSeen = false;
        valid = true;
        oversized = false;
        propertiesWritten = 0;
        properties.begin();
    }

    @Override
    public void externalId(String value) throws IOException {
        if (externalIdSeen) {
            fault("externalId", "stands twice in the record");
            return;
        }
        externalIdSeen = true;
        if (value == null || value.isBlank()) {
            fault("externalId", value == null ? "is missing" : "is blank");
            return;
        }
        int characters = value.length();
        if (characters > OktaLimits.EXTERNAL_ID_LENGTH) {
            characters = value.codePointCount(0, value.length());
        }
        if (characters > OktaLimits.EXTERNAL_ID_LENGTH) {
            externalId = value.substring(0, value.offsetByCodePoints(0, 64)) + "…";
            fault(
                    "externalId",
                    "has " + characters + " characters; Okta takes at most " + OktaLimits.EXTERNAL_ID_LENGTH);
            return;
        }
        char[] text = value.toCharArray();
        String fault = RecordText.fault(text, 0, text.length);
        if (fault != null) {
            fault("externalId", fault);
            return;
        }
        externalId = value;
        Integer first = indexByExternalId.putIfAbsent(value, index);
        if (first != null) {
            fault(
                    "externalId",
                    "stands in an earlier record too (index " + first
                            + "); Okta would apply one of the two at random: keep one");
            return;
        }
        out.writeFieldName(EXTERNAL_ID);
        out.writeString(text, 0, text.length);
    }

    @Override
    public void beginProfile() throws IOException {
        if (profileSeen) {
            fault("profile", "stands twice in the record");
        }
        profileSeen = true;
        out.writeFieldName(PROFILE);
        out.writeStartObject();
    }

    @Override
    public void noProfile() {
        profileSeen = true;
        fault("profile", "must be an object of property names and values");
    }

    @Override
    public void property(String name, char[] text, int offset, int length) throws IOException {
        PropertyTable.Property property = newProperty(name);
        if (property == null) {
            return;
        }
        StandardProperty standard = property.standard();
        String fault = RecordText.fault(text, offset, length);
        if (fault == null) {
            fault = standard == null ? property.fault() : standard.fault(text, offset, length);
        }
        if (fault != null) {
            fault(name, fault);
        }
        propertiesWritten++;
        if (oversized) {
            return;
        }
        // A lone surrogate would make the generator throw; such a record is not sent anyway.
        if (valid) {
            out.writeFieldName(property.json());
            out.writeString(text, offset, length);
            oversized = position() - start > RECORD_BYTES;
        }
    }

    @Override
    public void nullProperty(String name) throws IOException {
        PropertyTable.Property property = newProperty(name);
        if (property == null) {
            return;
        }
        StandardProperty standard = property.standard();
        if (standard != null && standard.nullable() && valid && !oversized) {
            out.writeFieldName(property.json());
            out.writeNull();
            propertiesWritten++;
        }
    }

    @Override
    public void compositeProperty(String name, String kind) {
        propertiesWritten++;
        if (newProperty(name) != null) {
            fault(name, "is an " + kind + "; Okta takes only text");
        }
    }

    @Override
    public void endProfile() throws IOException {
        out.writeEndObject();
        if (propertiesWritten == 0 && valid) {
            fault("profile", "is empty; Okta would create an empty user");
        }
        if (schema != null) {
            for (String required : schema.required()) {
                if (!properties.has(required, index)) {
                    fault(required, "is missing; the application requires it");
                }
            }
        }
    }

    @Override
    public void fault(String field, String message) {
        valid = false;
        errorCount++;
        if (errors.size() < KEPT_ERRORS) {
            errors.add(new RecordError(index, line, null, field, message));
        }
    }

    @Override
    public void end() throws IOException {
        if (!externalIdSeen) {
            fault("externalId", "is missing");
        }
        if (takesProfiles() && !profileSeen) {
            fault("profile", "is missing");
        }
        out.writeEndObject();
        if (oversized || position() - start > RECORD_BYTES) {
            fault(
                    null,
                    "has more than " + RECORD_BYTES + " bytes; a bulk request takes at most "
                            + OktaLimits.BYTES_PER_REQUEST);
        }
        int length = position() - start;
        if (valid) {
            keep(length);
        } else {
            nameErrors();
        }
        if (!valid || !holding) {
            out.flush();
            bytes.truncate(valid ? 0 : mark);
        }
    }

    /** Cuts the records into requests of at most {@code usersPerPage} users, or says why nothing may be sent. */
    public PlanOutcome finish(int usersPerPage) throws IOException {
        out.close();
        int users = validUsers + uncheckedUsers;
        if (errorCount > 0 && !skipInvalid && users <= OktaLimits.USERS_PER_SESSION) {
            return new PlanOutcome.Refused(invalidUsers(), errorCount, List.copyOf(errors));
        }
        List<BulkRequest> requests = cut(usersPerPage);
        int requestCount = requests.size();
        int uncut = users - Math.min(validUsers, OktaLimits.USERS_PER_SESSION);
        requestCount += (uncut + usersPerPage - 1) / usersPerPage;
        if (uncut > 0 || requestCount > OktaLimits.REQUESTS_PER_SESSION) {
            return new PlanOutcome.Refused(limitExceeded(users, requestCount, usersPerPage), 0, List.of());
        }
        return new PlanOutcome.Planned(
                new SessionPlan(operation, bytes, requests, positions, validUsers, skipInvalid ? errors : List.of()));
    }

    private int position() {
        return bytes.size() + out.getOutputBuffered();
    }

    /** What is known of the record's next property; null when its name alone makes it invalid. */
    private PropertyTable.Property newProperty(String name) {
        PropertyTable.Property property = properties.get(name);
        if (!property.isNewIn(index)) {
            fault(name, "stands twice in the profile");
            return null;
        }
        if (property.nameFault() != null) {
            fault("profile", "has a property whose name " + property.nameFault());
            return null;
        }
        return property;
    }

    private void keep(int length) {
        if (validUsers < OktaLimits.USERS_PER_SESSION) {
            if (validUsers == positions.length) {
                int capacity = Math.min(2 * validUsers, OktaLimits.USERS_PER_SESSION);
                positions = Arrays.copyOf(positions, capacity);
                offsets = Arrays.copyOf(offsets, capacity);
                lengths = Arrays.copyOf(lengths, capacity);
            }
            positions[validUsers] = line > 0 ? (int) line : index;
            offsets[validUsers] = start;
            lengths[validUsers] = length;
        }
        validUsers++;
        validBytes += length + 1;
        if (validUsers > OktaLimits.USERS_PER_SESSION || validBytes > SESSION_BYTES) {
            holding = false;
        }
    }

    private void nameErrors() {
        // Sources may give the external ID after the fields that are wrong, so it is filled in at the end.
        int kept = Math.min(errorCount - firstError, errors.size());
        for (int i = errors.size() - kept; i < errors.size(); i++) {
            RecordError error = errors.get(i);
            if (error.index() == index) {
                errors.set(i, new RecordError(index, line, externalId, error.field(), error.message()));
            }
        }
    }

    private List<BulkRequest> cut(int usersPerPage) {
        List<BulkRequest> requests = new ArrayList<>();
        int total = Math.min(validUsers, OktaLimits.USERS_PER_SESSION);
        int first = 0;
        int length = 0;
        for (int i = 0; i < total; i++) {
            boolean full = i - first == usersPerPage || length + 1 + lengths[i] > RECORD_BYTES;
            if (i > first && full) {
                requests.add(new BulkRequest(first, i - first, offsets[first], length, length + ENVELOPE_BYTES));
                first = i;
                length = 0;
            }
            length += (i > first ? 1 : 0) + lengths[i];
        }
        if (total > first) {
            requests.add(new BulkRequest(first, total - first, offsets[first], length, length + ENVELOPE_BYTES));
        }
        return requests;
    }

    private Problem invalidUsers() {
        List<Map<String, Object>> listed =
                errors.stream().limit(LISTED_ERRORS).map(RecordError::members).toList();
        return Problem.of(
                        ProblemType.INVALID_USERS,
                        errorCount + (errorCount == 1 ? " error" : " errors") + " in " + records
                                + (records == 1 ? " record" : " records")
                                + "; nothing was sent. Mend the records, or set IMPORT_INVALID_USERS=skip to leave them out.")
                .with("errors", listed)
                .with("errorCount", errorCount);
    }

    private Problem limitExceeded(int users, int requestCount, int usersPerPage) {
        return Problem.of(
                        ProblemType.SESSION_LIMIT_EXCEEDED,
                        users + " users need " + requestCount + " bulk requests of at most " + usersPerPage
                                + " users and " + OktaLimits.BYTES_PER_REQUEST + " bytes; a session takes "
                                + OktaLimits.USERS_PER_SESSION + " users and " + OktaLimits.REQUESTS_PER_SESSION
                                + " requests. Nothing was sent. Split the import over several sessions.")
                .with("users", users)
                .with("requests", requestCount)
                .with("maxUsers", OktaLimits.USERS_PER_SESSION)
                .with("maxRequests", OktaLimits.REQUESTS_PER_SESSION);
    }
}
