using AgentPay.Web.Payments;

namespace AgentPay.Web.Board;

/// <summary>Why a supervisor should look at a row of the board. The board lists the rows in this order.</summary>
public enum Attention
{
    /// <summary>The customer may have been charged, and nobody has closed the check.</summary>
    NeedsChecking,

    /// <summary>
    /// The last payment on a live call failed, Twilio refused a request, or the caller has been asked for a field
    /// <see cref="Attentions.ManyAttempts"/> times.
    /// </summary>
    Failing,

    /// <summary>The payment has been in its phase for longer than usual.</summary>
    Stalled,

    None,
}

/// <summary>Decides which payments need attention.</summary>
public static class Attentions
{
    public const int ManyAttempts = 3;

    /// <param name="isCallLive">Whether the payment's call is still in progress.</param>
    /// <param name="now">UTC.</param>
    public static Attention Of(BoardPayment? payment, bool isCallLive, DateTimeOffset now) => payment switch
    {
        null => Attention.None,
        { Result: ResultKind.Unknown } => Attention.NeedsChecking,
        { Result: ResultKind.Failed } => isCallLive ? Attention.Failing : Attention.None,
        { Result: not null } => Attention.None,
        { IsRefused: true } or { Attempts: >= ManyAttempts } => Attention.Failing,
        _ when now - payment.PhaseSince >= UsualTime(payment.Phase) => Attention.Stalled,
        _ => Attention.None,
    };

    /// <summary>The time after which a payment in the phase counts as stalled.</summary>
    public static TimeSpan UsualTime(PaymentPhase phase) => phase switch
    {
        PaymentPhase.Starting => TimeSpan.FromSeconds(15),
        PaymentPhase.Capturing => TimeSpan.FromMinutes(3),
        PaymentPhase.Ready => TimeSpan.FromMinutes(2),
        PaymentPhase.Confirming => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromSeconds(20),
    };
}
