using System.Text;

namespace AgentPay.Web.Tests.Sandbox.Sync;

/// <summary>Invalid input on every route is refused or ignored, never with a server error, and always with Twilio's error JSON.</summary>
public sealed class OddInputTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly string[] Routes =
    [
        "/Services", "/Services/{0}", "/Services/{0}/Documents", "/Services/{0}/Documents/{1}", "/Services/{0}/Documents/{1}/Permissions",
        "/Services/{0}/Documents/{1}/Permissions/{2}", "/Services/{0}/Lists", "/Services/{0}/Lists/{1}", "/Services/{0}/Lists/{1}/Items",
        "/Services/{0}/Lists/{1}/Items/{2}", "/Services/{0}/Lists/{1}/Permissions/{2}", "/Services/{0}/Maps", "/Services/{0}/Maps/{1}",
        "/Services/{0}/Maps/{1}/Items", "/Services/{0}/Maps/{1}/Items/{2}", "/Services/{0}/Maps/{1}/Permissions/{2}", "/Services/{0}/Streams",
        "/Services/{0}/Streams/{1}", "/Services/{0}/Streams/{1}/Messages", "/Services/{0}/Nothing/{1}",
    ];

    public static TheoryData<string> AllRoutes => [.. Routes];

    public static TheoryData<string, string?, string> Bodies => new()
    {
        { "missing", null, Form },
        { "empty", "", Form },
        { "JSON", """{"Data":"{}"}""", "application/json" },
        { "JSON said to be a form", """{"Data":"{}"}""", Form },
        { "multipart cut short", "--b\r\nContent-Disposition: form-data; name=\"Data\"\r\n\r\n{}", "multipart/form-data; boundary=b" },
        { "no type", "Data={}", "" },
        { "an unknown charset", "Data={}&Key=k", Form + "; charset=nonsense" },
        { "UTF-16", "Data={}&Key=k", Form + "; charset=utf-16" },
        { "only separators", "&&==&;", Form },
        { "NUL", "Data=%00&Key=%00&UniqueName=%00&Ttl=%00&Read=%00&FriendlyName=%00&WebhookUrl=%00", Form },
        { "broken escapes", "Data=%&Key=%zz&UniqueName=%f0%28&FriendlyName=%ff%fe", Form },
        { "surrogates", "Data=%ED%A0%80&Key=%ED%A0%80&UniqueName=%ED%A0%80", Form },
        { "emoji", "Data={\"😀\":1}&Key=😀&UniqueName=😀&FriendlyName=😀&WebhookUrl=http://😀", Form },
        { "twice", "Data={}&Data=[]&Key=a&Key=b&UniqueName=a&UniqueName=b&Ttl=1&Ttl=x&Read=true&Read=x&Write=true&Manage=true", Form },
        { "wrong types", "Data=[1]&Key=..&UniqueName=..&Ttl=never&Read=maybe&AclEnabled=2&ReachabilityDebouncingWindow=x&WebhookUrl=x", Form },
        { "names in lower case", "data={}&key=k&uniquename=u&ttl=1&read=true&write=true&manage=true", Form },
        { "huge", "Data=" + new string('x', 5_000_000), Form },
        { "thousands of fields", string.Join('&', Enumerable.Range(0, 3000).Select(n => $"f{n}=1")), Form },
        { "deep JSON", "Key=k&Data=" + new string('[', 5000), Form },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_OfAnyKind_IsNeverAFault(string what, string? body, string type)
    {
        var replies = new List<(string Call, int Status)>();
        foreach (var route in Routes)
        {
            var service = await NewServiceAsync();
            foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Get, HttpMethod.Delete, HttpMethod.Put])
            {
                var reply = await service.SendAsync(method, Target(service, route, "x", "0"), null, Content(body, type));
                replies.Add(($"{what}: {method} {route} {reply.Text}", reply.Status));
                if (reply.Status >= 400) reply.Code.ShouldBeGreaterThan(20_000);
            }
        }

        replies.ShouldAllBe(r => r.Status < 500);
    }

    [Theory]
    [MemberData(nameof(AllRoutes))]
    public async Task Path_OfAnyKind_IsNeverAFault(string route)
    {
        string[] parts = ["..", ".", "%2E%2E", "%2F", "a%2Fb", "%5C", "%", "%zz", "%ff", "%F0%9F%98%80", "%20", "%0A", "+", "*", "null", "{0}", "a;b", "~", new('x', 4000)];
        foreach (var part in parts)
        {
            var service = await NewServiceAsync();
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete, HttpMethod.Post])
            {
                var reply = await service.SendAsync(method, Target(service, route, "x", part), null, Content(method == HttpMethod.Post ? "Data={}" : null, Form));
                var all = await service.SendAsync(method, Target(service, route, part, part), null, null);
                (reply.Status, all.Status).ShouldSatisfyAllConditions($"{method} {route} {part}", s => s.Item1.ShouldBeLessThan(500), s => s.Item2.ShouldBeLessThan(500));
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllRoutes))]
    public async Task Query_OfAnyKind_IsNeverAFault(string route)
    {
        string[] values = ["", "%00", "-1", "99999999999999999999", "x", "%F0%9F%98%80", "n", "p", "n%00", "nAAAA", "pAAAA", "n=", "%", new('x', 2000)];
        var service = await NewServiceAsync();
        foreach (var value in values)
        {
            foreach (var name in (string[])["PageSize", "Page", "PageToken", "Order", "From", "Bounds", "From=a&From"])
            {
                var reply = await service.GetAsync(Target(service, route, "x", "0") + $"?{name}={value}");
                reply.Status.ShouldBeLessThan(500, $"{route}?{name}={value}: {reply.Text}");
            }
        }
    }

    [Theory]
    [InlineData("/Services/{0}/Documents/{1}")]
    [InlineData("/Services/{0}/Lists/{1}/Items/{2}")]
    [InlineData("/Services/{0}/Maps/{1}/Items/{2}")]
    public async Task IfMatch_OfAnyKind_IsNeverAFault(string route)
    {
        var service = await NewServiceAsync();
        foreach (var ifMatch in (string[])["\"", "\"\"\"", "\t", "%00", "a b", "*", ",", new('9', 4000)])
        {
            var reply = await service.PostIfAsync(ifMatch, Target(service, route, "x", "0"), ("Data", "{}"));
            reply.Refusal.ShouldBe("400/54003", ifMatch);
        }
    }

    private string Target(SyncApi service, string route, string name, string key) =>
        sandbox.Account.Url + string.Format(System.Globalization.CultureInfo.InvariantCulture, route, service.Sid, name, key);

    private static StringContent? Content(string? body, string type)
    {
        if (body is null) return null;
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.Remove("Content-Type");
        if (type.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private async Task<SyncApi> NewServiceAsync()
    {
        var service = await sandbox.NewServiceAsync();
        foreach (var kind in (string[])["Documents", "Lists", "Maps", "Streams"]) await service.PostAsync($"/{kind}", ("UniqueName", "x"));
        foreach (var kind in (string[])["Lists", "Maps"]) await service.PostAsync($"/{kind}/x/Items", ("Key", "0"), ("Data", "{}"));
        return service;
    }
}
