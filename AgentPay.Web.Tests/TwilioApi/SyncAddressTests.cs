using System.Text.Json;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

public sealed class SyncAddressTests : IAsyncLifetime
{
    private static readonly SyncPermission Nobody = new() { Identity = "i", Read = false, Write = false, Manage = false };

    private TwilioStub _stub = null!;

    public async Task InitializeAsync() => _stub = await TwilioStub.StartAsync();

    public Task DisposeAsync() => _stub.DisposeAsync().AsTask();

    [Theory]
    [InlineData("a b", "a%20b")]
    [InlineData("a?b=c&d#e", "a%3Fb%3Dc%26d%23e")]
    [InlineData("50%25", "50%2525")]
    [InlineData("ключ", "%D0%BA%D0%BB%D1%8E%D1%87")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("abc;encoding=hex", "abc%3Bencoding%3Dhex")]
    [InlineData("...", "...")]
    public async Task FetchAsync_Key_IsOneEscapedSegment(string key, string escaped)
    {
        _stub.Answers($"{TwilioStub.ServicePath}/Maps/uuiMap/Items/{key}", new Answer(200, Bodies.Item("k")));

        await _stub.Sync.MapItems.FetchAsync(TwilioStub.Service, "uuiMap", key);

        _stub.Received.Single().Url.ShouldBe($"{_stub.Url}{TwilioStub.ServicePath}/Maps/uuiMap/Items/{escaped}");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task AnyRequest_NameThatNoUrlCanAddress_IsRefusedBeforeItIsSent(string name)
    {
        var (sync, service, data) = (_stub.Sync, TwilioStub.Service, JsonSerializer.SerializeToElement(1));
        Func<Task>[] requests =
        [
            () => sync.MapItems.DeleteAsync(service, "m", name),
            () => sync.MapItems.FetchAsync(service, name, "k"),
            () => sync.MapItems.CreateAsync(service, "m", new() { Key = name, Data = data }),
            () => sync.Documents.CreateAsync(service, new() { UniqueName = name }),
            () => sync.Documents.UpdateAsync(service, name, new()),
            () => sync.Maps.CreateAsync(service, name),
            () => sync.Maps.FetchAsync(service, name),
            () => sync.Permissions.UpdateAsync(service, SyncObject.Map(name), Nobody),
        ];

        foreach (var request in requests) await Should.ThrowAsync<ArgumentException>(async () => await request());
        _stub.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("1\r\nX: y")]
    [InlineData("1 2")]
    [InlineData("é")]
    public async Task UpdateAsync_RevisionThatIsNone_IsNeverSentWithoutIt(string revision)
    {
        await Should.ThrowAsync<ArgumentException>(() =>
            _stub.Sync.Documents.UpdateAsync(TwilioStub.Service, "d", new() { IfMatch = revision }));

        _stub.Received.ShouldBeEmpty();
    }
}
