using System.Globalization;
using AgentPay.Web.Calls;
using AgentPay.Web.Components.Setup;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentPay.Web.Tests.Components.Setup;

public sealed class RefusedCallsPanelTests : ConsoleContext
{
    private readonly RefusedCalls _refused;

    public RefusedCallsPanelTests() => Services.AddSingleton(_refused = new(Clock, NullLogger<RefusedCalls>.Instance));

    [Fact]
    public void Panel_WithoutRefusals_SaysWhatWouldAppear()
    {
        var panel = Panel();

        panel.Markup.ShouldContain("No refused calls");
        panel.FindAll("dl").ShouldBeEmpty();
    }

    [Fact]
    public void Panel_WithRefusals_ShowsTheLastTwentyNewestFirstWithReasonAndTime()
    {
        for (var i = 0; i < RefusedCalls.Most; i++)
            _refused.Add(CallSid.Parse(string.Create(CultureInfo.InvariantCulture, $"CA{i:d32}")),
                $"{i} is an internal number, not one on the telephone network");
        Advance(TimeSpan.FromHours(1));
        var last = CallSid.Parse("CA" + new string('a', 32));
        _refused.Add(last, "000 is an emergency number, and no payment is taken there");

        var rows = Panel().FindAll("dl > div");

        rows.Count.ShouldBe(RefusedCalls.Most);
        rows[0].TextContent.ShouldContain("11/22/2026 10:00");
        rows[0].TextContent.ShouldContain(last.ToString());
        rows[0].TextContent.ShouldContain("Not connected: 000 is an emergency number, and no payment is taken there.");
        rows[^1].TextContent.ShouldContain("Not connected: 1 is an internal number");
    }

    private IRenderedComponent<RefusedCallsPanel> Panel() => RenderFor<RefusedCallsPanel>(Priya, _ => { });
}
