using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.CardData;

/// <summary>Reads everything in Sync over its API as JSON: documents, and the items of maps and lists.</summary>
internal static class SyncContents
{
    private static readonly AuthenticationHeaderValue Account =
        new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{SandboxApp.AccountSid}:{SandboxApp.AuthToken}")));

    public static async Task<IReadOnlyList<string>> ReadAsync(ApiBench bench)
    {
        List<string> found = [];
        var service = $"/sandbox/sync/v1/Services/{bench.Service}";
        found.AddRange((await ListAsync(bench, $"{service}/Documents")).Select(document => document.GetRawText()));
        foreach (var kind in (string[])["Maps", "Lists"])
        {
            foreach (var parent in await ListAsync(bench, $"{service}/{kind}"))
            {
                found.Add(parent.GetRawText());
                var items = await ListAsync(bench, $"{service}/{kind}/{parent.GetProperty("sid").GetString()}/Items");
                found.AddRange(items.Select(item => item.GetRawText()));
            }
        }
        return found;
    }

    /// <summary>Returns AgentPay's id of the payment with Twilio's SID.</summary>
    public static async Task<string> PaymentOfAsync(ApiBench bench, string sid)
    {
        var documents = await ListAsync(bench, $"/sandbox/sync/v1/Services/{bench.Service}/Documents");
        var names = documents
            .Where(document => document.GetRawText().Contains(sid, StringComparison.Ordinal))
            .Select(document => document.GetProperty("unique_name").GetString()!);
        return names.Single(name => name.StartsWith("pay-", StringComparison.Ordinal))["pay-".Length..];
    }

    private static async Task<List<JsonElement>> ListAsync(ApiBench bench, string path)
    {
        List<JsonElement> all = [];
        for (var next = $"{path}?PageSize=100"; next is not null;)
        {
            var page = await PageAsync(bench, next);
            var meta = page.GetProperty("meta");
            all.AddRange(page.GetProperty(meta.GetProperty("key").GetString()!).EnumerateArray());
            next = meta.GetProperty("next_page_url").GetString();
        }
        return all;
    }

    /// <summary>Advances the clock when a rate limit is reached: Sync counts requests per ten seconds.</summary>
    private static async Task<JsonElement> PageAsync(ApiBench bench, string url)
    {
        for (var tries = 0; ; tries++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Authorization = Account;
            using var answer = await bench.App.Http.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests || tries == 3)
                return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            bench.App.Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }
}
