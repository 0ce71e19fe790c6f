using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.TwilioApi;

/// <summary>The result of a signature check. Everything but <see cref="Valid"/> is a refusal.</summary>
public enum SignatureVerdict
{
    Valid,
    NoSignature,
    NoToken,
    WrongSignature,
}

/// <summary>
/// The signature of Twilio's webhooks, <c>X-Twilio-Signature</c>: HMAC-SHA1 with the account's auth token over the URL and the sorted
/// form parameters (twilio.com/docs/usage/security). No request makes it throw. The SDK's RequestValidator is not used: it refuses repeated
/// parameters and some ports, throws on an empty signature, and accepts signatures made with an empty token.
/// </summary>
public static class RequestSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <param name="url">As <see cref="PublicUrl.Of"/> makes it. Twilio may have signed it in another spelling: see <see cref="SignedUrls"/>.</param>
    /// <param name="form">The parameters of a form body, all of them; none for GET.</param>
    /// <param name="signature">The value of the header.</param>
    /// <param name="tokens">The auth token, and the secondary one during a rotation; missing and empty ones are skipped.</param>
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

    /// <summary>What Twilio sends in the header.</summary>
    public static string Sign(string url, IEnumerable<KeyValuePair<string, StringValues>> form, string token) =>
        Encoding.ASCII.GetString(Compute(token, url + Join(form)));

    private static byte[] Compute(string token, string text) =>
        Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text))));

    /// <summary>Names in ordinal order, each followed by its value; a repeated name once for each of its distinct values, in order.</summary>
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
}
