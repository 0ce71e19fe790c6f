using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

// Messages contain SIDs and the last three digits of telephone numbers.
// They never contain a UUI: the PBX defines it, and it may hold personal data.
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Inbound call {Call} from {From} to {To}, connecting to the PBX")]
    public static partial void InboundCall(this ILogger log, CallSid call, MaskedNumber from, MaskedNumber to);

    [LoggerMessage(Level = LogLevel.Information, Message = "Outbound call {Call}, dialling {To} with caller ID {CallerId}")]
    public static partial void OutboundCall(this ILogger log, CallSid call, MaskedNumber to, MaskedNumber callerId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Call {Call} has come without a usable UUI in the SIP header {Header} and can be found only by its SIDs")]
    public static partial void WithoutUui(this ILogger log, CallSid call, string header);

    [LoggerMessage(Level = LogLevel.Information, Message = "Call {Call} is being transferred to {Target}")]
    public static partial void Transferred(this ILogger log, CallSid call, string target);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Call {Call} was rejected: {Reason}")]
    public static partial void Rejected(this ILogger log, CallSid call, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "No call found for leg {Leg}")]
    public static partial void UnknownLeg(this ILogger log, CallSid leg);

    [LoggerMessage(Level = LogLevel.Debug, Message = "An item of uuiMap at revision {Revision} is not a call and was ignored")]
    public static partial void Unreadable(this ILogger log, string revision);

    [LoggerMessage(Level = LogLevel.Error, Message = "Handling the end of call {Call} failed; Twilio will send the callback again")]
    public static partial void EndNotHandled(this ILogger log, Exception failure, CallSid call);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading call {Call} from Twilio failed: {Problem}")]
    public static partial void LegNotRead(this ILogger log, CallSid call, string problem);
}
