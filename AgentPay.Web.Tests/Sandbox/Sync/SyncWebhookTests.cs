using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Sync;

public sealed class SyncWebhookTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    [Fact]
    public async Task Document_WithWebhooksFromRest_TellsEveryChangeInOrder()
    {
        await using var listener = await WebhookListener.StartAsync();
        var service = await sandbox.NewServiceAsync(("WebhookUrl", listener.Url + "/hook"), ("WebhooksFromRestEnabled", "true"));

        var document = await service.PostAsync("/Documents", ("UniqueName", "d"), ("Data", """{"a":1}"""));
        await service.PostAsync("/Documents/d", ("Data", """{"a":2}"""));
        await service.DeleteAsync("/Documents/d");

        foreach (var (type, revision, data) in new[] { ("created", "0", """{"a":1}"""), ("updated", "1", """{"a":2}"""),
            ("removed", "1", """{"a":2}""") })
        {
            var hook = await listener.NextAsync();
            (hook["EventType"], hook["DocumentRevision"], hook["DocumentData"]).ShouldBe(($"document_{type}", revision, data));
            (hook["AccountSid"], hook["ServiceSid"], hook["Identity"]).ShouldBe((SandboxApp.AccountSid, service.Sid, "system"));
            (hook["DocumentSid"], hook["DocumentUniqueName"], hook.Path).ShouldBe((document["sid"], "d", "/hook"));
            hook.Header("X-Twilio-Signature").ShouldNotBeNullOrEmpty();
        }
    }

    [Theory]
    [InlineData("Maps", "map", "MapSid", "ItemKey", "k")]
    [InlineData("Lists", "list", "ListSid", "ItemIndex", "0")]
    public async Task Items_WithWebhooksFromRest_TellEveryChange(string kind, string name, string sid, string key, string value)
    {
        await using var listener = await WebhookListener.StartAsync();
        var service = await sandbox.NewServiceAsync(("WebhookUrl", listener.Url + "/hook"), ("WebhooksFromRestEnabled", "true"));
        var parent = await service.PostAsync($"/{kind}", ("UniqueName", "x"));
        var item = await service.PostAsync($"/{kind}/x/Items", ("Key", "k"), ("Data", "{}"));
        await service.PostAsync(item["url"]!, ("Data", """{"a":1}"""));
        await service.DeleteAsync(item["url"]!);
        await service.DeleteAsync($"/{kind}/x");

        (await listener.NextAsync())["EventType"].ShouldBe($"{name}_created");
        foreach (var happened in (string[])["added", "updated", "removed"])
        {
            var hook = await listener.NextAsync();
            (hook["EventType"], hook[sid], hook[key]).ShouldBe(($"{name}_item_{happened}", parent["sid"], value));
            (hook["ItemRevision"], hook["ItemData"]).ShouldBe(happened == "added" ? ("0", "{}") : ("1", """{"a":1}"""));
            hook["EventId"].ShouldNotBeNullOrEmpty();
        }
        (await listener.NextAsync())["EventType"].ShouldBe($"{name}_removed");
    }

    [Fact]
    public async Task Rest_WithoutWebhooksFromRest_TellsNothingWhileATokenDoes()
    {
        await using var listener = await WebhookListener.StartAsync();
        var service = await sandbox.NewServiceAsync(("WebhookUrl", listener.Url + "/hook"));
        var agent = service.With(sandbox.App.Anonymous, SyncTokens.Make(service.Sid, "agent", sandbox.App.Clock.GetUtcNow()));

        await service.PostAsync("/Documents", ("UniqueName", "by-rest"));
        await agent.PostAsync("/Documents", ("UniqueName", "by-token"));

        var hook = await listener.NextAsync();
        (hook["DocumentUniqueName"], hook["Identity"]).ShouldBe(("by-token", "agent"));
    }

    [Fact]
    public async Task Stream_TellsItsMessages()
    {
        await using var listener = await WebhookListener.StartAsync();
        var service = await sandbox.NewServiceAsync(("WebhookUrl", listener.Url + "/hook"), ("WebhooksFromRestEnabled", "true"));
        await service.PostAsync("/Streams", ("UniqueName", "s"));

        var message = await service.PostAsync("/Streams/s/Messages", ("Data", """{"a":1}"""));

        var hook = await listener.NextAsync();
        (hook["EventType"], hook["MessageSid"], hook["MessageData"], hook["StreamUniqueName"])
            .ShouldBe(("stream_message_published", message["sid"], """{"a":1}""", "s"));
    }
}
