using System.Net;
using System.Text.Json;
using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.SelfTest;

/// <summary>
/// Checks that Entra's discovery document is the tenant's, and that the client credential can be loaded. Only a sign-in shows whether Entra
/// accepts the credential.
/// </summary>
internal sealed class EntraCheck(
    IdentityAddresses addresses, EntraBackchannel backchannel, ClientCredential credential, IOptions<AzureAdOptions> options,
    TimeProvider clock) : ICheck
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
                return Failed(words["Entra does not know the tenant (status {0}).", (int)answer.StatusCode], words);
            if (!answer.IsSuccessStatusCode)
                return Failed(words["Entra answers with status {0}.", (int)answer.StatusCode], words);
            var entra = Judge(IssuerIn(await answer.Content.ReadAsByteArrayAsync(cancellation)), words);
            return entra.Verdict == Verdict.Good ? await JudgeCredentialAsync(entra.Message, words) : entra;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            return RequestProblem.ForConnection(fault, Keys, words);
        }
    }

    private Finding Judge(Uri? issuer, IStringLocalizer<Words> words)
    {
        if (issuer is null) return Failed(words["The answer is not Entra's: it has no issuer."], words);
        var (path, tenant) = (issuer.Segments, options.Value.TenantId);
        var isTenants = path.Any(segment => segment.TrimEnd('/').Equals(tenant, StringComparison.OrdinalIgnoreCase));
        return isTenants
            ? Finding.Good(words["Entra answers, and its issuer is the tenant's."])
            : Failed(words["Entra answers, but its issuer is that of another tenant."], words);
    }

    private static Finding Failed(string message, IStringLocalizer<Words> words) =>
        Finding.Failed(message, words["Check {0}, then try again.", Keys]);

    private async Task<Finding> JudgeCredentialAsync(string soFar, IStringLocalizer<Words> words)
    {
        if (await credential.LoadAsync() is not { } loaded)
            return Finding.Failed(
                words["No certificate or managed identity of {0} can be loaded.", Credentials],
                words["Check {0}. The log has details.", Credentials]);
        if (loaded.Certificate is not { } certificate) return Finding.Good(soFar);
        var expiry = new DateTimeOffset(certificate.NotAfter);
        var until = words["{0} The certificate expires on {1:d}.", soFar, expiry];
        return expiry < clock.GetUtcNow() + RenewalTime
            ? Finding.Warning(until, words["Renew it, and upload the new one to the app registration first."])
            : Finding.Good(until);
    }

    private static Uri? IssuerIn(byte[] document)
    {
        try
        {
            var text = JsonSerializer.Deserialize<Discovered>(document, JsonSerializerOptions.Web)?.Issuer;
            return Uri.TryCreate(text, UriKind.Absolute, out var issuer) ? issuer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Discovered(string? Issuer);
}
