using System.Globalization;

namespace AgentPay.Web.Sandbox.Entra;

// An error response of Entra ID, written as JSON, as a page, or as a redirect. error: the OAuth error (RFC 6749, 4.1.2.1 and 5.2). code:
// Entra's own number (learn.microsoft.com/entra/identity-platform/reference-error-codes).
public sealed class EntraError(string error, int code, string message) : Exception(message)
{
    private readonly string _traceId = Guid.NewGuid().ToString();
    private readonly string _correlationId = Guid.NewGuid().ToString();

    public string Error { get; } = error;

    public int Status => Error == "invalid_client" ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest;

    public string Description(DateTimeOffset at) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"AADSTS{code}: {Message} Trace ID: {_traceId} Correlation ID: {_correlationId} Timestamp: {Timestamp(at)}");

    public IResult AsJson(DateTimeOffset at) => Results.Json(
        new
        {
            error = Error,
            error_description = Description(at),
            error_codes = new[] { code },
            timestamp = Timestamp(at),
            trace_id = _traceId,
            correlation_id = _correlationId,
            error_uri = string.Create(CultureInfo.InvariantCulture, $"https://login.microsoftonline.com/error?code={code}"),
        },
        statusCode: Status);

    private static string Timestamp(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
