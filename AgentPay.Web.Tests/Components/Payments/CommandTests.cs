using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>A command runs once, is shown with the next snapshot, and is refused with a message.</summary>
public sealed class CommandTests(PanelDesk desk) : PanelContext(desk)
{
    [Fact]
    public async Task Start_PressedTwice_OpensOnePayment()
    {
        var panel = ShowForm(CallSid.Parse(await Desk.Lab.CallAsync()));
        var before = Desk.Host.Edge.Starts.Count;

        var first = Primary(panel)!.ClickAsync(new());
        // Found and pressed on the circuit, so that no rendering comes in between.
        await panel.InvokeAsync(() => Primary(panel)?.Click());
        await first;

        panel.WaitForAssertion(() => panel.Find("[data-row]"));
        Desk.Host.Edge.Starts.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Start_InTwoTabs_OpensOnePaymentThatBothShow()
    {
        var call = CallSid.Parse(await Desk.Lab.CallAsync());
        var (here, there) = (ShowForm(call), ShowForm(call));
        var before = Desk.Host.Edge.Starts.Count;

        await Task.WhenAll(Primary(here)!.ClickAsync(new()), Primary(there)!.ClickAsync(new()));
        // The one that came second may have looked before the first was written down.
        Advance(TimeSpan.FromSeconds(1));

        here.WaitForAssertion(() => here.Find("[data-row]"));
        there.WaitForAssertion(() => there.Find("[data-row]"));
        Desk.Host.Edge.Starts.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Take_PressedTwice_SendsOneRequest()
    {
        var (panel, _) = await ReadyAsync();
        var before = Desk.Host.Edge.Steps;
        // Once it is paid, the button begins another payment.
        var pressedTwice = new TaskCompletionSource();
        Desk.Host.Edge.Hold = _ => pressedTwice.Task;

        // On the circuit, so that nothing is rendered between finding a button and pressing it.
        var first = panel.InvokeAsync(() => Primary(panel)!.ClickAsync(new()));
        await panel.InvokeAsync(() =>
        {
            Text(Primary(panel)!).ShouldStartWith("Tak");
            return Primary(panel)!.ClickAsync(new());
        });
        pressedTwice.SetResult();
        await first;

        panel.WaitForAssertion(() => panel.HasRole("heading", "Paid").ShouldBeTrue());
        Desk.Host.Edge.Steps.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Paid_ShowsConfirmationAndLastFour_AndLeadsToAnEmptyForm()
    {
        var (panel, payment) = await ReadyAsync();

        PressPrimary(panel);
        panel.WaitForAssertion(() => panel.Find("[data-outcome]"));

        panel.Markup.ShouldContain(Desk.Host.Feed.Latest(payment)!.Outcome!.Confirmation!);
        panel.Find("dl").TextContent.ShouldContain("Visa ending 1111");
        panel.WaitForAssertion(() => Text(Primary(panel)!).ShouldBe("New payment"));
        PressPrimary(panel);
        panel.WaitForAssertion(() => panel.FindByLabel("Amount").GetAttribute("value").ShouldBeNullOrEmpty());
        panel.FindAll("section[aria-labelledby=earlier-title] dt").ShouldHaveSingleItem().ParentElement!.TextContent.ShouldContain("42.50");
    }

    [Fact]
    public async Task SecondTab_OfTheSameCall_ShowsThePaymentWithinALook()
    {
        var call = CallSid.Parse(await Desk.Lab.CallAsync());
        var panel = ShowForm(call);

        await Desk.Host.StartPaymentAsync(call.ToString(), agent: Amara.PrincipalName);
        Advance(TimeSpan.FromSeconds(10));

        panel.WaitForAssertion(() => panel.Find("[data-row]"));
    }

    [Fact]
    public void Start_OnACallThatIsNotThere_SaysSoAndKeepsWhatWasTyped()
    {
        var panel = ShowForm();
        panel.Enter("Description (optional)", "Order 4711");

        PressPrimary(panel);

        panel.WaitForAssertion(() => panel.Find("[data-outcome], strong"));
        panel.Markup.ShouldContain("Order 4711");
    }

    [Theory]
    [InlineData(CallStatus.Ringing, "The call is not answered yet.")]
    [InlineData(CallStatus.Completed, "The call has ended")]
    public void Start_CallNotInProgress_SaysWhyNot(CallStatus status, string why)
    {
        var panel = ShowForm(status: status);

        Primary(panel)!.HasAttribute("disabled").ShouldBeTrue();
        panel.Markup.ShouldContain(why);
    }

    [Fact]
    public async Task Command_AfterTheSignInHasEnded_IsRefusedInWords()
    {
        var payment = await Desk.KeepAsync(APayment.Ready(), Amara.PrincipalName);
        var tab = Render<SignedOut>(p => p.Add(s => s.Call, CallOf(payment.Call)).Add(s => s.User, Amara));
        tab.WaitForAssertion(() => tab.Find("[data-primary]"));
        tab.Render(p => p.Add(s => s.User, (CurrentUser?)null));
        tab.Find("[data-primary]").Click();

        tab.WaitForAssertion(() => tab.Markup.ShouldContain("Your sign-in has ended."));
        tab.Markup.ShouldContain("Take 42.50");
        Desk.Host.Service<PaymentStore>().Known(payment.Id)!.Phase.ShouldBe(PaymentPhase.Ready);
    }

    private async Task<(IRenderedComponent<AgentPay.Web.Components.Payments.PaymentPanel> Panel, PaymentId Payment)> ReadyAsync()
    {
        var call = await Desk.Lab.CallAsync();
        var payment = await Desk.Host.StartPaymentAsync(call, agent: Amara.PrincipalName);
        await Desk.Lab.EnterCardAsync(Desk.Host, call, payment.Id);
        return (Until(Show(CallSid.Parse(call), new(), Amara), p => Text(Primary(p)!).ShouldBe("Take 42.50 USD")), payment.Id);
    }
}
