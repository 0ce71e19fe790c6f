using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Voice;

public sealed class CallsApiTests
{
    private const string Account = $"/2010-04-01/Accounts/{SandboxApp.AccountSid}";
    private const string Unknown = "CA00000000000000000000000000000000";

    [Fact]
    public async Task Fetch_OfADialledLeg_DescribesIt()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, child) = await lab.ConnectAsync();

        var call = await lab.Sandbox.Http.GetFromJsonAsync<JsonElement>($"sandbox/twilio{Account}/Calls/{child}.json");

        call.GetProperty("parent_call_sid").GetString().ShouldBe(parent);
        call.GetProperty("status").GetString().ShouldBe("in-progress");
        call.GetProperty("direction").GetString().ShouldBe("outbound-dial");
        call.GetProperty("start_time").GetString().ShouldBe("Sun, 22 Nov 2026 09:00:00 +0000");
        call.GetProperty("end_time").ValueKind.ShouldBe(JsonValueKind.Null);
        call.GetProperty("duration").ValueKind.ShouldBe(JsonValueKind.Null);
        call.GetProperty("uri").GetString().ShouldBe($"{Account}/Calls/{child}.json");
    }

    [Fact]
    public async Task Fetch_OfAnEndedCall_HasItsDuration()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, _) = await lab.ConnectAsync();
        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(90.5));
        await lab.ActAsync(parent, "hangup");

        var call = await lab.Sandbox.Http.GetFromJsonAsync<JsonElement>($"sandbox/twilio{Account}/Calls/{parent}.json");

        call.GetProperty("status").GetString().ShouldBe("completed");
        call.GetProperty("duration").GetString().ShouldBe("90");
        call.GetProperty("end_time").GetString().ShouldBe("Sun, 22 Nov 2026 09:01:30 +0000");
    }

    [ContractFact]
    public async Task Answers_OfEveryKind_AreAsDescribed()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, child) = await lab.ConnectAsync();
        var description = OpenApi.Api2010();

        foreach (var path in new[] { $"{Account}/Calls/{parent}.json", $"{Account}/Calls/{child}.json", $"{Account}/Calls.json" })
            description.ProblemsOfAnswer("GET", path, 200, await lab.Sandbox.Http.GetStringAsync($"sandbox/twilio{path}")).ShouldBeEmpty();
        var (status, body) = await UpdateAsync(lab, parent, ("Status", "completed"));
        description.ProblemsOfAnswer("POST", $"{Account}/Calls/{parent}.json", (int)status, body).ShouldBeEmpty();
        using var deleted = await lab.Sandbox.Http.DeleteAsync($"sandbox/twilio{Account}/Calls/{child}.json");
        description.ProblemsOfAnswer("DELETE", $"{Account}/Calls/{child}.json", (int)deleted.StatusCode,
            await deleted.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", $"{Account}/Calls/{Unknown}.json", 404, 20404)]
    [InlineData("GET", "/2010-04-01/Accounts/AC11111111111111111111111111111111/Calls.json", 404, 20404)]
    [InlineData("POST", $"{Account}/Calls/{Unknown}.json", 404, 20404)]
    [InlineData("POST", $"{Account}/Calls.json", 405, 20004)]
    [InlineData("GET", $"{Account}/Calls.json?Status=initiated", 400, 20001)]
    [InlineData("GET", $"{Account}/Calls.json?PageSize=0", 400, 20001)]
    public async Task Request_ThatCannotBe_IsRefusedAsTwilioDoes(string method, string path, int status, int code)
    {
        using var sandbox = new SandboxApp();

        using var answer = await sandbox.Http.SendAsync(new HttpRequestMessage(new(method), $"sandbox/twilio{path}"));

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetInt32().ShouldBe(code);
    }

    [Theory]
    [InlineData("To=%2B61280000000", 1)]
    [InlineData("From=%2B61400000000", 2)]
    [InlineData("Status=in-progress", 2)]
    [InlineData("ParentCallSid={parent}", 1)]
    [InlineData("StartTime=2026-11-22", 2)]
    [InlineData("StartTime%3E=2026-11-22T09:00:01Z", 0)]
    public async Task List_WithAFilter_HasWhatFits(string query, int count)
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, _) = await lab.ConnectAsync();

        var page =
            await lab.Sandbox.Http.GetFromJsonAsync<JsonElement>($"sandbox/twilio{Account}/Calls.json?{query.Replace("{parent}", parent)}");

        page.GetProperty("calls").GetArrayLength().ShouldBe(count);
    }

    [Fact]
    public async Task List_FollowedByItsPages_HasEveryCallOnceNewestFirst()
    {
        await using var lab = await PhoneLab.StartAsync("<Hangup/>");
        var sids = new List<string>();
        for (var n = 0; n < 5; n++) sids.Insert(0, await lab.CallInAsync());

        var first = await PageAsync(lab, $"{Account}/Calls.json?PageSize=2&Status=completed");
        await lab.CallInAsync();
        var second = await PageAsync(lab, first.GetProperty("next_page_uri").GetString()!);
        var third = await PageAsync(lab, second.GetProperty("next_page_uri").GetString()!);
        var back = await PageAsync(lab, third.GetProperty("previous_page_uri").GetString()!);

        new[] { first, second, third }.SelectMany(Sids).ShouldBe(sids);
        Sids(back).ShouldBe(Sids(second));
        first.GetProperty("previous_page_uri").ValueKind.ShouldBe(JsonValueKind.Null);
        third.GetProperty("next_page_uri").ValueKind.ShouldBe(JsonValueKind.Null);
        (second.GetProperty("page").GetInt32(), second.GetProperty("start").GetInt32(), second.GetProperty("end").GetInt32())
            .ShouldBe((1, 2, 3));
    }

    [Fact]
    public async Task Delete_OfARunningCall_IsRefusedUntilItHasEnded()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, _) = await lab.ConnectAsync();
        var path = $"sandbox/twilio{Account}/Calls/{parent}.json";

        using var refused = await lab.Sandbox.Http.DeleteAsync(path);
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetInt32().ShouldBe(20009);
        await lab.ActAsync(parent, "hangup");

        (await lab.Sandbox.Http.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await lab.Sandbox.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    internal static async Task<(HttpStatusCode Status, string Body)> UpdateAsync(PhoneLab lab, string sid,
        params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await lab.Sandbox.Http.PostAsync(
            string.Create(CultureInfo.InvariantCulture, $"sandbox/twilio{Account}/Calls/{sid}.json"), content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<JsonElement> PageAsync(PhoneLab lab, string path) =>
        lab.Sandbox.Http.GetFromJsonAsync<JsonElement>($"sandbox/twilio{path}");

    private static IEnumerable<string> Sids(JsonElement page) =>
        page.GetProperty("calls").EnumerateArray().Select(c => c.GetProperty("sid").GetString()!);
}
