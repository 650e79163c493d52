package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.ByteChunks;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A signature")
class SignatureTest {

    private static final String KEY = "k3y";
    private static final Instant NOW = Instant.ofEpochSecond(1_795_601_730L);

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean accepted(String event, String signature, String timestamp, boolean signsBodyAlone) {
        String json = event.replace(
                        "}#",
                        ",'headers':{'x-import-timestamp':'" + timestamp + "','X-IMPORT-SIGNATURE':'" + signature
                                + "'}}")
                .replace('\'', '"');
        HttpRequest request =
                ((Event.Http) EventReader.read(ByteChunks.of(json.getBytes(StandardCharsets.UTF_8)))).request();
        return Signature.of(request, NOW, signsBodyAlone).isBy(KEY);
    }

    private static final String POST = "{'rawPath':'/prod/imports','rawQueryString':'a=b%20c&d','body':'{}',"
            + "'requestContext':{'stage':'prod','http':{'method':'POST'}}}#";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1 | 1795601730 | true  | 1795601730.{}                                        | true",
                "v1 | 1795601730 | false | 1795601730.{}                                        | false",
                "v2 | 1795601730 | false | POST~/prod/imports?a=b%20c&d~1795601730~{}           | true",
                "v2 | 1795601730 | true  | POST~/prod/imports?a=b%20c&d~1795601730~{}           | true",
                "v2 | 1795601430 | true  | POST~/prod/imports?a=b%20c&d~1795601430~{}           | true",
                "v2 | 1795601429 | true  | POST~/prod/imports?a=b%20c&d~1795601429~{}           | false",
                "v2 | 1795602031 | true  | POST~/prod/imports?a=b%20c&d~1795602031~{}           | false",
                "v2 | 1795601730 | true  | GET~/prod/imports?a=b%20c&d~1795601730~{}            | false",
                "v2 | 1795601730 | true  | POST~/imports?a=b%20c&d~1795601730~{}                | false",
                "v2 | 1795601730 | true  | POST~/prod/imports~1795601730~{}                     | false",
                "v2 | 1795601730 | true  | POST~/prod/imports?a=b%20c&d~1795601731~{}           | false",
                "v2 | 1795601730 | true  | POST~/prod/imports?a=b%20c&d~1795601730~{ }          | false",
                "v2 | 1795601730 | true  | 1795601730.{}                                        | false",
                "v3 | 1795601730 | true  | 1795601730.{}                                        | false",
                "v1 | now        | true  | now.{}                                               | false",
                "v1 | -9223372036854775808 | true | -9223372036854775808.{}                     | false"
            })
    @DisplayName("is of method, path, time and body, or for one route of time and body")
    void versions(String version, String timestamp, boolean signsBodyAlone, String signed, boolean accepted) {
        String signature = version + "=" + hmac(signed.replace('~', '\n'));
        assertThat(accepted(POST, signature, timestamp, signsBodyAlone)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"''", "v2=", "v2=zz", "v2", "v1=0", "'='"})
    @DisplayName("that is none is nobody's")
    void broken(String signature) {
        assertThat(accepted(POST, signature, "1795601730", true)).isFalse();
    }

    @Test
    @DisplayName("in format 1.0 is of the path as it was sent, and of a query that AWS has decoded")
    void format1() {
        String event = "{'httpMethod':'GET','path':'/applications/0oa/properties','queryStringParameters':"
                + "{'importOperation':'Create & Update'},'requestContext':{'stage':'prod','path':'/prod/applications/0oa/properties'}}#";
        for (String query : new String[] {"Create%20%26%20Update", "Create+%26+Update"}) {
            String text = "GET\n/prod/applications/0oa/properties?importOperation=" + query + "\n1795601730\n";
            assertThat(accepted(event, "v2=" + hmac(text), "1795601730", false)).isTrue();
        }
        String without = "GET\n/prod/applications/0oa/properties\n1795601730\n";
        assertThat(accepted(event, "v2=" + hmac(without), "1795601730", false)).isFalse();
    }

    @Test
    @DisplayName("is of the body's bytes, not of its Base64")
    void base64() {
        String event =
                "{'rawPath':'/imports','body':'e30=','isBase64Encoded':true,'requestContext':{'http':{'method':'POST'}}}#";
        assertThat(accepted(event, "v2=" + hmac("POST\n/imports\n1795601730\n{}"), "1795601730", true))
                .isTrue();
        assertThat(accepted(
                        event.replace("e30=", "{!}"),
                        "v2=" + hmac("POST\n/imports\n1795601730\n{}"),
                        "1795601730",
                        true))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "v1=, {!}",
        "v1=00, {!}",
        "v2=, {!}",
        "v2=00, {!}",
        "v2=00, e30",
        "v2=00, e30=e30=",
        "v2=0000, {!}",
        "v2=00, e3!=",
        "v2=0000000000000000000000000000000000000000000000000000000000000000, {!}"
    })
    @DisplayName("of a body that isn't the Base64 it claims to be is never right")
    void notBase64(String signature, String body) {
        String event = "{'rawPath':'/imports','body':'" + body
                + "','isBase64Encoded':true,'requestContext':{'http':{'method':'POST'}}}#";
        assertThat(accepted(event, signature, "1795601730", true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"v1", "v2"})
    @DisplayName("is compared over its full length")
    void fullLength(String version) {
        String right = hmac(version.equals("v1") ? "1795601730.{}" : "POST\n/prod/imports?a=b%20c&d\n1795601730\n{}");
        assertThat(accepted(POST, version + "=" + right, "1795601730", true)).isTrue();
        for (String wrong :
                new String[] {right.substring(2), right.substring(0, 62), right + "00", "00" + right, "00"}) {
            assertThat(accepted(POST, version + "=" + wrong, "1795601730", true))
                    .as(wrong)
                    .isFalse();
        }
    }
}
