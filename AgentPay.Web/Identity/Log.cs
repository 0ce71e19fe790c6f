namespace AgentPay.Web.Identity;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in failed: {Reason}. Reference {Reference}")]
    public static partial void SignInFailed(this ILogger log, string reason, string reference, Exception? failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Entra ID could not be reached at a sign-out; the session at Entra continues")]
    public static partial void SignOutStayedLocal(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Entra ID could not be reached ({Path}): {Problem}")]
    public static partial void EntraNotReached(this ILogger log, string path, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "None of AzureAd:ClientCredentials could be loaded")]
    public static partial void CredentialNotLoaded(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Entra ID answered {Path} with status {Status}")]
    public static partial void EntraFailed(this ILogger log, string path, int status);

    [LoggerMessage(Level = LogLevel.Information, Message = "Issued a Sync token to {PrincipalName}")]
    public static partial void SyncTokenIssued(this ILogger log, string principalName);
}
