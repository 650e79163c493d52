package dev.bulkuserimport.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.plan.SchemaUse;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.Constraint;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.support.Schemas;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of a file, from its bytes to what would be sent, without a network.
 *
 * @param users what would be sent, in order: the external ID under {@code externalId}, beside the profile's properties
 * @param gone those of them that would be deactivated
 * @param problem why nothing would be
 */
public record Imported(
        List<Map<String, String>> users,
        Set<String> gone,
        Optional<Problem> problem,
        Rejections rejections,
        FileNotes notes,
        String rejectedRows) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The schema of the cases: the seven standard properties, of which userName is required, and four more. */
    public static final ApplicationSchema SCHEMA = Schemas.of(
            "department",
            "costCenter",
            "employeeNumber",
            "title",
            "isManager",
            "active",
            "remote",
            "hireDate",
            "salaryGrade");

    /** The same with more properties. */
    public static ApplicationSchema schema(Map<String, Constraint> more) {
        Map<String, ApplicationSchema.Property> properties = new LinkedHashMap<>(SCHEMA.custom());
        more.forEach(
                (name, constraint) -> properties.put(name, new ApplicationSchema.Property(name, "string", constraint)));
        return Schemas.of(properties, SCHEMA.required());
    }

    public static Imported of(String name, byte[] bytes) {
        return of(name, bytes, new SchemaKnowledge.Known(SCHEMA), false);
    }

    static Imported of(String name, byte[] bytes, SchemaKnowledge schema, boolean skip) {
        return of(FileFormat.of(name).orElseThrow(), bytes, schema, skip);
    }

    static Imported of(FileFormat format, byte[] bytes, SchemaKnowledge schema, boolean skip) {
        return of(format, bytes, schema, skip, Optional.empty());
    }

    /** With a mapping beside the file. */
    static Imported mapped(String name, byte[] bytes, String mapping) {
        return of(
                FileFormat.of(name).orElseThrow(),
                bytes,
                new SchemaKnowledge.Known(SCHEMA),
                false,
                Optional.of(Mapping.parse(mapping.getBytes(StandardCharsets.UTF_8))));
    }

    static Imported of(
            FileFormat format, byte[] bytes, SchemaKnowledge schema, boolean skip, Optional<Mapping> mapping) {
        return of(format, bytes, schema, skip, mapping, ImportOperation.CREATE_AND_UPDATE);
    }

    public static Imported of(
            FileFormat format,
            byte[] bytes,
            SchemaKnowledge schema,
            boolean skip,
            Optional<Mapping> mapping,
            ImportOperation operation) {
        ImportDefaults beside =
                new ImportDefaults(Optional.of("0oaApplication"), Optional.of(operation), Optional.empty(), true, true);
        ImportDefaults defaults = mapping.map(beside::with).orElse(beside);
        FileSource file = new FileSource(format, defaults, () -> new ByteArrayInputStream(bytes));
        List<Map<String, String>> users = new ArrayList<>();
        Set<String> gone = new LinkedHashSet<>();
        try (RecordSource source = file.records()) {
            Preface preface = source.preface();
            SchemaKnowledge known = preface.schemaUse() == SchemaUse.NONE ? SchemaKnowledge.NOT_ASKED : schema;
            PlanRules rules = PlanRules.oneSession(preface.operation(), skip)
                    .withSchema(known.known(), preface.schemaUse() == SchemaUse.FILE);
            SessionPlanner planner = new SessionPlanner(rules, session -> {
                ByteArrayOutputStream body = new ByteArrayOutputStream();
                for (int i = 0; i < session.requests().size(); i++) {
                    body.reset();
                    for (ByteBuffer part : session.body(session.requests().get(i))) {
                        body.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
                    }
                    read(body.toByteArray(), users);
                    if (session.requests().get(i).operation() == BulkOperation.DELETE_USERS) {
                        users.subList(users.size() - session.requests().get(i).users(), users.size())
                                .forEach(user -> gone.add(user.get("externalId")));
                    }
                }
            });
            RecordSource.Reading.Whole whole = (RecordSource.Reading.Whole) source.read(planner, known);
            if (planner.mustReadAgain()) {
                source.again();
                users.clear();
                gone.clear();
                planner = planner.readingAgain(rules);
                whole = (RecordSource.Reading.Whole) source.read(planner, known);
            }
            PlanOutcome outcome = planner.finish();
            Rejections rejections = outcome.summary().rejections();
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            if (!rejections.isEmpty()) {
                file.writeRejected(rejections.errors(), rows);
            }
            return new Imported(
                    users,
                    gone,
                    outcome instanceof PlanOutcome.Refused refused ? Optional.of(refused.problem()) : Optional.empty(),
                    rejections,
                    whole.notes(),
                    rows.toString(StandardCharsets.UTF_8));
        } catch (ProblemException e) {
            return new Imported(List.of(), Set.of(), Optional.of(e.problem()), Rejections.NONE, FileNotes.NONE, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that a report would say of the problem, as JSON. */
    String problemJson() {
        try {
            return JSON.writeValueAsString(problem.map(Problem::document).orElse(Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The problem's type and everything that it says, in one text. */
    public String told() {
        return problem.map(told -> told.type().slug() + " " + told.document()).orElse("");
    }

    private static void read(byte[] body, List<Map<String, String>> users) throws IOException {
        for (JsonNode user : JSON.readTree(body).path("profiles")) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("externalId", user.path("externalId").asText());
            user.path("profile")
                    .properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().asText()));
            users.add(fields);
        }
    }
}
