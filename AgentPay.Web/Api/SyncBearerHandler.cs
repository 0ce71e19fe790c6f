using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Api;

/// <summary>
/// Authenticates API requests with a Sync token as the bearer token. The principal's name is the identity of the token: the principal
/// name of a user. The message of a failure is a kebab-case code. The client gets only a status: 401, or 503 until Sync has been reached.
/// </summary>
internal sealed class SyncBearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SyncTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Identity = "identity";

    private const string NotReady = "sync-not-ready";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        if (result.Failure?.Message == NotReady) SyncTokenEndpoint.SetSyncNotReady(Response);
        else
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers.WWWAuthenticate = "Bearer";
        }
    }

    private AuthenticateResult Authenticate()
    {
        if (Request.Headers.Authorization.Count == 0) return AuthenticateResult.Fail("no-authorization-header");
        if (BearerToken.Read(Request) is not { } token) return AuthenticateResult.Fail("no-bearer-token");
        try
        {
            var verdict = tokens.Verify(token);
            return verdict.IsValid
                ? Accept(verdict.Identity)
                : AuthenticateResult.Fail(JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.Refusal.Value.ToString()));
        }
        catch (SyncNotReadyException)
        {
            return AuthenticateResult.Fail(NotReady);
        }
    }

    private AuthenticateResult Accept(string identity)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new(Identity, identity)], Scheme.Name, Identity, roleType: null));
        return AuthenticateResult.Success(new(principal, Scheme.Name));
    }
}
