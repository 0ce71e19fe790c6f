using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Sync;

/// <summary>Calls every operation of Twilio's description of Sync and compares the answer with the description.</summary>
public sealed class SyncContractTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    private static readonly Dictionary<string, string> Forms = new()
    {
        ["/Services"] = "FriendlyName=Pay&WebhookUrl=https://example.com/",
        ["/Services/{Sid}"] = "AclEnabled=true&ReachabilityDebouncingWindow=1000",
        ["/Documents"] = "UniqueName=new&Data={\"a\":1}&Ttl=60",
        ["/Lists"] = "UniqueName=new&CollectionTtl=60",
        ["/Maps"] = "UniqueName=new&Ttl=60",
        ["/Streams"] = "UniqueName=new&Ttl=60",
        ["/Items"] = "Key=new&Data={\"a\":1}&ItemTtl=60&CollectionTtl=60",
        ["/Permissions/{Identity}"] = "Read=true&Write=false&Manage=true",
        ["/Messages"] = "Data={\"a\":1}",
    };

    [ContractFact]
    public async Task EveryOperation_IsAnsweredAsDescribed()
    {
        var description = OpenApi.SyncV1();
        var problems = new List<string>();
        var operations = description.Operations().ToList();

        foreach (var (method, template) in operations.OrderBy(o => o.Method == "DELETE").ThenBy(o => o.Method == "GET"))
        {
            var service = await NewServiceWithEverythingAsync();
            var path = template.Replace("/v1/Services/{Sid}", "").Replace("/v1/Services/{ServiceSid}", "")
                .Replace("{Index}", "0").Replace("{Key}", "k").Replace("{Identity}", "agent")
                .Replace("{Sid}", "x").Replace("{DocumentSid}", "x").Replace("{ListSid}", "x").Replace("{MapSid}", "x")
                    .Replace("{StreamSid}", "x");
            var url = template == "/v1/Services" ? sandbox.Account.Url + "/Services" : service.Url + path;
            var form = method == "POST" ? new StringContent(FormOf(template), null, "application/x-www-form-urlencoded") : null;
            var reply = await service.SendAsync(new HttpMethod(method), url, null, form);
            problems.AddRange(reply.Status >= 300
                ? [$"{method} {template} answers {reply}"]
                : description.ProblemsOfAnswer(method, new Uri(url).AbsolutePath["/sandbox/sync".Length..], reply.Status, reply.Text));
        }

        operations.Count.ShouldBeGreaterThan(40);
        problems.ShouldBeEmpty();
    }

    private static string FormOf(string template)
    {
        var end = Forms.Keys.Where(key => template.EndsWith(key, StringComparison.Ordinal)).MaxBy(key => key.Length);
        return end is not null ? Forms[end] : template.Contains("/Items/", StringComparison.Ordinal)
            || template.Contains("/Documents/", StringComparison.Ordinal) ? "Data={}" : "Ttl=60";
    }

    private async Task<SyncApi> NewServiceWithEverythingAsync()
    {
        var service = await sandbox.NewServiceAsync();
        foreach (var kind in (string[])["Documents", "Lists", "Maps", "Streams"]) await service.PostAsync($"/{kind}", ("UniqueName", "x"));
        foreach (var kind in (string[])["Lists", "Maps"]) await service.PostAsync($"/{kind}/x/Items", ("Key", "k"), ("Data", "{}"));
        foreach (var kind in (string[])["Documents", "Lists", "Maps"])
            await service.PostAsync($"/{kind}/x/Permissions/agent", ("Read", "true"), ("Write", "true"), ("Manage", "true"));
        return service;
    }
}
