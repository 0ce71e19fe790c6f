namespace AgentPay.Web.Identity;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in failed: {Reason}. Reference {Reference}")]
    public static partial void SignInFailed(this ILogger log, string reason, string reference, Exception? failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Entra ID could not be reached at a sign-out; the session there goes on")]
    public static partial void SignOutStayedLocal(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Entra ID's endpoints and keys could not be renewed; the known ones are used on")]
    public static partial void DiscoveryFailed(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Issued a Sync token to {PrincipalName}")]
    public static partial void SyncTokenIssued(this ILogger log, string principalName);
}
