using AgentPay.Web.ScreenPops;
using AgentPay.Web.Calls;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.History;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Components.Calls;
using AgentPay.Web.Tests.Components.History;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Security;

/// <summary>Markup from callers, PBXs, agents and gateways is shown as text on every page.</summary>
public sealed class ScriptInjectionTests : ConsoleContext
{
    private const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><b data-evil>";

    [Fact]
    public void Call_FromMarkup_IsShownAsText()
    {
        var call = ACall.Inbound(from: Markup, claimedBy: Markup) with
        {
            ClaimedByName = Markup, Uui = Markup, To = Markup, IsUnlinked = true,
        };
        var address = ScreenPop.AddressOf(call, new(1, "AUD", Markup, Markup, Markup));

        ShouldBeText(RenderFor<CallerNumber>(Priya, p => p.Add(x => x.Call, call)));
        ShouldBeText(RenderFor<CallRow>(Priya, p => p
            .Add(x => x.Call, call)
            .Add(x => x.User, Priya)
            .Add(x => x.IsOpen, true)
            .Add(x => x.Address, address)));
        ShouldBeText(RenderFor<CallBar>(Priya, p => p.Add(x => x.Call, call)));
    }

    [Fact]
    public void Payment_WithMarkupInItsWords_IsShownAsText()
    {
        var payment = APayment.Failed() with
        {
            Agent = Markup, Uui = Markup, CardType = Markup,
            Plan = APayment.Plan with { Description = Markup, Reference = Markup, Profile = Markup },
            Outcome = new(Markup, 64008, Markup, Markup, Markup, Markup, Markup),
        };

        var details = RenderFor<PaymentDetails>(Priya, p => p.Add(x => x.Session, payment));
        details.Find("button").Click();
        ShouldBeText(details);
        ShouldBeText(RenderFor<PaymentReceipt>(Priya, p => p.Add(x => x.Session, payment with { Phase = PaymentPhase.Succeeded })));
        RenderFor<OutcomePanel>(Priya, p => p.Add(x => x.Session, payment)).FindAll("script, img, [data-evil], [onerror]").ShouldBeEmpty();
    }

    [Fact]
    public void History_WithMarkupInItsWords_IsShownAsText()
    {
        Services.AddSingleton(new PaymentChecks(null!, null!, Clock));
        var record = ARecord.Of(Markup, Clock.GetUtcNow()) with
        {
            Reference = Markup, Uui = Markup, Profile = Markup, Result = Markup, Confirmation = Markup, CardType = Markup,
        };

        var grid = RenderFor<HistoryGrid>(Priya, p => p.Add(x => x.Records, [record]));
        grid.WaitForElement("[aria-expanded]").Click();

        ShouldBeText(grid);
    }

    /// <summary>Code that disables HTML encoding.</summary>
    [Fact]
    public void Console_HasNoMarkupMadeOfText()
    {
        var folder = Path.Combine(Repository.Root, "AgentPay.Web");
        var sources = Directory.EnumerateFiles(Path.Combine(folder, "Components"), "*", SearchOption.AllDirectories)
            .Append(Path.Combine(folder, "wwwroot", "agentpay.js")).ToList();
        sources.Count.ShouldBeGreaterThan(100);

        string[] words =
            [nameof(MarkupString), "AddMarkupContent", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("];
        foreach (var word in words)
            sources.Where(file => File.ReadAllText(file).Contains(word, StringComparison.Ordinal)).ShouldBeEmpty(word);
    }

    private static void ShouldBeText<T>(IRenderedComponent<T> shown) where T : IComponent
    {
        shown.FindAll("script, img, [data-evil], [onerror]").ShouldBeEmpty();
        shown.Markup.ShouldContain("&lt;img src=x onerror=alert(1)&gt;");
    }
}
