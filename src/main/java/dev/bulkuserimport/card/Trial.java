package dev.bulkuserimport.card;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.PlanSummary;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.plan.SchemaUse;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.source.CutOffException;
import dev.bulkuserimport.source.FileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an import of a file would do: the same reader, mapping, rules and planner, but nothing is sent.
 *
 * @param problem the problem with which the import would be refused
 * @param summary the counts of its records
 * @param notes how it was read
 * @param users the first users as they would be sent
 * @param deactivated the first external IDs that would also be deactivated
 */
record Trial(
        Optional<Problem> problem,
        Optional<PlanSummary> summary,
        FileNotes notes,
        List<Map<String, Object>> users,
        List<String> deactivated) {

    /** Of a file for which a mapping is necessary, but none can be proposed. */
    static final Trial WITHOUT_EXTERNAL_ID = new Trial(
            Optional.of(Problem.invalidRequest(
                    "mapping.externalId", "is missing: no column looks like an external ID; choose one")),
            Optional.empty(),
            FileNotes.NONE,
            List.of(),
            List.of());

    /** How many users an answer shows. */
    private static final int SHOWN = 10;

    /**
     * Reads a file to its end, or to where it is cut off.
     *
     * @param skipInvalid whether invalid records are left out
     * @param partial whether the file may be cut off because it is only the start of a larger one
     */
    static Trial of(FileSource file, SchemaKnowledge schema, boolean skipInvalid, boolean partial) {
        try (RecordSource source = file.records()) {
            return read(source, schema, skipInvalid, partial);
        } catch (ProblemException e) {
            return new Trial(Optional.of(e.problem()), Optional.empty(), FileNotes.NONE, List.of(), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("reading a file in memory failed", e);
        }
    }

    private static Trial read(RecordSource source, SchemaKnowledge schema, boolean skipInvalid, boolean partial)
            throws IOException {
        Preface preface = source.preface();
        First first = new First();
        Optional<SessionPlanner> undecided = Optional.empty();
        while (true) {
            first.begin(preface);
            boolean checked =
                    preface.schemaUse() == SchemaUse.FILE && preface.operation().takesProfiles();
            SchemaKnowledge known = checked ? schema : SchemaKnowledge.NOT_ASKED;
            PlanRules rules = PlanRules.oneSession(preface.operation(), skipInvalid)
                    .withSchema(known.known(), checked)
                    .withUsersPerPage(preface.usersPerPage())
                    .withManySessions();
            SessionPlanner planner = undecided
                    .map(before -> before.readingAgain(rules))
                    .orElseGet(() -> new SessionPlanner(rules, first::add));
            FileNotes notes = FileNotes.ofCheck(known);
            try {
                RecordSource.Reading reading = source.read(planner, known);
                if (reading instanceof RecordSource.Reading.Again again) {
                    preface = again.preface();
                    undecided = Optional.empty();
                    continue;
                }
                notes = ((RecordSource.Reading.Whole) reading).notes();
            } catch (CutOffException e) {
                if (!partial) {
                    throw e;
                }
            }
            if (planner.mustReadAgain()) {
                undecided = Optional.of(planner);
                preface = source.again();
                continue;
            }
            PlanOutcome outcome = planner.finish();
            return new Trial(
                    outcome instanceof PlanOutcome.Refused refused ? Optional.of(refused.problem()) : Optional.empty(),
                    Optional.of(outcome.summary()),
                    notes,
                    first.users,
                    first.deactivated);
        }
    }

    Rejections rejections() {
        return summary.map(PlanSummary::rejections).orElse(Rejections.NONE);
    }

    /** Collects the first records of the sessions as they are written. */
    private static final class First {
        private final List<Map<String, Object>> users = new ArrayList<>();
        private final List<String> deactivated = new ArrayList<>();
        private boolean profiles;

        /** What it has is void where the source is read again. */
        void begin(Preface preface) {
            profiles = preface.operation().takesProfiles();
            users.clear();
            deactivated.clear();
        }

        void add(SessionPlan session) throws IOException {
            for (BulkRequest request : session.requests()) {
                boolean people = request.operation() == BulkOperation.UPSERT_USERS
                        || request.operation() == BulkOperation.DELETE_USERS;
                boolean deletes = profiles && request.operation() == BulkOperation.DELETE_USERS;
                if (people && (deletes ? deactivated.size() : users.size()) < SHOWN) {
                    add(session, request, deletes);
                }
            }
            session.release();
        }

        private void add(SessionPlan session, BulkRequest request, boolean deletes) throws IOException {
            try (JsonParser json = session.openRecords(request)) {
                while (json.nextToken() == JsonToken.START_OBJECT
                        && (deletes ? deactivated.size() : users.size()) < SHOWN) {
                    Map<String, Object> user = object(json);
                    if (deletes) {
                        deactivated.add(String.valueOf(user.get("externalId")));
                    } else {
                        users.add(user);
                    }
                }
            }
        }

        private static Map<String, Object> object(JsonParser json) throws IOException {
            Map<String, Object> members = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.START_OBJECT) {
                    members.put(name, object(json));
                } else {
                    members.put(name, value == JsonToken.VALUE_NULL ? null : json.getText());
                }
            }
            return members;
        }
    }
}
