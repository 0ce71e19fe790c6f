using System.Net;
using System.Text.Json;
using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Components.Setup.Checks;

/// <summary>Whether Entra's discovery document is there, and is the tenant's. The client secret shows only when somebody signs in.</summary>
internal sealed class EntraCheck(EntraDiscovery discovery, EntraBackchannel backchannel, IOptions<AzureAdOptions> options) : ICheck
{
    private const string Keys = "AzureAd:Instance, AzureAd:TenantId";

    public string Title(IStringLocalizer<Words> words) => words["Sign-in at Entra ID"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
    {
        try
        {
            using var answer = await backchannel.Http.GetAsync(discovery.Address, cancellation);
            if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
                return Finding.Failed(words["Entra does not know the tenant (status {0}).", (int)answer.StatusCode], words["Check {0}.", Keys]);
            if (!answer.IsSuccessStatusCode) return Finding.Failed(words["Entra answers with status {0}.", (int)answer.StatusCode], words["Check {0}, then try again.", Keys]);
            return Judge(IssuerIn(await answer.Content.ReadAsByteArrayAsync(cancellation)), words);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            var (said, toDo) = Trouble.OfConnection(fault, Keys, words);
            return Finding.Failed(said, toDo);
        }
    }

    private Finding Judge(Uri? issuer, IStringLocalizer<Words> words)
    {
        if (issuer is null) return Finding.Failed(words["What answers there is not Entra: it publishes no issuer."], words["Check {0}.", Keys]);
        var isTenants = issuer.Segments.Any(segment => segment.TrimEnd('/').Equals(options.Value.TenantId, StringComparison.OrdinalIgnoreCase));
        return isTenants
            ? Finding.Good(words["Entra answers, and its issuer is the tenant's."])
            : Finding.Failed(words["Entra answers, but its issuer is that of another tenant."], words["Check {0}.", Keys]);
    }

    private static Uri? IssuerIn(byte[] document)
    {
        try
        {
            return Uri.TryCreate(JsonSerializer.Deserialize<Discovered>(document, JsonSerializerOptions.Web)?.Issuer, UriKind.Absolute, out var issuer) ? issuer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Discovered(string? Issuer);
}
