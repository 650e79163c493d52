package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is put into a bucket")
class LeftBehindTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_SUCCESS",
                "_started_123",
                "_temporary/0/part-0.csv",
                "people.csv.crc",
                ".people.csv.crc",
                ".DS_Store",
                "._people.csv",
                ".keep",
                "people.csv.tmp",
                "people.csv.part",
                "people.csv.partial",
                "people.csv.filepart",
                "people.csv.crdownload",
                "people.csv.MD5",
                "people.csv.sha256",
                "people.ok",
                "people.done",
                "manifest.json",
                "~$people.xlsx",
                "Thumbs.db",
                "desktop.ini",
                "2026_$folder$",
                "6a5c-query.csv.metadata"
            })
    @DisplayName("is ignored where a tool has left it behind")
    void leftBehind(String name) {
        assertThat(SourceFiles.isNoImport("imports/0oa1/snapshot/" + name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "people.csv",
                "_people.csv",
                "_people.json.gz",
                "temporary/people.csv",
                "my_temporary/people.csv",
                "people.txt",
                "metadata.csv",
                "people.partial.csv",
                "manifest.json.csv",
                "my-manifest.json",
                "done.csv"
            })
    @DisplayName("is an import otherwise, or a file whose name is reported")
    void imports(String name) {
        assertThat(SourceFiles.isNoImport("imports/0oa1/snapshot/" + name)).isFalse();
    }
}
