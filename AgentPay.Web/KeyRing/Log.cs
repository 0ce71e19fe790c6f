namespace AgentPay.Web.KeyRing;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The key ring could not be read from Sync at try {Number}: {Problem}. It will be tried again")]
    public static partial void KeyRingNotRead(this ILogger log, int number, string problem, Exception? bug);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} keys of the key ring were encrypted by another secret or certificate and are left out: sessions under them have to sign in again")]
    public static partial void KeysUnreadable(this ILogger log, int count);
}
