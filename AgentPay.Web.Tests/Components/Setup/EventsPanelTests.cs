using AgentPay.Web.Components.Setup;
using AgentPay.Web.Events;
using AgentPay.Web.Tests.Support;
using Bunit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Components.Setup;

public sealed class EventsPanelTests : ConsoleContext
{
    private readonly WebApplication _app = WebApplication.CreateSlimBuilder().Build();

    [Fact]
    public void Panel_WithoutAUrl_SaysWhatToSet() =>
        Shown(Client(new())).ShouldContain("Set Events:Url and Events:Secret to report payments to a recorder.");

    [Fact]
    public async Task Panel_WithARecorder_HasItsAddressAndTheLastAnswers()
    {
        await using var listener = await WebhookListener.StartAsync();
        var client = Client(new() { Url = listener.Url + "/events", Secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" });
        Shown(client).ShouldContain("None since this instance started.");

        (await SendAsync(client)).IsAccepted.ShouldBeTrue();
        Clock.Advance(TimeSpan.FromMinutes(1));
        listener.Answer("/events", 302);
        (await SendAsync(client)).IsAccepted.ShouldBeFalse();

        var shown = Shown();
        shown.ShouldContain(listener.Url + "/events");
        shown.ShouldMatch("Last event accepted.*09:00.*Last event not accepted.*09:01: status 302");
        shown.ShouldNotContain("whsec_");
    }

    private static Task<EventAnswer> SendAsync(EventClient client) =>
        client.SendAsync("1-started", new("payment.started", DateTime.UnixEpoch, new("1", "CA1", null)));

    private EventClient Client(EventsOptions options) => new(Options.Create(options), _app.Services.GetRequiredService<IServer>(), Clock);

    private string Shown(EventClient client)
    {
        Services.AddSingleton(client);
        return Shown();
    }

    private string Shown() => string.Concat(RenderFor<EventsPanel>(Priya, _ => { }).Nodes.Select(node => node.TextContent + " ")).ReplaceLineEndings(" ");

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) ((IDisposable)_app).Dispose();
    }
}
