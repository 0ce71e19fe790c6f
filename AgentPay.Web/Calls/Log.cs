using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>SIDs in full, telephone numbers by their last three digits, a UUI never: it is somebody else's, and may be personal.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Call {Call} from {From} to {To} goes to the PBX")]
    public static partial void CameIn(this ILogger log, CallSid call, MaskedNumber from, MaskedNumber to);

    [LoggerMessage(Level = LogLevel.Information, Message = "Call {Call} of the PBX goes to {To} as {CallerId}")]
    public static partial void GoesOut(this ILogger log, CallSid call, MaskedNumber to, MaskedNumber callerId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Call {Call} has come without a usable UUI in the SIP header {Header}, so it can be found by its SIDs only")]
    public static partial void Unlinked(this ILogger log, CallSid call, string header);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Call {Call} was rejected: {Reason}")]
    public static partial void Rejected(this ILogger log, CallSid call, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Leg {Leg} belongs to no call that is known here")]
    public static partial void UnknownLeg(this ILogger log, CallSid leg);

    [LoggerMessage(Level = LogLevel.Debug, Message = "An item of uuiMap at revision {Revision} is not a call, and is passed over")]
    public static partial void Unreadable(this ILogger log, string revision);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of call {Call} could not be dealt with; Twilio is asked to report it again")]
    public static partial void EndNotHandled(this ILogger log, Exception failure, CallSid call);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Twilio could not be asked about call {Call}: {Problem}")]
    public static partial void NotAsked(this ILogger log, CallSid call, string problem);
}
