using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly.Timeout;

namespace AgentPay.Web.TwilioApi;

/// <summary>Makes a <see cref="TwilioException"/> of a failed request.</summary>
internal static class TwilioError
{
    private const int LongestWords = 300;

    public static string? RequestId(this HttpResponseMessage response) =>
        response.Headers.TryGetValues("Twilio-Request-Id", out var values) ? values.FirstOrDefault() : null;

    /// <summary>Whether the fault means that no usable answer came.</summary>
    public static bool IsTransportFault(Exception fault) => fault is HttpRequestException or IOException or TimeoutRejectedException;

    public static TwilioException NoAnswer(TwilioRequest request, HttpRequestMessage message, Exception fault)
    {
        var what = fault is TimeoutRejectedException ? "was not answered in time" : "could not be sent or answered";
        return new($"{request.Method} {request.Route} {what}", fault) { IsAmbiguous = RetryHandler.IsAmbiguous(message) };
    }

    public static async Task<TwilioException> RefusedAsync(TwilioRequest request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var error = Read(await response.Content.ReadAsByteArrayAsync(cancellation));
        var code = error.Code?.ToString(CultureInfo.InvariantCulture) ?? "no Twilio code";
        var words = error.Message is { } text ? $": {text[..Math.Min(text.Length, LongestWords)]}" : "";
        return new($"{request.Method} {request.Route} was answered {(int)response.StatusCode} ({code}){words}")
        {
            Status = response.StatusCode,
            Code = error.Code,
            RequestId = response.RequestId(),
            RetryAfter = RetryAfter(response.Headers),
            IsAmbiguous = RetryHandler.IsAmbiguous(response.RequestMessage!),
        };
    }

    /// <summary>A success whose body cannot be read: the request has probably taken effect.</summary>
    public static TwilioException Unreadable(TwilioRequest request, HttpResponseMessage response, JsonException fault) =>
        new($"{request.Method} {request.Route} was answered {(int)response.StatusCode} with a body that is not as documented", fault)
        {
            Status = response.StatusCode,
            RequestId = response.RequestId(),
            IsAmbiguous = true,
        };

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers) => (headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - headers.Date) switch
    {
        { } wait when wait < TimeSpan.Zero => TimeSpan.Zero,
        var wait => wait,
    };

    // Gateways in front of Twilio answer 502 and 503 in HTML.
    private static ErrorBody Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<ErrorBody>(body, WireJson.Options) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }

    private sealed record ErrorBody
    {
        public int? Code { get; init; }
        public string? Message { get; init; }
    }
}
