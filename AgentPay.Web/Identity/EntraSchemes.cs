using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AgentPay.Web.Identity;

/// <summary>Registers sign-in and access tokens with Microsoft.Identity.Web, and makes its defaults stricter.</summary>
internal static class EntraSchemes
{
    public static void AddEntra(this AuthenticationBuilder authentication)
    {
        RefuseAppServiceAuthentication();
        // The first token with a new key waits until the keys are fetched. By default (IdentityModel 8.8.0) it is refused in the meantime.
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);
        var services = authentication.Services;
        // The library's options are not bound to their section: AzureAdOptions trims, validates and resolves the values first.
        authentication.AddMicrosoftIdentityWebApp(
            _ => { }, options => options.EventsType = typeof(SessionEvents), IdentitySchemes.SignIn, IdentitySchemes.Session);
        authentication.AddMicrosoftIdentityWebApi(_ => { }, _ => { }, IdentitySchemes.EntraBearer);
        foreach (var scheme in (string[])[IdentitySchemes.SignIn, IdentitySchemes.EntraBearer])
            services.AddOptions<MicrosoftIdentityOptions>(scheme).Configure<IdentityAddresses, IOptions<AzureAdOptions>>(
                (options, addresses, azureAd) =>
                    (options.Authority, options.ClientId) = (addresses.Authority.AbsoluteUri, azureAd.Value.ClientId));
        // Replaces the library's handler, OpenIdConnectHandler.
        services.AddTransient<SignInHandler>();
        services.Configure<AuthenticationOptions>(options => options.SchemeMap[IdentitySchemes.SignIn].HandlerType = typeof(SignInHandler));
        services.AddOptions<OpenIdConnectOptions>(IdentitySchemes.SignIn)
            .Configure<IdentityAddresses, IOptions<AzureAdOptions>, EntraDiscovery, EntraBackchannel, TimeProvider>(ConfigureSignIn);
        services.AddOptions<JwtBearerOptions>(IdentitySchemes.EntraBearer)
            .Configure<IOptions<AzureAdOptions>, EntraDiscovery, TimeProvider>(ConfigureBearer);
    }

    // With App Service authentication, the library accepts an ID token in a header without checking its signature.
    private static void RefuseAppServiceAuthentication()
    {
        if (AppServicesAuthenticationInformation.IsAppServicesAadAuthenticationEnabled)
            throw new OptionsValidationException(AzureAdOptions.Section, typeof(AzureAdOptions), [
                "WEBSITE_AUTH_ENABLED is set: App Service authentication is on. AgentPay signs people in itself; "
                + "remove the identity provider in the Azure portal under App Service > Authentication."]);
    }

    private static void ConfigureSignIn(
        OpenIdConnectOptions options,
        IdentityAddresses addresses,
        IOptions<AzureAdOptions> azureAd,
        EntraDiscovery discovery,
        EntraBackchannel backchannel,
        TimeProvider clock)
    {
        options.ConfigurationManager = discovery.Configuration;
        options.Backchannel = backchannel.Http;
        options.EventsType = typeof(SignInEvents);
        options.MapInboundClaims = false;
        options.ClientId = azureAd.Value.ClientId;
        options.CallbackPath = azureAd.Value.CallbackPath;
        options.SignedOutCallbackPath = azureAd.Value.SignedOutCallbackPath;
        // Front-channel sign-out is not used: a link to its path would end a session.
        options.RemoteSignOutPath = default;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("profile");
        options.DisableTelemetry = true;
        options.TokenHandler = new EntraTokenHandler();
        EntraTokens.Configure(options.TokenValidationParameters, clock);
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            // The callback is a GET, for which Lax is enough. Unlike None, Lax works on http://localhost in every browser.
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = addresses.CookiePolicy;
        }
    }

    private static void ConfigureBearer(
        JwtBearerOptions options, IOptions<AzureAdOptions> azureAd, EntraDiscovery discovery, TimeProvider clock)
    {
        var (tenant, clientId, audience) = (azureAd.Value.TenantId, azureAd.Value.ClientId!, azureAd.Value.Audience);
        options.ConfigurationManager = discovery.Configuration;
        options.SaveToken = false;
        options.EventsType = typeof(EntraBearerEvents);
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new EntraTokenHandler());
        options.TokenValidationParameters.AudienceValidator = null;
        string?[] audiences = [clientId, $"api://{clientId}", audience];
        options.TokenValidationParameters.ValidAudiences = audiences.OfType<string>();
        // The issuers of version 1.0 tokens, the default of a new app registration. The second is for Azure China. Discovery names the
        // issuer of version 2.0.
        options.TokenValidationParameters.ValidIssuers = [$"https://sts.windows.net/{tenant}/", $"https://sts.chinacloudapi.cn/{tenant}/"];
        EntraTokens.Configure(options.TokenValidationParameters, clock);
    }
}
