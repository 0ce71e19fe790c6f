using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.TwilioApi;

/// <summary>What the check of a signature says. Everything but <see cref="Valid"/> is a refusal.</summary>
public enum SignatureVerdict
{
    Valid,
    NoSignature,
    NoToken,
    WrongSignature,
    WrongBody,
}

/// <summary>
/// The signature of Twilio's webhooks, <c>X-Twilio-Signature</c>: HMAC-SHA1 with the account's auth token over the URL and the sorted
/// form parameters (twilio.com/docs/usage/security). Nothing that can be sent makes it throw.
/// </summary>
public static class RequestSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <param name="url">As <see cref="PublicUrl.Of"/> makes it. Twilio may have signed it in another spelling: see <see cref="SignedUrls"/>.</param>
    /// <param name="form">The parameters of a form body, all of them; none for GET.</param>
    /// <param name="signature">The value of the header.</param>
    /// <param name="tokens">The auth token, and the secondary one while it is being rotated; missing and empty ones are passed over.</param>
    public static SignatureVerdict Verify(
        string url, IEnumerable<KeyValuePair<string, StringValues>> form, string? signature, params ReadOnlySpan<string?> tokens)
    {
        if (string.IsNullOrEmpty(signature)) return SignatureVerdict.NoSignature;
        var given = Encoding.UTF8.GetBytes(signature);
        var parameters = Join(form);
        var candidates = SignedUrls.Of(url).ToList();
        var (hasToken, fits) = (false, false);
        foreach (var token in tokens)
        {
            if (string.IsNullOrWhiteSpace(token)) continue;
            hasToken = true;
            foreach (var candidate in candidates) fits |= CryptographicOperations.FixedTimeEquals(given, Compute(token, candidate + parameters));
        }
        return fits ? SignatureVerdict.Valid : hasToken ? SignatureVerdict.WrongSignature : SignatureVerdict.NoToken;
    }

    /// <summary>For a body that is not a form: the URL is signed, and carries the SHA-256 of the body in hexadecimal as <c>bodySHA256</c>.</summary>
    public static SignatureVerdict VerifyBody(string url, ReadOnlySpan<byte> body, string? signature, params ReadOnlySpan<string?> tokens)
    {
        var verdict = Verify(url, [], signature, tokens);
        if (verdict != SignatureVerdict.Valid) return verdict;
        var given = Encoding.UTF8.GetBytes(BodyHash(url));
        var actual = Encoding.UTF8.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body)));
        return CryptographicOperations.FixedTimeEquals(given, actual) ? SignatureVerdict.Valid : SignatureVerdict.WrongBody;
    }

    /// <summary>What Twilio sends in the header.</summary>
    public static string Sign(string url, IEnumerable<KeyValuePair<string, StringValues>> form, string token) =>
        Encoding.ASCII.GetString(Compute(token, url + Join(form)));

    private static byte[] Compute(string token, string text) =>
        Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text))));

    /// <summary>Names in ordinal order, each followed by its value; a name that comes more than once, by each of its different values in order.</summary>
    private static string Join(IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        var byName = form.GroupBy(field => field.Key, field => field.Value, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var group in byName)
        {
            var values = group.SelectMany(value => value.DefaultIfEmpty()).Select(value => value ?? "").Distinct(StringComparer.Ordinal);
            foreach (var value in values.Order(StringComparer.Ordinal)) text.Append(group.Key).Append(value);
        }
        return text.ToString();
    }

    private static string BodyHash(string url)
    {
        const string name = "bodySHA256=";
        var query = url[(url.IndexOf('?') + 1)..];
        return query.Split('&').LastOrDefault(field => field.StartsWith(name, StringComparison.Ordinal))?[name.Length..] ?? "";
    }
}
