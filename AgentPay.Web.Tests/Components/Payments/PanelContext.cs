using AgentPay.Web.Calls;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Handover;
using AgentPay.Web.ScreenPops;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>The payment panel on a real desk.</summary>
public abstract class PanelContext : ConsoleContext, IClassFixture<PanelDesk>
{
    protected static readonly CurrentUser Ben =
        new("00000000-0000-4000-8000-00000000000c", "Ben Adler", "ben@agentpay.example", [AgentPayRoles.Agent]);

    protected PanelContext(PanelDesk desk)
    {
        Desk = desk;
        Services.AddSingleton(desk.Host.Desk);
        Services.AddSingleton(desk.Host.Service<CallHandover>());
        Services.AddSingleton(desk.Host.Feed);
        Services.AddSingleton(desk.Host.Service<PaymentProfiles>());
        Services.AddSingleton(desk.Host.Service<IOptions<PaymentsOptions>>());
        Services.AddSingleton(desk.Host.Service<PaymentNews>());
        Services.AddSingleton(desk.Host.Service<PaymentChecks>());
        Services.AddSingleton(desk.Host.Service<Receipts>());
    }

    protected PanelDesk Desk { get; }

    /// <summary>The panel on a call without a payment.</summary>
    protected IRenderedComponent<PaymentPanel> ShowForm(CallSid? call = null, PaymentDraft? draft = null, CurrentUser? user = null,
        CallStatus status = CallStatus.InProgress) =>
        Until(Show(call ?? PanelDesk.NewCall(), draft ?? new(42.50m), user ?? Amara, status), panel => panel.Find("#payment-form"));

    /// <summary>The panel on a call whose payment stands as given.</summary>
    protected async Task<(IRenderedComponent<PaymentPanel> Panel, PaymentSession Payment)> ShowAsync(PaymentSession session,
        CurrentUser? user = null)
    {
        var kept = await Desk.KeepAsync(session, Amara.PrincipalName);
        return (Until(Show(kept.Call, new(), user ?? Amara), panel => panel.Find("#payment-panel h2, #payment-panel strong")), kept);
    }

    protected IRenderedComponent<PaymentPanel> Show(CallSid call, PaymentDraft draft, CurrentUser user,
        CallStatus status = CallStatus.InProgress) => RenderFor<PaymentPanel>(user, parameters => parameters
        .Add(panel => panel.Call, CallOf(call, status))
        .Add(panel => panel.Draft, draft));

    protected static Call CallOf(CallSid sid, CallStatus status = CallStatus.InProgress) =>
        new() { Uui = sid.ToString(), PstnSid = sid, Status = status };

    /// <summary>Waits until something can be found.</summary>
    protected static IRenderedComponent<PaymentPanel> Until(IRenderedComponent<PaymentPanel> panel,
        Action<IRenderedComponent<PaymentPanel>> holds)
    {
        panel.WaitForAssertion(() => holds(panel));
        return panel;
    }

    protected static IElement? Primary(IRenderedComponent<PaymentPanel> panel) => panel.FindAll("button[data-primary]").SingleOrDefault();

    /// <summary>Finds and presses the main button on the circuit, so that no rendering comes in between.</summary>
    protected static void PressPrimary(IRenderedComponent<PaymentPanel> panel) =>
        panel.InvokeAsync(() => Primary(panel)!.Click()).GetAwaiter().GetResult();

    protected static IElement Row(IRenderedComponent<PaymentPanel> panel, CaptureField field) =>
        panel.Find($"[data-row={WireName.Of(field)}]");

    protected static string Text(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The texts of all enabled buttons except those in closed dialogs, for copying and for the details.</summary>
    protected static string[] Enabled(IRenderedComponent<PaymentPanel> panel) =>
        [.. panel.FindAll("button:not([disabled])").Where(b => b.Closest("dialog") is null)
            .Select(b => b.GetAttribute("aria-label") is { } label && label.StartsWith("Copy", StringComparison.Ordinal) ? label : Text(b))
            .Where(text => text != "Details" && !text.StartsWith("Copy", StringComparison.Ordinal)).Order()];
}
