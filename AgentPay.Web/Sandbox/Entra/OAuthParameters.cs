using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Sandbox.Entra;

// The parameters of an OAuth request. An empty parameter counts as missing. No parameter may be given twice (RFC 6749, 3.1).
public sealed class OAuthParameters(Func<string, StringValues> values)
{
    public static OAuthParameters OfQuery(HttpRequest request) => new(name => request.Query[name]);

    // A body that is not a form has no parameters.
    public static async Task<OAuthParameters> ReadFormAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return new(_ => StringValues.Empty);
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return new(name => form[name]);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            throw new EntraError("invalid_request", 9002313, "The request body could not be read as a form.");
        }
    }

    public string? Optional(string name)
    {
        var all = values(name);
        if (all.Count > 1) throw new EntraError("invalid_request", 9000411, $"The parameter '{name}' is given more than once.");
        return string.IsNullOrEmpty(all) ? null : all.ToString();
    }

    public string Required(string name) =>
        Optional(name) ?? throw new EntraError("invalid_request", 900144, $"The parameter '{name}' is missing.");

    // Ignores repeated parameters.
    public string? First(string name) => values(name) is [{ Length: > 0 } first, ..] ? first : null;
}
