using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace AgentPay.Web.Identity;

/// <summary>What becomes of a sign-in when the browser is back from Entra.</summary>
internal sealed class SignInEvents(Sessions sessions, ILogger<SignInEvents> log) : OAuthEvents
{
    public override Task TicketReceived(TicketReceivedContext context)
    {
        sessions.Begin(context.Principal!);
        return Task.CompletedTask;
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HttpContext.Deny(DeniedReason.Cancelled);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HttpContext.Deny(ReasonOf(context.Failure), log, context.Failure);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static string ReasonOf(Exception? failure) => failure switch
    {
        SignInRefusedException { Message: EntraVerdict.Expired or EntraVerdict.NotYetValid } => DeniedReason.WrongClock,
        SignInRefusedException => DeniedReason.TokenRefused,
        EntraUnreachableException or HttpRequestException or OperationCanceledException => DeniedReason.EntraUnreachable,
        { Data: var said } when said.Contains("error") => DeniedReason.EntraRefused,
        _ => DeniedReason.SignInFailed,
    };
}
