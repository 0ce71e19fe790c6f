using System.Text.Json;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

[InCulture("de-DE")]
public sealed class SyncClientTests : IAsyncLifetime
{
    private static readonly string Path = TwilioStub.ServicePath;
    private static readonly TimeSpan Hours = TimeSpan.FromHours(12);
    private static readonly JsonElement Data = JsonSerializer.SerializeToElement(new { phase = "ready", amount = 9.99 });

    private TwilioStub _stub = null!;

    private SyncClient Sync => _stub.Sync;

    public async Task InitializeAsync() => _stub = await TwilioStub.StartAsync();

    public Task DisposeAsync() => _stub.DisposeAsync().AsTask();

    [ContractFact]
    public async Task Services_CreateAndUpdate_SendTwiliosFields()
    {
        _stub.Answers("/v1/Services", new Answer(201, Bodies.Service));
        _stub.Answers(Path, new Answer(200, Bodies.Service));

        await Sync.Services.CreateAsync("AgentAssistedPaySync");
        await Sync.Services.UpdateAsync(TwilioStub.Service, aclEnabled: false);

        foreach (var request in _stub.Received) Contract.ShouldBeDescribed(OpenApi.SyncV1(), request);
        _stub.Received[0].Form.ShouldBe([new("FriendlyName", "AgentAssistedPaySync")]);
        _stub.Received[1].Form.ShouldBe([new("AclEnabled", "false")]);
    }

    [Fact]
    public async Task Services_Answer_IsRead()
    {
        _stub.Answers(Path, new Answer(200, Bodies.Service));

        (await Sync.Services.FetchAsync(TwilioStub.Service)).ShouldSatisfyAllConditions(
            service => service.Sid.ShouldBe(TwilioStub.Service),
            service => service.FriendlyName.ShouldBe("AgentPay"),
            service => service.AclEnabled.ShouldBeTrue());
    }

    [ContractFact]
    public async Task Documents_EveryParameter_IsSentUnderTwiliosName()
    {
        _stub.Answers($"{Path}/Documents", new Answer(201, Bodies.Document));
        _stub.Answers($"{Path}/Documents/pay-1", new Answer(200, Bodies.Document));

        await Sync.Documents.CreateAsync(TwilioStub.Service, new() { UniqueName = "pay-1", Data = Data, Ttl = Hours });
        await Sync.Documents.UpdateAsync(TwilioStub.Service, "pay-1", new() { Data = Data, Ttl = Hours, IfMatch = "3" });

        foreach (var request in _stub.Received) Contract.ShouldSendEverything(OpenApi.SyncV1(), request);
        _stub.Received[0]["Data"].ShouldBe("""{"phase":"ready","amount":9.99}""");
        _stub.Received[0]["Ttl"].ShouldBe("43200");
        _stub.Received[1].Header("If-Match").ShouldBe("3");
    }

    [Fact]
    public async Task Documents_Answer_IsRead()
    {
        _stub.Answers($"{Path}/Documents/pay-1", new Answer(200, Bodies.Document));

        (await Sync.Documents.FetchAsync(TwilioStub.Service, "pay-1")).ShouldSatisfyAllConditions(
            document => document.Sid.ShouldBe("ET0123456789abcdef0123456789abcdef"),
            document => document.UniqueName.ShouldBe("pay-1"),
            document => document.Revision.ShouldBe("3"),
            document => document.Data.GetProperty("phase").GetString().ShouldBe("ready"),
            document => document.DateExpires.ShouldBe(new DateTimeOffset(2015, 7, 31, 8, 0, 0, TimeSpan.Zero)),
            document => document.DateUpdated.ShouldBe(new DateTimeOffset(2015, 7, 30, 20, 0, 1, 500, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Documents_NothingToSend_SendsNoFieldAndNoIfMatch()
    {
        _stub.Answers($"{Path}/Documents/pay-1", new Answer(200, Bodies.Document));

        await Sync.Documents.UpdateAsync(TwilioStub.Service, "pay-1", new());

        _stub.Received.Single().Form.ShouldBeEmpty();
        _stub.Received.Single().Header("If-Match").ShouldBeNull();
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(400, "1")]
    [InlineData(1500, "2")]
    public async Task Ttl_FractionsOfASecond_AreRoundedUpSoThatNoneBecomesForEver(int milliseconds, string seconds)
    {
        _stub.Answers($"{Path}/Documents", new Answer(201, Bodies.Document));

        await Sync.Documents.CreateAsync(TwilioStub.Service, new() { Ttl = TimeSpan.FromMilliseconds(milliseconds) });

        _stub.Received.Single()["Ttl"].ShouldBe(seconds);
    }

    [ContractFact]
    public async Task Maps_CreateAndFetch_SendTwiliosFieldsAndReadTheAnswer()
    {
        _stub.Answers($"{Path}/Maps", new Answer(201, Bodies.Map));
        _stub.Answers($"{Path}/Maps/payMap", new Answer(200, Bodies.Map));

        await Sync.Maps.CreateAsync(TwilioStub.Service, "payMap");
        var map = await Sync.Maps.FetchAsync(TwilioStub.Service, "payMap");

        foreach (var request in _stub.Received) Contract.ShouldBeDescribed(OpenApi.SyncV1(), request);
        _stub.Received[0].Form.ShouldBe([new("UniqueName", "payMap")]);
        (map.Sid, map.UniqueName).ShouldBe(("MP0123456789abcdef0123456789abcdef", "payMap"));
    }

    [ContractFact]
    public async Task MapItems_CreateAndUpdate_SendTwiliosFields()
    {
        _stub.Answers($"{Path}/Maps/payMap/Items", new Answer(201, Bodies.Item()));
        _stub.Answers($"{Path}/Maps/payMap/Items/PK1", new Answer(200, Bodies.Item()));

        await Sync.MapItems.CreateAsync(TwilioStub.Service, "payMap", new() { Key = "PK1", Data = Data, ItemTtl = Hours });
        var item =
            await Sync.MapItems.UpdateAsync(TwilioStub.Service, "payMap", "PK1", new() { Data = Data, ItemTtl = Hours, IfMatch = "6" });

        // Ttl is an alias of ItemTtl. CollectionTtl is a setting of the map.
        foreach (var request in _stub.Received) Contract.ShouldSendEverything(OpenApi.SyncV1(), request, "Ttl", "CollectionTtl");
        _stub.Received[1].Header("If-Match").ShouldBe("6");
        item.Revision.ShouldBe("7");
        item.DateExpires.ShouldBeNull();
    }

    [ContractFact]
    public async Task MapItems_List_SendsTwiliosFilters()
    {
        _stub.Answers($"{Path}/Maps/payMap/Items", new Answer(200, Bodies.Page("items", "")));

        await Sync.MapItems.ListAsync(TwilioStub.Service, "payMap", "PK 1&2", pageSize: 100).CountAsync();

        _stub.Received.Single().Url.ShouldEndWith("/Items?From=PK+1%262&PageSize=100");
        OpenApi.SyncV1().ParametersOf("GET", $"{Path}/Maps/payMap/Items")
            .ShouldBe(["Order", "From", "Bounds", "PageSize", "Page", "PageToken"], ignoreOrder: true);
    }

    [Fact]
    public async Task Deletes_Answer204_AreDone()
    {
        string[] paths = [Path, $"{Path}/Documents/d", $"{Path}/Maps/m/Items/k"];
        foreach (var path in paths) _stub.Answers(path, new Answer(204));

        await Sync.Services.DeleteAsync(TwilioStub.Service);
        await Sync.Documents.DeleteAsync(TwilioStub.Service, "d");
        await Sync.MapItems.DeleteAsync(TwilioStub.Service, "m", "k");

        _stub.Received.Select(request => $"{request.Method} {request.Path}").ShouldBe(paths.Select(path => $"DELETE {path}"));
    }

    [ContractFact]
    public async Task Permissions_OfDocumentsAndMaps_AreSentAndRead()
    {
        _stub.Answers($"{Path}/Documents/d/Permissions/maria@example.com", new Answer(200, Bodies.Permission));
        _stub.Answers($"{Path}/Maps/m/Permissions/maria@example.com", new Answer(200, Bodies.Permission));
        var permission = new SyncPermission { Identity = "maria@example.com", Read = true, Write = false, Manage = true };

        (await Sync.Permissions.UpdateAsync(TwilioStub.Service, SyncObject.Document("d"), permission)).ShouldBe(permission);
        (await Sync.Permissions.UpdateAsync(TwilioStub.Service, SyncObject.Map("m"), permission)).ShouldBe(permission);

        foreach (var request in _stub.Received) Contract.ShouldSendEverything(OpenApi.SyncV1(), request);
        _stub.Received[0]["Write"].ShouldBe("false");
    }
}
