using System.Security.Cryptography;
using System.Text.Json;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>A request to the Payments API, before it is understood.</summary>
/// <param name="Path">From <c>/2010-04-01</c> on.</param>
public sealed record PayRequest(string CallSid, string Path, IFormCollection Form)
{
    /// <summary>The same for two requests with the same path and the same form, whose order does not matter; the form has the idempotency key in it.</summary>
    public string Fingerprint()
    {
        var content = Form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => new { field.Key, Values = field.Value.ToArray() });
        return Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Path, content })));
    }
}
