namespace AgentPay.Web.Identity;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in failed: {Reason}. Reference {Reference}")]
    public static partial void SignInFailed(this ILogger log, string reason, string reference, Exception? failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-out at Entra ID failed: not reachable. The session at Entra continues")]
    public static partial void SignOutStayedLocal(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request to Entra ID failed ({Path}): {Problem}")]
    public static partial void EntraNotReached(this ILogger log, string path, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Loading AzureAd:ClientCredentials failed: none of them can be used")]
    public static partial void CredentialNotLoaded(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Entra ID answered {Path} with status {Status}")]
    public static partial void EntraFailed(this ILogger log, string path, int status);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sync token issued to {PrincipalName}")]
    public static partial void SyncTokenIssued(this ILogger log, string principalName);
}
