using System.Security.Cryptography;
using System.Text;

namespace AgentPay.Web.Sandbox.Webhooks;

/// <summary>Computes <c>X-Twilio-Signature</c>: twilio.com/docs/usage/security.</summary>
public static class WebhookSigner
{
    /// <param name="url">Exactly as requested, without fragment and user information.</param>
    /// <param name="form">The POST parameters; empty for GET.</param>
    public static string Sign(string authToken, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        var byName = form.GroupBy(p => p.Key, p => p.Value, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var parameter in byName)
        {
            foreach (var value in parameter.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                text.Append(parameter.Key).Append(value);
        }
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text.ToString())));
    }
}
