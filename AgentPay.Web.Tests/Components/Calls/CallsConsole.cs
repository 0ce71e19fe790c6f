using AgentPay.Web.Tests.ScreenPops;
using System.Net.Http.Json;
using AgentPay.Web.Calls;
using AgentPay.Web.Components;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Handover;
using AgentPay.Web.Identity;
using AgentPay.Web.ScreenPops;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>
/// The console's calls over an instance of AgentPay with a Sync service of its own; calls come and go by webhook, as Twilio sends them.
/// </summary>
public abstract class CallsConsole(CallsFixture fixture) : ConsoleContext, IClassFixture<CallsFixture>, IAsyncLifetime
{
    protected static readonly CurrentUser Ben =
        new("00000000-0000-4000-8000-00000000000c", "Ben Novak", "ben@agentpay.example", [AgentPayRoles.Agent]);
    protected static readonly CurrentUser Tomas =
        new("00000000-0000-4000-8000-00000000000d", "Tomas Weber", "tomas@agentpay.example", [AgentPayRoles.Admin]);

    protected CallsFixture Fixture => fixture;

    protected CallsApp App { get; private set; } = null!;

    protected UuiMap Map { get; private set; } = null!;

    protected LiveFeed<string, CallList> Feed => App.Get<LiveFeed<string, CallList>>();

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public virtual async Task InitializeAsync()
    {
        (App, Map) = await fixture.StartAsync();
        Use(App);
    }

    /// <summary>The calls that the components see from now on.</summary>
    protected void Use(CallsApp app)
    {
        App = app;
        Services.AddSingleton(app.Directory);
        Services.AddSingleton(app.Get<CallHandover>());
        Services.AddSingleton(app.Get<Colleagues>());
        Services.AddSingleton(app.Get<PstnLeg>());
        Services.AddSingleton(app.Get<CallsClient>());
        Services.AddSingleton(app.Get<LiveFeed<string, CallList>>());
        Services.AddSingleton<CallFinder>();
        ComponentFactories.AddStub<PaymentPanel>();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await App.DisposeAsync();
        await DisposeAsync();
    }

    /// <summary>A customer calls in and an agent's telephone answers, or rings.</summary>
    protected async Task<Call> CallsInAsync(string from = Forms.Customer, string status = "in-progress")
    {
        var customer = CallsFixture.NewCall();
        await App.PostAsync("/inboundHandler", Forms.CallsIn(customer, from: from));
        await App.PostAsync("/callStatus", Forms.PbxLeg(CallsFixture.NewCall(), customer, status));
        return (await App.Directory.FindAsync(customer, default))!;
    }

    /// <summary>The PBX has called a customer, who answers.</summary>
    protected async Task<Call> CallsOutAsync(string uui)
    {
        await App.PostAsync($"/outboundSyncUpdate?UUI={uui}",
            Forms.CustomerLeg(CallsFixture.NewCall(), CallsFixture.NewCall(), "in-progress"));
        return (await App.Directory.FindAsync(uui, default))!;
    }

    /// <summary>A call whose number leads elsewhere: Twilio knows it, and AgentPay's webhooks have heard nothing.</summary>
    protected async Task<CallSid> OutsideCallAsync()
    {
        using var answer = await fixture.Sandbox.Anonymous.PostAsJsonAsync("sandbox/control/calls",
            new { from = "+61400000777", to = "+61280000000" });
        return CallSid.Parse((await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["callSid"]);
    }

    protected async Task EndsAsync(Call call) =>
        await App.PostAsync("/callStatus", Forms.PbxLeg(call.SipSid!.Value, call.PstnSid, "completed"));

    protected async Task ClaimAsync(Call call, CurrentUser agent, bool takeOver = false) =>
        (await App.Directory.ClaimAsync(call.Uui, agent, takeOver, default)).ShouldBeOfType<ClaimOutcome.Claimed>();

    protected ScreenPop Pop(string query) => ScreenPop.Read("https://agentpay.example/pay?" + query, ScreenPopTests.Profiles,
        Services.GetRequiredService<IStringLocalizer<Words>>());

    /// <summary>The rows of the list of calls. Spacers of the virtual list are no rows.</summary>
    protected static IReadOnlyList<IElement> RowsOf<T>(IRenderedComponent<T> shown) where T : IComponent =>
        shown.FindAll("li:not([aria-hidden])");

    /// <summary>All that is on the screen, as one line of text, with plain blanks.</summary>
    protected static string TextOf<T>(IRenderedComponent<T> shown) where T : IComponent =>
        string.Join(' ', string.Concat(shown.Nodes.Select(node => node.TextContent)).Replace('\u00a0', ' ')
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
