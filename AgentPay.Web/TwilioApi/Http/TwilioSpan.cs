using System.Diagnostics;

namespace AgentPay.Web.TwilioApi;

/// <summary>The trace span of a request, including its retries. It has the method, route and SIDs, but no names, keys or bodies.</summary>
internal static class TwilioSpan
{
    private static readonly ActivitySource Source = new("AgentPay.Twilio");

    /// <summary>Null when traces are not collected.</summary>
    public static Activity? Begin(TwilioRequest request, HttpRequestMessage message)
    {
        if (!Source.HasListeners()) return null;
        var span = Source.StartActivity($"{request.Method} {request.Template}", ActivityKind.Client);
        span?.SetTag("http.request.method", request.Method.Method);
        span?.SetTag("url.template", request.Template);
        span?.SetTag("server.address", message.RequestUri!.Host);
        span?.SetTag("twilio.route", request.Route);
        return span;
    }

    public static void Answered(this Activity? span, HttpResponseMessage response)
    {
        span?.SetTag("http.response.status_code", (int)response.StatusCode);
        span?.SetTag("twilio.request_id", response.RequestId());
        if (!response.IsSuccessStatusCode) span?.SetStatus(ActivityStatusCode.Error);
    }

    public static void NotAnswered(this Activity? span, Exception fault) =>
        span?.SetTag("error.type", fault.GetType().Name).SetStatus(ActivityStatusCode.Error);
}
