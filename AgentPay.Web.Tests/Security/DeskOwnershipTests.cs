using System.Reflection;
using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Components.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Security;

/// <summary>
/// Another agent calls every command of the desk, found by reflection, and is refused. All pages and circuits use these commands.
/// </summary>
public sealed class DeskOwnershipTests(PanelDesk desk) : IClassFixture<PanelDesk>
{
    private const string Owner = "amara@agentpay.example";

    private static readonly CurrentUser[] Strangers =
    [
        Agents.Agent("ben@agentpay.example"), Agents.Admin("tomas@agentpay.example"), Agents.With("nora@agentpay.example"),
        Agents.Agent(""), Agents.Agent(Owner + " "),
    ];

    private static MethodInfo[] Verbs =>
        typeof(PaymentDesk).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    [Fact]
    public void Verbs_EachNameWhoWishesFirst() =>
        Verbs.Where(verb => verb.GetParameters()[0] is not { Name: "agent", ParameterType: var type } || type != typeof(string))
            .ShouldAllBe(verb => verb.GetParameters()[0].ParameterType == typeof(CurrentUser));

    [Theory]
    [InlineData(PaymentPhase.Starting)]
    [InlineData(PaymentPhase.Capturing)]
    [InlineData(PaymentPhase.Ready)]
    [InlineData(PaymentPhase.Submitting)]
    [InlineData(PaymentPhase.Cancelling)]
    [InlineData(PaymentPhase.Succeeded)]
    [InlineData(PaymentPhase.Failed)]
    [InlineData(PaymentPhase.Cancelled)]
    [InlineData(PaymentPhase.Unknown)]
    public async Task Verbs_OfAStranger_AreRefusedAndChangeNothing(PaymentPhase phase)
    {
        var payment = await desk.KeepAsync(APayment.In(phase), Owner);
        // After the end of a payment, any agent may start a new one on the call.
        var verbs = Verbs.Where(verb => !payment.IsOver || verb.Name != nameof(PaymentDesk.StartAsync)).ToList();
        verbs.Count.ShouldBeGreaterThan(5);

        foreach (var verb in verbs)
        {
            foreach (var stranger in Strangers)
            {
                var (answer, changes) = await WishAsync(verb, stranger, payment);
                answer.ShouldBeOfType<DeskAnswer.Refused>($"{verb.Name} by {stranger.PrincipalName} {string.Join(' ', stranger.Roles)}");
                // A start first creates the document of its call, which exists already, so Sync refuses it.
                if (verb.Name == nameof(PaymentDesk.StartAsync)) changes.RemoveAll(c => c.EndsWith("/Documents", StringComparison.Ordinal));
                changes.ShouldBeEmpty(verb.Name);
            }
        }
        (await desk.Host.Service<CallPayments>().LatestAsync(payment.Call, default)).ShouldBe(payment.Id);
        desk.Host.Service<PaymentStore>().Known(payment.Id).ShouldNotBeNull()
            .ShouldSatisfyAllConditions(p => p.Version.ShouldBe(payment.Version), p => p.Agent.ShouldBe(Owner));
    }

    /// <summary>Checks that the owner's command is accepted. Otherwise the refusals would prove nothing.</summary>
    [Fact]
    public async Task Verbs_OfTheOwner_AreHeard()
    {
        var payment = await desk.KeepAsync(APayment.Ready(), Owner);

        var (answer, changes) =
            await WishAsync(typeof(PaymentDesk).GetMethod(nameof(PaymentDesk.SubmitAsync))!, Agents.Agent(Owner), payment);

        answer.ShouldBeOfType<DeskAnswer.Done>().Payment.Phase.ShouldBe(PaymentPhase.Submitting);
        changes.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Supervisor_LooksAndTakesOver_AndActsOnlyThen()
    {
        var payment = await desk.KeepAsync(APayment.Ready(), Owner);
        var priya = Agents.Supervisor("priya@agentpay.example");

        (await desk.Host.Desk.ReadAsync(priya, payment.Id, default)).ShouldBeOfType<DeskAnswer.Done>();
        (await desk.Host.Desk.CancelAsync(priya.PrincipalName, payment.Id, default)).ShouldBe(DeskAnswer.NotYours);
        (await desk.Host.Desk.TakeOverAsync(priya, payment.Id, default)).ShouldBeOfType<DeskAnswer.Done>();

        (await desk.Host.Desk.SubmitAsync(Owner, payment.Id, default)).ShouldBe(DeskAnswer.NotYours);
        (await desk.Host.Desk.SubmitAsync(priya.PrincipalName, payment.Id, default)).ShouldBeOfType<DeskAnswer.Done>();
    }

    /// <summary>Three commands of the directory change something. <c>ClaimTests</c> tests them. New commands need tests too.</summary>
    [Fact]
    public void Verbs_OfTheCallDirectory_AreThese() =>
        typeof(CallDirectory).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName)
            .Select(method => method.Name)
            .Distinct()
            .ShouldBe(
                [
                    nameof(CallDirectory.RefreshAsync), nameof(CallDirectory.FindAsync), nameof(CallDirectory.ClaimAsync),
                    nameof(CallDirectory.ReleaseAsync), nameof(CallDirectory.HandOverAsync),
                ],
                ignoreOrder: true);

    /// <summary>Returns the answer of the desk, and its write requests to Twilio and Sync.</summary>
    private async Task<(DeskAnswer Answer, List<string> Changes)> WishAsync(MethodInfo verb, CurrentUser who, PaymentSession payment)
    {
        List<string> changes = [];
        desk.Host.Edge.Fault = request =>
        {
            if (request.Method != "GET") lock (changes) changes.Add($"{request.Method} {request.Path}");
            return null;
        };
        var arguments = verb.GetParameters().Select(parameter => ArgumentFor(parameter, who, payment)).ToArray();
        var answer = await (Task<DeskAnswer>)verb.Invoke(desk.Host.Desk, arguments)!;
        await desk.Host.IdleAsync();
        desk.Host.Edge.Fault = _ => null;
        return (answer, changes);
    }

    private static object? ArgumentFor(ParameterInfo parameter, CurrentUser who, PaymentSession payment) => parameter.ParameterType switch
    {
        var type when type == typeof(string) && parameter.Name == "holder" => Owner,
        var type when type == typeof(string) => who.PrincipalName,
        var type when type == typeof(CurrentUser) => who,
        var type when type == typeof(int) || type == typeof(int?) => 9,
        var type when type == typeof(PaymentId) => payment.Id,
        var type when type == typeof(CallSid) => payment.Call,
        var type when type == typeof(PaymentOrder) => new PaymentOrder(payment.Call, Amount: 1),
        var type when type == typeof(CaptureField) => CaptureField.SecurityCode,
        var type when type == typeof(CancellationToken) => CancellationToken.None,
        var type => throw new InvalidOperationException($"Say here what a stranger would send as {type.Name} {parameter.Name}"),
    };
}
