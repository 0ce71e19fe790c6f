namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>Twilio's answers, shortened to the members that the tests need.</summary>
public static class Bodies
{
    public static readonly string Call = CallWith();

    public static readonly string Payment =
        $$"""
        {
          "account_sid":"{{TwilioStub.AccountSid}}","call_sid":"{{TwilioStub.Call}}","sid":"{{TwilioStub.Payment}}",
          "date_created":"Wed, 18 Dec 2019 20:02:01 +0000","date_updated":"Wed, 18 Dec 2019 20:02:02 +0000"
        }
        """;

    public static readonly string Service =
        $$"""
        {
          "sid":"{{TwilioStub.Service}}","friendly_name":"AgentPay","acl_enabled":true,"reachability_debouncing_window":5000,
          "date_created":"2015-07-30T20:00:00Z","date_updated":"2015-07-30T20:00:01Z"
        }
        """;

    public const string Document =
        """
        {
          "sid":"ET0123456789abcdef0123456789abcdef","unique_name":"pay-1","revision":"3","data":{"phase":"ready"},
          "date_expires":"2015-07-31T08:00:00Z","date_created":"2015-07-30T20:00:00Z","date_updated":"2015-07-30T20:00:01.5Z",
          "created_by":"system"
        }
        """;

    public const string Map =
        """
        {
          "sid":"MP0123456789abcdef0123456789abcdef","unique_name":"payMap","revision":"0","date_expires":null,
          "date_created":"2015-07-30T20:00:00Z","date_updated":"2015-07-30T20:00:00Z","created_by":"system"
        }
        """;

    public const string Permission = """{"identity":"maria@example.com","read":true,"write":false,"manage":true}""";

    public static string CallWith(
        string sid = "CA0123456789abcdef0123456789abcdef",
        string status = "in-progress",
        string startTime = "\"Wed, 18 Dec 2019 20:02:01 +0000\"") =>
        $$"""
        {
          "sid":"{{sid}}","status":"{{status}}","parent_call_sid":null,"from":"+61400000000","to":"+61280000000",
          "direction":"inbound","start_time":{{startTime}},"date_created":"Wed, 18 Dec 2019 20:02:00 +0000"
        }
        """;

    public static string Item(string key = "PK1") =>
        $$"""
        {
          "key":"{{key}}","revision":"7","data":{"a":1},"date_expires":null,
          "date_created":"2015-07-30T20:00:00Z","date_updated":"2015-07-30T20:00:00Z","created_by":"system"
        }
        """;

    public static string Page(string name, string items, string? nextUrl = null) =>
        $$"""{"{{name}}":[{{items}}],"meta":{"key":"{{name}}","next_page_url":{{(nextUrl is null ? "null" : $"\"{nextUrl}\"")}} } }""";

    public static string Error(int status, int code, string message) =>
        $$"""
        {
          "code":{{code}},"message":"{{message}}","more_info":"https://www.twilio.com/docs/errors/{{code}}","status":{{status}},
          "details":{"field":"Ttl"}
        }
        """;
}
