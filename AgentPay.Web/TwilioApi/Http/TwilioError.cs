using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly.Timeout;

namespace AgentPay.Web.TwilioApi;

/// <summary>Creates a <see cref="TwilioException"/> for a failed request.</summary>
internal static class TwilioError
{
    private const int LongestMessage = 300;

    public static string? RequestId(this HttpResponseMessage response) =>
        response.Headers.TryGetValues("Twilio-Request-Id", out var values) ? values.FirstOrDefault() : null;

    /// <summary>Whether the fault is a failed connection or a timeout, so that there is no usable answer.</summary>
    public static bool IsTransportFault(Exception fault) => fault is HttpRequestException or IOException or TimeoutRejectedException;

    public static TwilioException NoAnswer(TwilioRequest request, HttpRequestMessage message, Exception fault)
    {
        var what = fault is TimeoutRejectedException ? "was not answered in time" : "could not be sent or answered";
        return new($"{request.Method} {request.Route} {what}", fault) { IsAmbiguous = RetryHandler.IsAmbiguous(message) };
    }

    public static async Task<TwilioException> RefusedAsync(
        TwilioRequest request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var error = Read(await response.Content.ReadAsByteArrayAsync(cancellation));
        var code = error.Code?.ToString(CultureInfo.InvariantCulture) ?? "no Twilio code";
        var detail = error.Message is { } text ? $": {text[..Math.Min(text.Length, LongestMessage)]}" : "";
        return new($"{request.Method} {request.Route} was answered {(int)response.StatusCode} ({code}){detail}")
        {
            Status = response.StatusCode,
            Code = error.Code,
            RequestId = response.RequestId(),
            RetryAfter = RetryAfter(response.Headers),
            IsAmbiguous = RetryHandler.IsAmbiguous(response.RequestMessage!),
        };
    }

    /// <summary>A success status with an unreadable body: the request has probably taken effect.</summary>
    public static TwilioException Unreadable(TwilioRequest request, HttpResponseMessage response, JsonException fault) =>
        new($"{request.Method} {request.Route} was answered {(int)response.StatusCode} with a body that is not as documented", fault)
        {
            Status = response.StatusCode,
            RequestId = response.RequestId(),
            IsAmbiguous = true,
        };

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - headers.Date;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

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
