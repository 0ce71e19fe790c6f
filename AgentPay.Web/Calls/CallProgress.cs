using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>The order of a call's states.</summary>
internal static class CallProgress
{
    private const int Ended = 4;

    public static bool HasEnded(this CallStatus status) => status.Rank() == Ended;

    /// <summary>A call never moves to a state of a lower rank, nor between two of the same.</summary>
    public static int Rank(this CallStatus status) => status switch
    {
        CallStatus.Unknown => 0,
        CallStatus.Queued => 1,
        CallStatus.Ringing => 2,
        CallStatus.InProgress => 3,
        _ => Ended,
    };
}
