using AgentPay.Web.Board;
using AgentPay.Web.Calls;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.Identity;
using AgentPay.Web.Outages;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.ScreenPops;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace AgentPay.Web.Tests.Support;

/// <summary>The services of console components: the real feeds, a manual clock, a signed-in agent.</summary>
public abstract class ConsoleContext : BunitContext
{
    protected static readonly CurrentUser Amara =
        new("00000000-0000-4000-8000-00000000000a", "Amara Okafor", "amara@agentpay.example", [AgentPayRoles.Agent]);
    protected static readonly CurrentUser Priya =
        new("00000000-0000-4000-8000-00000000000b", "Priya Raman", "priya@agentpay.example", [AgentPayRoles.Supervisor]);

    protected ConsoleContext()
    {
        DefaultWaitTimeout = TimeSpan.FromMinutes(1);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(Payments);
        Services.AddSingleton(Calls);
        Services.AddSingleton(Healths);
        Services.AddSingleton(Outages);
        Services.AddSingleton(Boards);
        Services.AddSingleton(ScreenPopTests.Profiles);
        Services.AddOptions();
        Services.AddSingleton<HistoryCalendar>();
        Services.AddScoped<Announcer>();
        Services.AddMudServices(mud => mud.PopoverOptions.Duration = mud.PopoverOptions.Delay = TimeSpan.Zero);
    }

    protected ManualClock Clock { get; } = new();

    protected LiveFeed<PaymentId, PaymentSession> Payments { get; } = new((newer, older) => newer.Supersedes(older));

    protected LiveFeed<string, CallList> Calls { get; } = new((newer, older) => newer.Version > older.Version);

    protected LiveFeed<string, FeedHealth> Healths { get; } = new((newer, known) => newer != known);

    protected LiveFeed<string, OutageList> Outages { get; } = new((newer, older) => newer.Version > older.Version);

    protected LiveFeed<string, BoardSnapshot> Boards { get; } = new((newer, older) => newer.Version > older.Version);

    /// <summary>Where menus, selects and pickers open.</summary>
    protected IRenderedComponent<MudPopoverProvider> Popovers { get; private set; } = default!;

    protected Announcer Announcer => Services.GetRequiredService<Announcer>();

    /// <summary>Renders a component as the layout would: with the viewer's clock and who is signed in.</summary>
    protected IRenderedComponent<TComponent> RenderFor<TComponent>(CurrentUser user,
        Action<ComponentParameterCollectionBuilder<TComponent>> parameters)
        where TComponent : IComponent
    {
        // Not in the constructor: after this, no more services can be added.
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Popovers ??= Render<MudPopoverProvider>();
        return Render<TComponent>(builder =>
        {
            builder.AddCascadingValue(user);
            builder.AddCascadingValue(ViewerClock.Utc);
            parameters(builder);
        });
    }

    /// <summary>Advances the clock once the rendering under way, and what it starts after it, has completed.</summary>
    protected void Advance(TimeSpan time) => Renderer.Dispatcher.InvokeAsync(() => Clock.Advance(time)).GetAwaiter().GetResult();

    // MudBlazor's services can only be disposed asynchronously.
    protected override void Dispose(bool disposing)
    {
        if (disposing) DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }
}
