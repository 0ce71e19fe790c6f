using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>
/// A Sync token of AgentPay's as the bearer of an API call. The principal's name is the token's identity, a user's principal name.
/// A refusal is a kebab-case word: the message of the failure, and a <see cref="SyncBearerRefusal"/> among the request's features.
/// The caller learns nothing but the status: 401, or 503 while Sync has not been reached and no token can be judged.
/// </summary>
internal sealed class SyncBearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SyncTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Identity = "identity";

    private const string NotReady = "sync-not-ready";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<SyncBearerRefusal>() is { Code: NotReady }) SyncTokenEndpoint.AskToComeBack(Response);
        else
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers.WWWAuthenticate = "Bearer";
        }
        return Task.CompletedTask;
    }

    private AuthenticateResult Authenticate()
    {
        if (Request.Headers.Authorization.Count == 0) return Refuse("no-authorization-header");
        if (BearerToken.Read(Request) is not { } token) return Refuse("no-bearer-token");
        try
        {
            var verdict = tokens.Verify(token);
            return verdict.IsValid ? Accept(verdict.Identity) : Refuse(JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.Refusal.Value.ToString()));
        }
        catch (SyncNotReadyException)
        {
            return Refuse(NotReady);
        }
    }

    private AuthenticateResult Accept(string identity)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new(Identity, identity)], Scheme.Name, Identity, roleType: null));
        return AuthenticateResult.Success(new(principal, Scheme.Name));
    }

    private AuthenticateResult Refuse(string code)
    {
        Context.Features.Set(new SyncBearerRefusal(code));
        return AuthenticateResult.Fail(code);
    }
}

/// <summary>Why the Sync token of this request was not accepted, in a kebab-case word: for the log, not for the caller.</summary>
public sealed record SyncBearerRefusal(string Code);
