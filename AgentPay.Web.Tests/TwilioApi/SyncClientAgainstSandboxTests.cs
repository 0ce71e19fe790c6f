using System.Net;
using System.Text.Json;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>Every operation of the Sync client against the sandbox: data is read back as it was written.</summary>
public sealed class SyncClientAgainstSandboxTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly JsonElement Data =
        Json("""{"name":"Zoë & Söhne","amount":9.99,"nested":{"list":[1,null,true]},"quote":"\"+%/ü"}""");

    private readonly SandboxApp _sandbox = new();
    private readonly WebApplication _app;
    private string _service = "";

    public SyncClientAgainstSandboxTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Twilio:AccountSid"] = SandboxApp.AccountSid,
            ["Twilio:AuthToken"] = SandboxApp.AuthToken,
            ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
            ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
            ["Twilio:SyncBaseUrl"] = $"{_sandbox.Url}sandbox/sync",
        });
        builder.Services.AddSingleton<TimeProvider>(_sandbox.Clock).AddTwilio();
        _app = builder.Build();
    }

    private SyncClient Sync => _app.Services.GetRequiredService<SyncClient>();

    private DateTimeOffset Now => _sandbox.Clock.GetUtcNow();

    public async Task InitializeAsync() => _service = (await Sync.Services.CreateAsync("tests")).Sid;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Services_CreateUpdateFetchDelete_RoundTrip()
    {
        var made = await Sync.Services.CreateAsync("Zoë");
        (made.FriendlyName, made.AclEnabled, made.DateCreated).ShouldBe(("Zoë", false, Now));

        var updated = await Sync.Services.UpdateAsync(made.Sid, aclEnabled: true);

        updated.ShouldBe(made with { AclEnabled = true });
        (await Sync.Services.FetchAsync(made.Sid)).ShouldBe(updated);
        await Sync.Services.DeleteAsync(made.Sid);
        await ShouldBeGoneAsync(Sync.Services.FetchAsync(made.Sid));
    }

    [Fact]
    public async Task Documents_CreateFetchUpdateDelete_RoundTrip()
    {
        var made = await Sync.Documents.CreateAsync(_service, new() { UniqueName = "pay:1.ü", Data = Data, Ttl = Hour });
        made.ShouldSatisfyAllConditions(
            document => document.UniqueName.ShouldBe("pay:1.ü"),
            document => Same(document.Data, Data).ShouldBeTrue(),
            document => document.DateExpires.ShouldBe(Now + Hour));
        (await Sync.Documents.FetchAsync(_service, "pay:1.ü")).Sid.ShouldBe(made.Sid);
        (await Sync.Documents.FetchAsync(_service, made.Sid)).Revision.ShouldBe(made.Revision);

        var updated = await Sync.Documents.UpdateAsync(_service, "pay:1.ü", new() { Data = Json("""{"a":1}"""), IfMatch = made.Revision });

        updated.Revision.ShouldNotBe(made.Revision);
        (updated.Data.GetRawText(), updated.DateExpires).ShouldBe(("""{"a":1}""", made.DateExpires));
        (await Sync.Documents.UpdateAsync(_service, "pay:1.ü", new() { Ttl = TimeSpan.Zero })).DateExpires.ShouldBeNull();
        await Sync.Documents.DeleteAsync(_service, "pay:1.ü");
        await ShouldBeGoneAsync(Sync.Documents.FetchAsync(_service, "pay:1.ü"));
    }

    [Fact]
    public async Task Documents_UnderAnOldRevision_AreRefusedWith412()
    {
        var made = await Sync.Documents.CreateAsync(_service, new() { UniqueName = "d", Data = Data });
        await Sync.Documents.UpdateAsync(_service, "d", new() { Data = Data, IfMatch = made.Revision });

        var refused = await Should.ThrowAsync<TwilioException>(
            Sync.Documents.UpdateAsync(_service, "d", new() { Data = Data, IfMatch = made.Revision }));

        (refused.Status, refused.Code, refused.IsPreconditionFailed, refused.IsAmbiguous)
            .ShouldBe((HttpStatusCode.PreconditionFailed, 54103, true, false));
    }

    [Fact]
    public async Task Documents_OfATakenName_AreRefusedWith409()
    {
        await Sync.Documents.CreateAsync(_service, new() { UniqueName = "d" });

        var refused = await Should.ThrowAsync<TwilioException>(Sync.Documents.CreateAsync(_service, new() { UniqueName = "d" }));

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.Conflict, 54301));
    }

    [Fact]
    public async Task Documents_AfterTheirLifetime_AreGone()
    {
        await Sync.Documents.CreateAsync(_service, new() { UniqueName = "d", Ttl = Hour });
        _sandbox.Clock.Advance(Hour - TimeSpan.FromSeconds(1));
        (await Sync.Documents.FetchAsync(_service, "d")).UniqueName.ShouldBe("d");

        _sandbox.Clock.Advance(TimeSpan.FromSeconds(1));

        await ShouldBeGoneAsync(Sync.Documents.FetchAsync(_service, "d"));
        (await Sync.Documents.CreateAsync(_service, new() { UniqueName = "d" })).Revision.ShouldBe("0");
    }

    [Fact]
    public async Task Maps_CreateAndFetch_ByNameAndSid()
    {
        var made = await Sync.Maps.CreateAsync(_service, "m");

        (made.UniqueName, made.DateUpdated).ShouldBe(("m", Now));
        (await Sync.Maps.FetchAsync(_service, made.Sid)).ShouldBe(made);
        (await Sync.Maps.FetchAsync(_service, "m")).ShouldBe(made);
        (await Should.ThrowAsync<TwilioException>(Sync.Maps.CreateAsync(_service, "m"))).IsConflict.ShouldBeTrue();
        await ShouldBeGoneAsync(Sync.Maps.FetchAsync(_service, "other"));
    }

    [Fact]
    public async Task MapItems_CreateFetchUpdateDelete_RoundTrip()
    {
        await Sync.Maps.CreateAsync(_service, "m");
        var made = await Sync.MapItems.CreateAsync(_service, "m", new() { Key = "+49 30;x=1.ü", Data = Data, ItemTtl = Hour });
        (made.Key, made.DateExpires, Same(made.Data, Data)).ShouldBe(("+49 30;x=1.ü", Now + Hour, true));
        (await Sync.MapItems.FetchAsync(_service, "m", made.Key)).Revision.ShouldBe(made.Revision);

        var updated = await Sync.MapItems.UpdateAsync(
            _service, "m", made.Key, new() { Data = Json("{}"), ItemTtl = 2 * Hour, IfMatch = made.Revision });

        (updated.Data.GetRawText(), updated.DateExpires).ShouldBe(("{}", Now + (2 * Hour)));
        await Sync.MapItems.DeleteAsync(_service, "m", made.Key);
        await ShouldBeGoneAsync(Sync.MapItems.FetchAsync(_service, "m", made.Key));
    }

    [Fact]
    public async Task MapItems_UnderAnOldRevision_AreRefusedWith412()
    {
        await Sync.Maps.CreateAsync(_service, "m");
        var made = await Sync.MapItems.CreateAsync(_service, "m", new() { Key = "k", Data = Data });
        await Sync.MapItems.UpdateAsync(_service, "m", "k", new() { Data = Data });

        var update = await Should.ThrowAsync<TwilioException>(
            Sync.MapItems.UpdateAsync(_service, "m", "k", new() { Data = Data, IfMatch = made.Revision }));

        update.Code.ShouldBe(54205);
    }

    [Fact]
    public async Task MapItems_CreatedTwiceOrUpdatedWithoutBeingThere_AreRefused()
    {
        await Sync.Maps.CreateAsync(_service, "m");
        await Sync.MapItems.CreateAsync(_service, "m", new() { Key = "k", Data = Data });

        (await Should.ThrowAsync<TwilioException>(Sync.MapItems.CreateAsync(_service, "m", new() { Key = "k", Data = Data }))).Code
            .ShouldBe(54208);
        await ShouldBeGoneAsync(Sync.MapItems.UpdateAsync(_service, "m", "other", new() { Data = Data }));
    }

    [Fact]
    public async Task MapItems_AfterTheirLifetime_AreGone()
    {
        await Sync.Maps.CreateAsync(_service, "m");
        await Sync.MapItems.CreateAsync(_service, "m", new() { Key = "k", Data = Data, ItemTtl = Hour });
        _sandbox.Clock.Advance(Hour);

        await ShouldBeGoneAsync(Sync.MapItems.FetchAsync(_service, "m", "k"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Lists_Of120_GiveEachOnceInOrder(int? pageSize)
    {
        var names = Enumerable.Range(0, 120).Select(n => $"n{n:D3}").ToList();
        await Sync.Maps.CreateAsync(_service, "m");
        foreach (var name in names)
        {
            await Sync.MapItems.CreateAsync(_service, "m", new() { Key = name, Data = Data });
            await Sync.Documents.CreateAsync(_service, new() { UniqueName = name });
        }

        (await Sync.MapItems.ListAsync(_service, "m", pageSize: pageSize).Select(i => i.Key).ToListAsync()).ShouldBe(names);
        (await Sync.Documents.ListAsync(_service, pageSize).Select(d => d.UniqueName!).ToListAsync()).ShouldBe(names);
    }

    [Fact]
    public async Task MapItems_ListedFromAKey_AreThoseFromThereOn()
    {
        await Sync.Maps.CreateAsync(_service, "m");
        foreach (var key in (string[])["a", "b", "c"]) await Sync.MapItems.CreateAsync(_service, "m", new() { Key = key, Data = Data });

        (await Sync.MapItems.ListAsync(_service, "m", "b", pageSize: 1).Select(i => i.Key).ToListAsync()).ShouldBe(["b", "c"]);
    }

    [Theory]
    [InlineData("a?b=c&d#e")]
    [InlineData("50%25")]
    [InlineData("%2E%2E")]
    [InlineData("...")]
    public async Task AnyName_WithCharactersOfAUrl_ReachesItsOwnResource(string name)
    {
        await Sync.Maps.CreateAsync(_service, name);
        await Sync.MapItems.CreateAsync(_service, name, new() { Key = name, Data = Data });
        await Sync.MapItems.CreateAsync(_service, name, new() { Key = "other", Data = Data });
        await Sync.Documents.CreateAsync(_service, new() { UniqueName = name, Data = Data });
        var permission = new SyncPermission { Identity = name, Read = true, Write = false, Manage = false };

        (await Sync.MapItems.FetchAsync(_service, name, name)).Key.ShouldBe(name);
        (await Sync.Documents.UpdateAsync(_service, name, new() { Data = Json("{}") })).UniqueName.ShouldBe(name);
        (await Sync.Permissions.UpdateAsync(_service, SyncObject.Map(name), permission)).Identity.ShouldBe(name);
        await Sync.MapItems.DeleteAsync(_service, name, name);

        (await Sync.MapItems.ListAsync(_service, name).Select(i => i.Key).ToListAsync()).ShouldBe(["other"]);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a/b")]
    [InlineData("../../Documents/d")]
    public async Task Delete_OfAKeyThatNoUrlCanAddress_IsRefusedAndDeletesNothing(string key)
    {
        await Sync.Maps.CreateAsync(_service, "m");
        await Sync.MapItems.CreateAsync(_service, "m", new() { Key = "k", Data = Data });
        await Sync.Documents.CreateAsync(_service, new() { UniqueName = "d", Data = Data });

        await Should.ThrowAsync<ArgumentException>(async () => await Sync.MapItems.DeleteAsync(_service, "m", key));

        (await Sync.MapItems.FetchAsync(_service, "m", "k")).Key.ShouldBe("k");
        (await Sync.Documents.FetchAsync(_service, "d")).UniqueName.ShouldBe("d");
    }

    [Fact]
    public async Task Services_Of120_AreListedWhole()
    {
        for (var number = 1; number < 120; number++) await Sync.Services.CreateAsync($"s{number}");

        (await Sync.Services.ListAsync().Select(s => s.Sid).Distinct().CountAsync()).ShouldBe(120);
    }

    [Fact]
    public async Task Permissions_UpdateAndList_RoundTrip()
    {
        await Sync.Documents.CreateAsync(_service, new() { UniqueName = "d" });
        await Sync.Maps.CreateAsync(_service, "m");
        var permission = new SyncPermission { Identity = "maria.söhne@example.com", Read = true, Write = false, Manage = true };

        foreach (var target in (SyncObject[])[SyncObject.Document("d"), SyncObject.Map("m")])
            (await Sync.Permissions.UpdateAsync(_service, target, permission)).ShouldBe(permission);

        (await Sync.Permissions.ListAsync(_service, "m").ToListAsync()).ShouldBe([permission]);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static bool Same(JsonElement one, JsonElement other) => JsonElement.DeepEquals(one, other);

    private static async Task ShouldBeGoneAsync(Task request)
    {
        var gone = await Should.ThrowAsync<TwilioException>(request);
        (gone.Status, gone.Code, gone.IsNotFound).ShouldBe((HttpStatusCode.NotFound, 20404, true));
    }
}
