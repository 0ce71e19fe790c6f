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
/// Verifies <c>X-Twilio-Signature</c>, the signature of Twilio's webhooks: an HMAC-SHA1 of the URL and the sorted form parameters. The key
/// is the account's auth token (twilio.com/docs/usage/security). No request makes it throw. The SDK's RequestValidator is not used: it
/// refuses repeated parameters and some ports, throws on an empty signature, and accepts signatures made with an empty token.
/// </summary>
public static class RequestSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <param name="url">The result of <see cref="PublicUrl.Of"/>. All spellings in <see cref="SignedUrls"/> are tried.</param>
    /// <param name="form">All parameters of the form body; empty for GET.</param>
    /// <param name="signature">The value of the header.</param>
    /// <param name="tokens">The auth token, and the secondary one during a rotation. Missing and empty tokens are skipped.</param>
    public static SignatureVerdict Verify(
        string url, IEnumerable<KeyValuePair<string, StringValues>> form, string? signature, params ReadOnlySpan<string?> tokens)
    {
        if (string.IsNullOrEmpty(signature)) return SignatureVerdict.NoSignature;
        var given = Encoding.UTF8.GetBytes(signature);
        var parameters = Join(form);
        var hasToken = false;
        // Twilio usually signs the URL as received, so the other spellings are computed only if that signature does not match.
        foreach (var candidate in SignedUrls.Of(url))
        {
            foreach (var token in tokens)
            {
                if (string.IsNullOrWhiteSpace(token)) continue;
                hasToken = true;
                if (CryptographicOperations.FixedTimeEquals(given, Compute(token, candidate + parameters))) return SignatureVerdict.Valid;
            }
        }
        return hasToken ? SignatureVerdict.WrongSignature : SignatureVerdict.NoToken;
    }

    /// <summary>Computes the value of the header.</summary>
    public static string Sign(string url, IEnumerable<KeyValuePair<string, StringValues>> form, string token) =>
        Encoding.ASCII.GetString(Compute(token, url + Join(form)));

    private static byte[] Compute(string token, string text)
    {
        var hash = HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text));
        return Encoding.ASCII.GetBytes(Convert.ToBase64String(hash));
    }

    // Names are in ordinal order, each followed by its value. A repeated name appears once with each of its distinct, sorted values.
    private static string Join(IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        var fields = form.ToArray();
        Array.Sort(fields, static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        var text = new StringBuilder();
        for (var (first, next) = (0, 0); first < fields.Length; first = next)
        {
            var name = fields[first].Key;
            while (next < fields.Length && fields[next].Key == name) next++;
            if (next == first + 1 && fields[first].Value.Count == 1) text.Append(name).Append(fields[first].Value[0]);
            else foreach (var value in ValuesOf(fields[first..next])) text.Append(name).Append(value);
        }
        return text.ToString();
    }

    private static IEnumerable<string> ValuesOf(IEnumerable<KeyValuePair<string, StringValues>> fields) => fields
        .SelectMany(field => field.Value.DefaultIfEmpty())
        .Select(value => value ?? "")
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);
}
