using AgentPay.Web.Calls;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>What the agent can do after a charge: the receipt by text message, and the link to the gateway.</summary>
public sealed class ReceiptFormTests : PanelContext
{
    public ReceiptFormTests(PanelDesk desk) : base(desk)
    {
        var options = Options.Create(new PaymentsOptions { Receipts = new() { From = SandboxControl.Business } });
        var sender = ActivatorUtilities.CreateInstance<ReceiptSender>(desk.Services, options);
        Services.AddSingleton(_ => ActivatorUtilities.CreateInstance<Receipts>(desk.Services, sender));
    }

    [Theory]
    [InlineData("+61400000000", "+61400000000")]
    [InlineData("+61280000000", "")]
    [InlineData("sip:amara@example.com", "")]
    public async Task Form_OfACharge_HasTheCallersNumberIfItIsAMobile(string caller, string expected)
    {
        var panel = await PaidAsync(caller);

        panel.Find("#receipt-number").GetAttribute("value").ShouldBe(expected.Length > 0 ? expected : null);
        Send(panel).HasAttribute("disabled").ShouldBeTrue();
        panel.Markup.ShouldContain("Refunds and voids are made at the payment gateway.");
    }

    [Fact]
    public async Task Send_OnceTheCustomerHasAgreed_ShowsThatItWasSent()
    {
        var panel = await PaidAsync(SandboxControl.Customer);

        await AgreeAsync(panel);
        await panel.InvokeAsync(() => Send(panel).Click());

        panel.WaitForAssertion(() => panel.Find(".after").TextContent.ShouldMatch("Receipt (sent|delivered) to the number ending 000."));
        panel.FindAll("#receipt-number").ShouldBeEmpty();
        Enabled(panel).ShouldContain("Send another receipt");
    }

    [Fact]
    public async Task Send_ToAnInvalidNumber_SaysSoBesideTheField()
    {
        var panel = await PaidAsync(null);
        panel.Enter("Customer's mobile number", "0400 000 000");

        await AgreeAsync(panel);
        await panel.InvokeAsync(() => Send(panel).Click());

        panel.WaitForAssertion(() => panel.Find(".after").TextContent.ShouldContain("Enter a mobile number with its country code"));
    }

    [Theory]
    [InlineData(ReceiptState.NotSent, 21610, "This number has unsubscribed")]
    [InlineData(ReceiptState.NotDelivered, 30006, "Ask for a mobile number.")]
    [InlineData(ReceiptState.Unclear, null, "Ask the customer whether it has arrived")]
    [InlineData(ReceiptState.Delivered, null, "Receipt delivered to the number ending 678.")]
    public async Task Outcome_OfAReceipt_IsShownInWords(ReceiptState state, int? code, string words)
    {
        var paid = APayment.Succeeded() with { Receipt = new(1, state, "678", Amara.PrincipalName, Clock.GetUtcNow(), "SM1", code) };

        var (panel, _) = await ShowAsync(paid);

        panel.WaitForAssertion(() => panel.Find(".after").TextContent.ShouldContain(words));
        if (code is { } shown) panel.Find(".after").TextContent.ShouldContain($"Twilio: {shown}");
    }

    [Fact]
    public async Task Receipt_WithoutAnAnswerForHalfAMinute_IsShownAsUnclear()
    {
        var (panel, _) = await ShowAsync(
            APayment.Succeeded() with { Receipt = new(1, ReceiptState.Sending, "678", Amara.PrincipalName, Clock.GetUtcNow()) });
        panel.Find(".after").TextContent.ShouldContain("Sending the receipt");

        Advance(SmsReceipt.AnswerTimeout);

        panel.WaitForAssertion(() => panel.Find(".after").TextContent.ShouldContain("It is not clear"));
    }

    [Fact]
    public async Task Form_ForAnotherAgentOrAFailedPayment_IsNotShown()
    {
        var (failed, _) = await ShowAsync(APayment.Failed());
        failed.FindAll("#receipt-number").ShouldBeEmpty();

        var (others, _) = await ShowAsync(APayment.Succeeded(), Priya);
        others.FindAll("#receipt-number").ShouldBeEmpty();
    }

    [Fact]
    public void Link_OfAProfileWithAnAddress_OpensTheRecordInANewTab()
    {
        Services.AddSingleton(new PaymentProfiles(Options.Create(new PaymentsOptions
        {
            Profiles = [new() { Name = "default", RecordUrl = "https://gateway.example.com/{confirmation}" }],
        })));
        var record = HistoryRecord.Of(APayment.Succeeded()) with { Confirmation = "ch 1" };

        var link = RenderFor<GatewayLink>(Amara, parameters => parameters.Add(shown => shown.Record, record)).Find("a");

        link.GetAttribute("href").ShouldBe("https://gateway.example.com/ch%201");
        (link.GetAttribute("target"), link.GetAttribute("rel")).ShouldBe(("_blank", "noopener noreferrer"));
    }

    private static AngleSharp.Dom.IElement Send(IRenderedComponent<PaymentPanel> panel) =>
        panel.FindAll("button").Single(button => Text(button) == "Send receipt");

    private static async Task AgreeAsync(IRenderedComponent<PaymentPanel> panel)
    {
        await panel.InvokeAsync(() => panel.Find(".receipt-form input[type=checkbox]").Change(true));
        panel.WaitForAssertion(() => Send(panel).HasAttribute("disabled").ShouldBeFalse());
    }

    private async Task<IRenderedComponent<PaymentPanel>> PaidAsync(string? caller)
    {
        var paid = await Desk.KeepAsync(APayment.Succeeded(), Amara.PrincipalName);
        var call = CallOf(paid.Call) with { Direction = CallDirection.Inbound, From = caller };
        var panel = RenderFor<PaymentPanel>(Amara, parameters => parameters.Add(shown => shown.Call, call));
        return Until(panel, shown => shown.Find("#receipt-number"));
    }
}
