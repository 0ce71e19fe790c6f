using System.Security.Cryptography;
using System.Text.Json;

namespace AgentPay.Web.Sandbox.Pay;

// An unparsed request to the Payments API. Path starts at /2010-04-01.
public sealed record PayRequest(string CallSid, string Path, IFormCollection Form)
{
    // Identical for requests with the same path and form, in any order of the fields. The form contains the idempotency key.
    public string Fingerprint()
    {
        var content = Form
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => new { field.Key, Values = field.Value.ToArray() });
        return Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Path, content })));
    }
}
