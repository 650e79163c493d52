package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.config.GivenSettings;
import dev.bulkuserimport.support.Work;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A request's route")
class HttpRouteTest {

    private static final OfferedActions EVERYTHING =
            new OfferedActions(GivenSettings.with("IMPORT_DECISION_DAYS", "1"));

    private static HttpRequest request(String json) {
        ByteChunks event = ByteChunks.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return ((Event.Http) EventReader.read(event)).request();
    }

    private static String told(HttpRequest request) {
        HttpRoute.Found found = HttpRoute.of(request, EVERYTHING);
        if (found instanceof HttpRoute.Found.Match match) {
            return match.operation();
        }
        return found instanceof HttpRoute.Found.WrongMethod wrong ? String.join("+", wrong.allowed()) : "none";
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/imports,$default,import{}",
        "POST,/,$default,import{}",
        "POST,//imports//,$default,import{}",
        "POST,/prod,prod,import{}",
        "POST,/prod/imports,prod,import{}",
        "POST,/imports/imports,imports,import{}",
        "GET,/applications/applications,applications,listApplications{}",
        "GET,/applications,applications,listApplications{}",
        "GET,/hr/applications,$default,listApplications{}",
        "GET,/applications/applications,$default,listApplications{}",
        "GET,/imports/applications,$default,listApplications{}",
        "POST,/a/b/imports/,$default,import{}",
        "GET,/applications/0oa/template.csv,$default,template{applicationId=0oa}",
        "POST,/applications/0oa/map-users,$default,mapUsers{applicationId=0oa}",
        "GET,/applications/0oa/check/,$default,check{applicationId=0oa}",
        "DELETE,/hr/applications/0oa/sessions/aps,$default,'cancelSession{applicationId=0oa, sessionId=aps}'",
        "POST,/applications/0oa/check,$default,GET",
        "PATCH,/applications/0oa/sessions,$default,POST+GET",
        "POST,/applications,applications,import{}",
        "POST,/nothing,$default,none",
        "POST,/imports/x,$default,none",
        "POST,/imports/0123.hr-bucket/decision,$default,decide{importId=0123.hr-bucket}",
        "GET,/imports/0123.hr-bucket/decision,$default,POST",
        "GET,/applications/a/b,$default,none",
        "POST,/%2e%2e,$default,none"
    })
    @DisplayName("in format 2.0 is found behind a stage and a base path, whatever their names")
    void format2(String method, String path, String stage, String told) {
        assertThat(told(request("{'rawPath':'" + path + "','requestContext':{'stage':'" + stage + "','http':{'method':'"
                        + method + "'}}}")))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "/applications/0oa/inspect,inspect{applicationId=0oa}",
        "/hr/applications/0oa/inspect,inspect{applicationId=0oa}",
        "/applications/imports/inspect,inspect{applicationId=imports}",
        "/applications/0oa/sessions/inspect,GET+DELETE",
        "/applications/imports/x/decision/inspect,none",
        "/applications/0oa/map-users/inspect,none",
        "/applications/0oa/sessions/aps/start-import/inspect,none",
        "/applications/0oa%2Fmap-users/inspect,inspect{applicationId=0oa/map-users}"
    })
    @DisplayName("is no other than inspect behind the gateway's route for the page's calls, however the ID is encoded")
    void pageCalls(String path, String told) {
        for (String domain : new String[] {"abc.execute-api.eu-central-1.amazonaws.com", "import.example.com"}) {
            assertThat(told(request("{'routeKey':'POST /applications/{applicationId}/inspect','rawPath':'" + path
                            + "','requestContext':{'domainName':'" + domain
                            + "','stage':'$default','http':{'method':'POST'}}}")))
                    .as(domain)
                    .isEqualTo(told);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST /,/,import{}",
        "POST /,/hr,import{}",
        "POST /,/hr/,import{}",
        "$default,/hr,none",
        "$default,/hr/imports,import{}"
    })
    @DisplayName("is the import at the root below a custom domain's base path, where the gateway's own route says so")
    void rootBelowBasePath(String route, String path, String told) {
        assertThat(
                        told(
                                request(
                                        "{'routeKey':'" + route + "','rawPath':'" + path
                                                + "','requestContext':{'domainName':'import.example.com','stage':'$default','http':{'method':'POST'}}}")))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/imports,/prod/imports,prod,/imports,,import{}",
        "POST,/imports/,/prod/imports/,prod,/{proxy+},imports,import{}",
        "GET,/applications,/applications/applications,applications,/applications,,listApplications{}",
        "GET,/applications,/applications/applications,applications,/{proxy+},applications,listApplications{}",
        "GET,/imports/applications,/imports/applications,prod,/applications,,listApplications{}",
        "GET,/applications/applications,/applications/applications,prod,/{proxy+},applications,listApplications{}",
        "POST,/hr,/hr,prod,/,,import{}",
        "POST,/applications,/applications,prod,/,,import{}",
        "GET,/hr/applications/0oa/check,/hr/applications/0oa/check,prod,/applications/{applicationId}/check,,check{applicationId=0oa}",
        "GET,/hr/applications/0oa/check,/hr/applications/0oa/check,prod,/{proxy+},applications/0oa/check,check{applicationId=0oa}",
        "POST,/hr/nothing,/hr/nothing,prod,/{proxy+},nothing,none",
        "PUT,/imports,/imports/imports,imports,/imports,,POST"
    })
    @DisplayName("in format 1.0 is what the gateway's own route says")
    void format1(String method, String path, String sent, String stage, String resource, String proxy, String told) {
        String parameters = proxy == null ? "null" : "{'proxy':'" + proxy + "'}";
        assertThat(told(request("{'httpMethod':'" + method + "','path':'" + path + "','resource':'" + resource
                        + "','pathParameters':" + parameters + ",'requestContext':{'stage':'" + stage + "','path':'"
                        + sent + "'}}")))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com,POST,/prod/imports,import{}",
        "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com,POST,/imports,import{}",
        "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com,POST,/open/imports,none",
        "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com,POST,/prod/open/imports,none",
        "a1b2c3d4e5-vpce-0.execute-api.eu-central-1.amazonaws.com,GET,/open/applications,none",
        "A1B2.Execute-API.cn-north-1.amazonaws.com.cn,POST,/open/imports,none",
        "a1b2c3d4e5.lambda-url.eu-central-1.on.aws,POST,/open/imports,none",
        "a1b2c3d4e5.lambda-url.eu-central-1.on.aws,POST,/imports,import{}",
        "hr.example.com,POST,/open/imports,import{}",
        "x.execute-api.example.com,POST,/open/imports,import{}"
    })
    @DisplayName(
            "on AWS's own domains stands behind nothing but the stage: a gateway's rules for it must not be passed by")
    void ownDomains(String domain, String method, String path, String told) {
        String context = "'requestContext':{'stage':'prod','domainName':'" + domain + "'";
        assertThat(told(request("{'rawPath':'" + path + "'," + context + ",'http':{'method':'" + method + "'}}}")))
                .as("format 2.0")
                .isEqualTo(told);
        String withoutStage = path.replaceFirst("^/prod", "");
        assertThat(told(request("{'httpMethod':'" + method + "','path':'" + withoutStage
                        + "','resource':'/{proxy+}','pathParameters':{'proxy':'" + withoutStage.substring(1) + "'},"
                        + context + "}}")))
                .as("format 1.0")
                .isEqualTo(told);
    }

    /** Each of the path's ends was looked at, and compared with all others: 200,000 segments would cost hours. */
    @Test
    void aLongPathCostsLittle() {
        String path = "/a".repeat(200_000) + "/applications";
        HttpRequest request = Work.within(
                400_000_000,
                () -> request("{'version':'2.0','rawPath':'" + path
                        + "','requestContext':{'stage':'$default','http':{'method':'GET'}}}"));
        assertThat(told(request)).isEqualTo("listApplications{}");
    }
}
