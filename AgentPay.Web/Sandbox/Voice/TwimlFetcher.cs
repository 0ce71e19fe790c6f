using AgentPay.Web.Sandbox.Webhooks;
using Microsoft.AspNetCore.Hosting.Server;

namespace AgentPay.Web.Sandbox.Voice;

// The fallback URL of a call.
internal sealed record Fallback(string Url, string Method = "POST");

// Fetches TwiML by webhook.
// If that fails, tries the fallback URL; if that fails too, returns TwiML that says an error message and hangs up.
internal sealed class TwimlFetcher(WebhookSender sender, IServer server, TimeProvider clock)
{
    private static readonly TwimlDocument ErrorMessage =
        TwimlDocument.Parse("<Response><Say>Sorry, an application error occurred. Goodbye.</Say><Hangup/></Response>", null).Document!;

    public async Task<TwimlDocument> FetchAsync(Leg leg, TwimlSource source, Fallback? fallback, CancellationToken cancellation)
    {
        if (source.Fetched is { } fetched) return fetched;
        var (document, code) = await TryAsync(leg, source, cancellation);
        if (document is not null) return document;
        if (fallback is null) return ErrorMessage;
        IReadOnlyList<KeyValuePair<string, string>> error =
            [new("ErrorCode", CallParameters.Integer(code)), new("ErrorUrl", source.Url ?? "")];
        (document, _) = await TryAsync(leg, new(fallback.Url, fallback.Method, error), cancellation);
        return document ?? ErrorMessage;
    }

    // Returns null if the TwiML cannot be fetched or read. The leg then has an alert.
    public async Task<TwimlDocument?> TryFetchAsync(Leg leg, TwimlSource source, CancellationToken cancellation) =>
        (await TryAsync(leg, source, cancellation)).Document;

    // Ends a call with an error that no fallback URL can handle.
    public static TwimlDocument Fail(Leg leg, int code, string reason)
    {
        leg.Alert(code, reason);
        return ErrorMessage;
    }

    private async Task<(TwimlDocument? Document, int ErrorCode)> TryAsync(Leg leg, TwimlSource source, CancellationToken cancellation)
    {
        var (document, code) = source.Text is not null
            ? TwimlDocument.Parse(source.Text, null)
            : await RequestAsync(leg, source, cancellation);
        if (document is null) leg.Alert(code, $"No TwiML could be read from {source.Url ?? "the API request"}");
        return (document, code);
    }

    private async Task<(TwimlDocument? Document, int ErrorCode)> RequestAsync(Leg leg, TwimlSource source, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow();
        var webhook = new Webhook(source.Url!, CallParameters.ForTwiml(leg, source.More), source.Method);
        var reply = await sender.SendAsync(webhook, cancellation: cancellation);
        leg.Log.Add(RequestTrace.Of(at, webhook, reply));
        if (reply.ErrorCode is { } failed) return (null, failed);
        return IsTwiml(reply.ContentType) ? TwimlDocument.Parse(reply.Body, server.Resolve(source.Url!)) : (null, 12300);
    }

    // Media types that Twilio reads as TwiML. Twilio also plays audio and reads plain text aloud; the sandbox rejects both.
    private static bool IsTwiml(string? mediaType) => mediaType?.ToLowerInvariant() is "text/xml" or "application/xml" or "text/html";
}
