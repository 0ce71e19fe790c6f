using System.Globalization;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Load;

/// <summary>Creates payments for the board inside an AgentPay process. They are stored in Sync only.</summary>
internal static class BoardLoad
{
    private static readonly List<PaymentId> Payments = [];

    /// <summary>Stores a payment on the call.</summary>
    public static async Task PayAsync(HttpContext context)
    {
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        var call = CallSid.Parse(context.Request.Query["call"]!);
        var plan = new PaymentPlan("Shop", "Default", 42.50m, "AUD", null, [CaptureField.PaymentCardNumber], Reference: "INV-1");
        var session = PaymentSession.Start(PaymentId.New(clock.GetUtcNow()), "ben@agentpay.example", call, null, plan,
            clock.GetUtcNow()) with
        {
            Phase = PaymentPhase.Ready,
            Pending = null,
        };
        await Store(context).CreateAsync(session, context.RequestAborted);
        Payments.Add(session.Id);
    }

    /// <summary>
    /// Changes the phase of one payment after another, at a rate, for a time. Only the first <c>rows</c> of them change; with 0, time
    /// passes.
    /// </summary>
    public static async Task ChangeAsync(HttpContext context)
    {
        var (store, clock) = (Store(context), context.RequestServices.GetRequiredService<TimeProvider>());
        var (rows, changes, perSecond) = (Number(context, "rows"), Number(context, "changes"), Number(context, "perSecond"));
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1d / perSecond));
        for (var change = 0; change < changes && await timer.WaitForNextTickAsync(context.RequestAborted); change++)
        {
            if (rows == 0) continue;
            await store.ChangeAsync(Payments[change % rows], session => session! with
            {
                Phase = session.Phase == PaymentPhase.Ready ? PaymentPhase.Confirming : PaymentPhase.Ready,
                PhaseSince = clock.GetUtcNow(),
            }, confirms: false, context.RequestAborted);
        }
    }

    private static PaymentStore Store(HttpContext context) => context.RequestServices.GetRequiredService<PaymentStore>();

    private static int Number(HttpContext context, string name) => int.Parse(context.Request.Query[name]!, CultureInfo.InvariantCulture);
}
