using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>
/// Sign-in at Entra ID by OpenID Connect: authorization code with PKCE and nonce (openid.net/specs/openid-connect-core-1_0.html).
/// OAuthHandler brings state, correlation, PKCE and the code exchange; the rest is here.
/// </summary>
internal sealed class SignInHandler(
    IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, EntraDiscovery discovery, EntraTokens tokens, IdentityAddresses addresses)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    private const string NonceKey = ".nonce";

    public override Task<bool> HandleRequestAsync()
    {
        if (!addresses.IsSignedOutCallback(Request)) return base.HandleRequestAsync();
        Response.Redirect(Request.PathBase + IdentityAddresses.SignedOut);
        return Task.FromResult(true);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!Request.IsNavigation())
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        // The one place where the way back is set: from here on it travels encrypted.
        properties.RedirectUri = LocalUrl.OrHome(properties.RedirectUri ?? OriginalPathBase + OriginalPath + Request.QueryString);
        if (Request.IsInFrame())
        {
            Response.Redirect(QueryHelpers.AddQueryString(OriginalPathBase + IdentityAddresses.SignInFromFrame, "returnUrl", properties.RedirectUri));
            return;
        }
        try
        {
            Options.AuthorizationEndpoint = (await discovery.GetAsync(Context.RequestAborted)).AuthorizationEndpoint;
        }
        catch (EntraUnreachableException failure)
        {
            Context.Deny(DeniedReason.EntraUnreachable, Logger, failure);
            return;
        }
        await base.HandleChallengeAsync(properties);
    }

    /// <summary>An error comes back in the address, in words that anybody can put there: they are logged in one line.</summary>
    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        var result = await base.HandleRemoteAuthenticateAsync();
        if (result.Failure is not { } failure || OneLine.Is(failure.Message)) return result;
        var readable = new AuthenticationFailureException(OneLine.Of(failure.Message));
        if (failure.Data.Contains("error")) readable.Data["error"] = true;
        return HandleRequestResult.Fail(readable, result.Properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        // Goes into the state, which is encrypted and bound to this browser by the correlation cookie.
        properties.Items[NonceKey] = nonce;
        return QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, addresses.SignInCallback(Request)), "nonce", nonce);
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        Options.TokenEndpoint = (await discovery.GetAsync(Context.RequestAborted)).TokenEndpoint;
        return await base.ExchangeCodeAsync(new(context.Properties, context.Code, addresses.SignInCallback(Request)));
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        properties.Items.Remove(NonceKey, out var nonce);
        var principal = await CheckIdTokenAsync(tokens, nonce);
        return new(principal, properties, Scheme.Name);
    }

    private async Task<ClaimsPrincipal> CheckIdTokenAsync(OAuthTokenResponse answer, string? nonce)
    {
        var idToken = answer.Response!.RootElement.TryGetProperty("id_token", out var text) ? text.GetString() : null;
        if (idToken is null) throw new SignInRefusedException("no-id-token");
        var verdict = await tokens.CheckAsync(idToken, [Options.ClientId], Context.RequestAborted);
        if (!verdict.IsValid) throw new SignInRefusedException(verdict.Refusal);
        if (nonce is null || EntraClaims.TextOf(verdict.Token, "nonce") != nonce) throw new SignInRefusedException("wrong-nonce");
        return EntraClaims.PrincipalOf(verdict.Token, Scheme.Name);
    }
}
