using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>A panel that opens while Sync does not answer.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class LookTests(PanelDesk desk) : PanelContext(desk)
{
    [Theory]
    [InlineData("/Documents/call-")]
    [InlineData("/Documents/pay-")]
    public async Task Panel_OpenedWhileSyncFails_SaysSoAndFindsThePaymentLater(string unanswered)
    {
        var kept = await Desk.KeepAsync(APayment.Capturing(), Amara.PrincipalName);
        var other = await Desk.Lab.StartInstanceAsync();
        Services.AddSingleton(other.Desk);
        Services.AddSingleton(other.Feed);
        other.Edge.Fault = request => request.Path.Value!.Contains(unanswered, StringComparison.Ordinal) ? Moment.Before : null;
        var panel = Show(kept.Call, new(), Amara);
        await Desk.Lab.PumpAsync(SaidAsync(panel, "The payment on this call cannot be looked up."));
        panel.FindAll("#payment-form").ShouldBeEmpty();

        other.Edge.Fault = _ => null;
        Advance(TimeSpan.FromSeconds(10));

        panel.WaitForAssertion(() => panel.Find("[data-row]"));
        await other.DisposeAsync();
    }

    private static async Task<bool> SaidAsync(IRenderedComponent<AgentPay.Web.Components.Payments.PaymentPanel> panel, string words)
    {
        await panel.WaitForAssertionAsync(() => panel.Markup.ShouldContain(words), TestLimit.Time);
        return true;
    }
}
