using System.Net;
using System.Text.Json;
using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Components.Setup.Checks;

/// <summary>Whether Entra's discovery document is there and is the tenant's, and whether the client credential can be loaded. Only a sign-in shows whether Entra accepts it.</summary>
internal sealed class EntraCheck(IdentityAddresses addresses, EntraBackchannel backchannel, ClientCredential credential, IOptions<AzureAdOptions> options, TimeProvider clock) : ICheck
{
    private const string Keys = "AzureAd:Instance, AzureAd:TenantId";
    private const string Credentials = "AzureAd:ClientCredentials";

    private static readonly TimeSpan RenewalTime = TimeSpan.FromDays(30);

    public string Title(IStringLocalizer<Words> words) => words["Sign-in at Entra ID"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
    {
        try
        {
            using var answer = await backchannel.Http.GetAsync(addresses.Discovery, cancellation);
            if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
                return Finding.Failed(words["Entra does not know the tenant (status {0}).", (int)answer.StatusCode], words["Check {0}.", Keys]);
            if (!answer.IsSuccessStatusCode) return Finding.Failed(words["Entra answers with status {0}.", (int)answer.StatusCode], words["Check {0}, then try again.", Keys]);
            var entra = Judge(IssuerIn(await answer.Content.ReadAsByteArrayAsync(cancellation)), words);
            return entra.Verdict == Verdict.Good ? await JudgeCredentialAsync(entra.Said, words) : entra;
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

    private async Task<Finding> JudgeCredentialAsync(string said, IStringLocalizer<Words> words)
    {
        if (await credential.LoadAsync() is not { } loaded)
            return Finding.Failed(words["No certificate or managed identity of {0} can be loaded.", Credentials], words["Check {0}; the log has the details.", Credentials]);
        if (loaded.Certificate is not { } certificate) return Finding.Good(said);
        var expiry = new DateTimeOffset(certificate.NotAfter);
        var until = words["{0} The certificate expires on {1:d}.", said, expiry];
        if (expiry < clock.GetUtcNow() + RenewalTime) return Finding.Warning(until, words["Renew it, and upload the new one to the app registration first."]);
        return Finding.Good(until);
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
