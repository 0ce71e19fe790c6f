using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

public sealed class PagingTests : IAsyncLifetime
{
    private static readonly string Items = $"{TwilioStub.ServicePath}/Maps/payMap/Items";

    private TwilioStub _stub = null!;

    public async Task InitializeAsync() => _stub = await TwilioStub.StartAsync();

    public Task DisposeAsync() => _stub.DisposeAsync().AsTask();

    [Fact]
    public async Task ListAsync_SeveralPages_YieldsAllItemsAndFollowsTheLinkVerbatim()
    {
        var next = $"{_stub.Url}{Items}?PageSize=1&PageToken=PKa%2Bb%2F%3D&Page=1";
        _stub.Answers(
            Items,
            new Answer(200, Bodies.Page("items", Bodies.Item("a"), next)),
            new Answer(200, Bodies.Page("items", Bodies.Item("b"))));

        (await ListAsync()).ShouldBe(["a", "b"]);

        _stub.Received[1].Url.ShouldBe(next);
    }

    [Theory]
    [InlineData("https://sync.twilio.com{0}?Page=1")]
    [InlineData("http://127.0.0.1:1{0}?Page=1")]
    [InlineData("http://user@evil.example{0}?Page=1")]
    [InlineData("{0}?Page=1")]
    public async Task ListAsync_LinkToAnotherHost_StaysOnTheConfiguredOne(string link)
    {
        var next = string.Format(null, link, Items);
        _stub.Answers(
            Items,
            new Answer(200, Bodies.Page("items", Bodies.Item("a"), next)),
            new Answer(200, Bodies.Page("items", Bodies.Item("b"))));

        (await ListAsync()).ShouldBe(["a", "b"]);

        _stub.Received[1].Url.ShouldBe($"{_stub.Url}{Items}?Page=1");
    }

    [Fact]
    public async Task ListAsync_LinkWithoutAScheme_StaysOnTheConfiguredHost()
    {
        _stub.Answers(Items, new Answer(200, Bodies.Page("items", "", $"//evil.example{Items}?Page=1")));
        _stub.Answers($"//evil.example{Items}", new Answer(200, Bodies.Page("items", Bodies.Item("b"))));

        (await ListAsync()).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("/sandbox/sync")]
    [InlineData("")]
    public async Task ListAsync_BaseWithAPath_IsNeitherLostNorDoubled(string prefixOfLink)
    {
        await using var stub = await TwilioStub.StartAsync(("SyncBaseUrl", $"{_stub.Url}/sandbox/sync"));
        var link = $"http://other.example{prefixOfLink}{Items}?Page=1";
        _stub.Answers(
            $"/sandbox/sync{Items}",
            new Answer(200, Bodies.Page("items", "", link)),
            new Answer(200, Bodies.Page("items", Bodies.Item("b"))));

        (await stub.Sync.MapItems.ListAsync(TwilioStub.Service, "payMap").Select(item => item.Key).ToListAsync()).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("not a link")]
    [InlineData("?Page=1")]
    public async Task ListAsync_LinkThatIsNone_IsAnAnswerThatCannotBeRead(string link)
    {
        _stub.Answers(Items, new Answer(200, Bodies.Page("items", "", link)));

        (await Should.ThrowAsync<TwilioException>(ListAsync)).Message.ShouldContain("not as documented");
    }

    [Fact]
    public async Task ListAsync_Redirect_IsNotFollowed()
    {
        _stub.Answers(Items, new Answer(307) { Headers = { ["Location"] = $"{_stub.Url}/elsewhere" } });

        ((int?)(await Should.ThrowAsync<TwilioException>(ListAsync)).Status).ShouldBe(307);

        _stub.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ListAsync_EveryCollection_IsReadUnderItsName()
    {
        var service = TwilioStub.Service;
        _stub.Answers("/v1/Services", new Answer(200, Bodies.Page("services", Bodies.Service)));
        _stub.Answers($"{TwilioStub.ServicePath}/Documents", new Answer(200, Bodies.Page("documents", Bodies.Document)));
        _stub.Answers($"{TwilioStub.ServicePath}/Maps/m/Permissions", new Answer(200, Bodies.Page("permissions", Bodies.Permission)));

        (await _stub.Sync.Services.ListAsync(pageSize: 20).CountAsync()).ShouldBe(1);
        (await _stub.Sync.Documents.ListAsync(service, pageSize: 20).CountAsync()).ShouldBe(1);
        (await _stub.Sync.Permissions.ListAsync(service, "m").CountAsync()).ShouldBe(1);
        _stub.Received.Take(2).ShouldAllBe(request => request.Url.EndsWith("?PageSize=20"));
    }

    private async Task<List<string>> ListAsync() =>
        await _stub.Sync.MapItems.ListAsync(TwilioStub.Service, "payMap").Select(item => item.Key).ToListAsync();
}
