package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulkuserimport.config.GivenSettings;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.snapshot.SnapshotTerms.Waiver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What stands beside a file")
class FileSettingsTest {

    private static final Settings NOTHING_SET = GivenSettings.with();

    private static final Settings SET =
            GivenSettings.with("IMPORT_APPLICATION_ID", "0oaSet", "IMPORT_OPERATION", "DEACTIVATE_AND_DELETE");

    /** Metadata written as {@code name=value; name=value}. */
    private static Map<String, String> metadata(String written) {
        Map<String, String> metadata = new HashMap<>();
        if (written != null) {
            for (String pair : written.split(";")) {
                String[] nameAndValue = pair.strip().split("=", 2);
                metadata.put(nameAndValue[0], nameAndValue[1]);
            }
        }
        return metadata;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "imports/0oaKey/create-and-update/a.csv | - | 0oaKey | CREATE_AND_UPDATE",
                "0oaKey/deactivate-and-delete/a.csv | - | 0oaKey | DEACTIVATE_AND_DELETE",
                "imports/0oaKey/Create_And_Update/a.csv | - | 0oaKey | CREATE_AND_UPDATE",
                "imports/0oaKey/SNAPSHOT/2026/11/a.csv | - | 0oaKey | SNAPSHOT",
                "x/0oaFirst/snapshot/0oaLast/create-and-update/a.csv | - | 0oaLast | CREATE_AND_UPDATE",
                // No application's ID, no operation, or the file's own name: the key says nothing.
                "imports/HR files/create-and-update/a.csv | - | - | -",
                "imports/0oaKey/update/a.csv | - | - | -",
                "create-and-update/a.csv | - | - | -",
                "imports/create-and-update/a.csv | - | - | -",
                "imports/snapshot/a.csv | - | - | -",
                "imports/0oaKey/snapshot | - | - | -",
                "a.csv | - | - | -",
                // The metadata goes before the key.
                "imports/0oaKey/snapshot/a.csv | application-id=0oaBeside | 0oaBeside | SNAPSHOT",
                "imports/0oaKey/snapshot/a.csv | import-operation=Create & Update | 0oaKey | CREATE_AND_UPDATE",
                "a.csv | application-id= 0oaBeside ; import-operation=deactivate_AND-delete | 0oaBeside | DEACTIVATE_AND_DELETE",
                "imports/0oaKey/snapshot/a.csv | application-id= ; import-operation= | 0oaKey | SNAPSHOT"
            })
    @DisplayName("names application and operation: the metadata first, then the key, a key's last folders first")
    void metadataThenKey(String key, String metadata, String application, ImportOperation operation) {
        FileSettings beside = FileSettings.of(key, metadata(metadata), NOTHING_SET);
        assertThat(beside.defaults().applicationId()).isEqualTo(Optional.ofNullable(application));
        assertThat(beside.defaults().operation()).isEqualTo(Optional.ofNullable(operation));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a.csv | - | 0oaSet | DEACTIVATE_AND_DELETE",
                "a.csv | import-operation=SNAPSHOT | 0oaSet | SNAPSHOT",
                "0oaKey/snapshot/a.csv | - | 0oaKey | SNAPSHOT",
                // A key's folder imports is no application's ID, so that the folder below it isn't an operation's.
                "imports/create-and-update/people.csv | - | 0oaSet | DEACTIVATE_AND_DELETE",
                "0oaKey/snapshot/a.csv | application-id=0oaBeside | 0oaBeside | SNAPSHOT"
            })
    @DisplayName("falls back to the configuration, for each of the two by itself")
    void configuration(String key, String metadata, String application, ImportOperation operation) {
        FileSettings beside = FileSettings.of(key, metadata(metadata), SET);
        assertThat(beside.defaults().applicationId()).contains(application);
        assertThat(beside.defaults().operation()).contains(operation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "0oa1/snapshot/a.csv | - | false",
                "0oa1/snapshot/preview/a.csv | - | true",
                "0oa1/snapshot/Preview/2026/a.csv | - | true",
                "snapshot/preview/a.csv | - | true",
                "imports/HR Europe/snapshot/preview/a.csv | application-id=0oa1 | true",
                "imports//snapshot/preview/a.csv | import-operation=snapshot; application-id=0oa1 | true",
                "imports/HR Europe/SNAPSHOT/PREVIEW/2026/a.csv | - | true",
                "0oa1/snapshot/preview/create-and-update/a.csv | - | true",
                "0oa1/snapshot/preview/a.csv | import-operation=CREATE_AND_UPDATE | true",
                "0oa1/snapshot/preview.csv | - | false",
                "test/0oa1/snapshot/a.csv | - | false",
                "imports/dry-run/a.csv | application-id=0oa1; import-operation=snapshot | false",
                "0oa1/snapshot/preview | - | false",
                "0oa1/create-and-update/a.csv | dry-run=true | true",
                "0oa1/create-and-update/a.csv | dry-run= TRUE | true",
                "0oa1/create-and-update/a.csv | dry-run=false | false",
                "0oa1/create-and-update/a.csv | dry-run= | false",
                "0oa1/snapshot/preview/a.csv | dry-run=false | true"
            })
    @DisplayName("makes it a dry run: by metadata, or in a folder preview directly below snapshot")
    void dryRun(String key, String metadata, boolean dryRun) {
        assertThat(FileSettings.of(key, metadata(metadata), NOTHING_SET).dryRun())
                .isEqualTo(dryRun);
    }

    @Test
    @DisplayName("names a session, a mapping and limits, in the metadata alone")
    void rest() {
        FileSettings told = FileSettings.of(
                "0oa1/snapshot/a.csv",
                metadata("session-id=aps1; mapping= maps/hr.json; max-deactivations=20,10%; max-changes=none;"
                        + " max-returns=7; people=changed; rules= Changed"),
                NOTHING_SET);
        assertThat(told.defaults().sessionId()).contains("aps1");
        assertThat(told.mapping()).contains("maps/hr.json");
        assertThat(told.limits().deactivations()).get().hasToString("20,10%");
        assertThat(told.limits().changes()).get().hasToString("none");
        assertThat(told.limits().returns()).get().hasToString("7");
        assertThat(told.waivers()).containsExactlyInAnyOrder(Waiver.PEOPLE, Waiver.RULES);

        FileSettings silent = FileSettings.of("0oa1/snapshot/a.csv", Map.of(), NOTHING_SET);
        assertThat(silent.defaults().sessionId()).isEmpty();
        assertThat(silent.defaults().managedSession()).isTrue();
        assertThat(silent.defaults().bareArray()).isTrue();
        assertThat(silent.mapping()).isEmpty();
        assertThat(silent.limits().deactivations()).isEmpty();
        assertThat(silent.limits().changes()).isEmpty();
        assertThat(silent.waivers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application-id=0oa/../x | is not an Okta ID",
                "session-id=a b | is not an Okta ID",
                "import-operation=destroy | must be CREATE_AND_UPDATE, DEACTIVATE_AND_DELETE or SNAPSHOT",
                "dry-run=yes | must be true or false",
                "max-deactivations=many | must be a whole number, a percentage (5%), both (500,5%), or none",
                "people=yes | must be changed, or be omitted",
                "columns=true | must be changed, or be omitted",
                "parts=two | must be one, or be omitted",
                "max-returns=few | must be a whole number, a percentage (5%), both (500,5%), or none",
                "max-changes=101% | must be a whole number, a percentage (5%), both (500,5%), or none"
            })
    @DisplayName("refuses the file where its metadata is wrong, and names which, but not what stands there")
    void wrong(String metadata, String said) {
        String[] nameAndValue = metadata.split("=");
        Problem problem = catchThrowableOfType(
                        ProblemException.class, () -> FileSettings.of("a.csv", metadata(metadata), NOTHING_SET))
                .problem();
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.detail())
                .startsWith("object metadata " + nameAndValue[0] + " " + said)
                .doesNotContain(nameAndValue[1]);
    }

    @ParameterizedTest
    @CsvSource({
        "0oa1/create-and-update/preview/a.csv, preview",
        "0oa1/snapshot/2026/preview/a.csv, preview",
        "0oa1/snapshot/previews/a.csv, previews",
        "0oa1/snapshot/Test/a.csv, test",
        "0oa1/create-and-update/2026/Dry_Run/a.csv, dry-run",
        "0oa1/deactivate-and-delete/DRYRUN/a.csv, dryrun",
        "imports/HR Europe/snapshot/dry-run/a.csv, dry-run",
        "imports/preview/a.csv, preview",
        "preview/0oa1/snapshot/a.csv, preview",
        "0oa1/snapshot/preview/preview/a.csv, preview",
        "0oa1/snapshot/Preview /a.csv, 'preview '",
        "0oa1/snapshot/pre\u200Bview/a.csv, pre\u200Bview",
        "0oa1/snapshot/\uFF50review/a.csv, \uFF50review",
        "0oa1/create-and-update/Dry Run/a.csv, dry run",
        "0oa1/create-and-update/(test)/a.csv, (test)"
    })
    @DisplayName("is refused where a folder means a dry run and makes none")
    void likePreview(String key, String folder) {
        Problem problem = catchThrowableOfType(
                        ProblemException.class, () -> FileSettings.of(key, Map.of(), NOTHING_SET))
                .problem();
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.document().toString())
                .contains("has a folder " + folder + ",", "snapshot/preview/", "dry-run: true");
    }

    @ParameterizedTest
    @CsvSource({
        "dryrun, dry-run",
        "dry_run, dry-run",
        "x-dry-run, dry-run",
        "X_DryRun, dry-run",
        "maxdeactivations, max-deactivations",
        "max_changes, max-changes",
        "x-mapping, mapping",
        "applicationid, application-id",
        "import_operation, import-operation",
        "sessionid, session-id",
        "x-people, people",
        "maxreturns, max-returns",
        "max_group_removals, max-group-removals"
    })
    @DisplayName("is refused where the name of its metadata is nearly one of ours, whatever its value")
    void nearlyOurs(String name, String right) {
        Problem problem = catchThrowableOfType(
                        ProblemException.class,
                        () -> FileSettings.of("0oa1/create-and-update/a.csv", Map.of(name, "false"), NOTHING_SET))
                .problem();
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.document().toString())
                .contains("object metadata " + name + " is unknown: the name is " + right);
    }

    @Test
    @DisplayName("may have metadata of others")
    void others() {
        Map<String, String> metadata = Map.of("dry-runs", "x", "department", "HR", "mtime", "1", "x-amz-owner", "me");
        assertThat(FileSettings.of("0oa1/create-and-update/a.csv", metadata, NOTHING_SET)
                        .dryRun())
                .isFalse();
    }
}
