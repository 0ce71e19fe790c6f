namespace AgentPay.Web.KeyRing;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Key ring read failed, attempt {Number}: {Problem}. Retrying")]
    public static partial void KeyRingNotRead(this ILogger log, int number, string problem, Exception? bug);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Skipped {Count} keys of the key ring: encrypted with another secret or certificate. Their sessions must sign in again")]
    public static partial void KeysUnreadable(this ILogger log, int count);
}
