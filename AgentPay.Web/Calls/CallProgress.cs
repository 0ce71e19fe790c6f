using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>Orders the statuses of a call.</summary>
internal static class CallProgress
{
    private const int Ended = 4;

    public static bool HasEnded(this CallStatus status) => status.Rank() == Ended;

    // A call only moves to a status of a higher rank.
    public static int Rank(this CallStatus status) => status switch
    {
        CallStatus.Unknown => 0,
        CallStatus.Queued => 1,
        CallStatus.Ringing => 2,
        CallStatus.InProgress => 3,
        _ => Ended,
    };
}
