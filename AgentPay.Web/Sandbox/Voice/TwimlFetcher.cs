using AgentPay.Web.Sandbox.Webhooks;
using Microsoft.AspNetCore.Hosting.Server;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>Where a call is sent when its TwiML cannot be had.</summary>
internal sealed record Fallback(string Url, string Method = "POST");

/// <summary>Fetches TwiML by webhook, from the fallback URL when the first one fails, and finally makes do with a spoken apology.</summary>
internal sealed class TwimlFetcher(WebhookSender sender, IServer server, TimeProvider clock)
{
    private static readonly TwimlDocument Apology =
        TwimlDocument.Parse("<Response><Say>Sorry, an application error occurred. Goodbye.</Say><Hangup/></Response>", null).Document!;

    public async Task<TwimlDocument> FetchAsync(Leg leg, TwimlSource source, Fallback? fallback, CancellationToken cancellation)
    {
        var (document, code) = await TryAsync(leg, source, cancellation);
        if (document is not null) return document;
        if (fallback is null) return Apology;
        IReadOnlyList<KeyValuePair<string, string>> error = [new("ErrorCode", CallParameters.Whole(code)), new("ErrorUrl", source.Url ?? "")];
        (document, _) = await TryAsync(leg, new(fallback.Url, fallback.Method, error), cancellation);
        return document ?? Apology;
    }

    /// <summary>What to run when a call cannot go on for a reason that no fallback mends.</summary>
    public static TwimlDocument GiveUp(Leg leg, int code, string reason)
    {
        leg.Alert(code, reason);
        return Apology;
    }

    private async Task<(TwimlDocument? Document, int ErrorCode)> TryAsync(Leg leg, TwimlSource source, CancellationToken cancellation)
    {
        var (document, code) = source.Text is not null ? TwimlDocument.Parse(source.Text, null) : await AskAsync(leg, source, cancellation);
        if (document is null) leg.Alert(code, $"No TwiML could be read from {source.Url ?? "the API request"}");
        return (document, code);
    }

    private async Task<(TwimlDocument? Document, int ErrorCode)> AskAsync(Leg leg, TwimlSource source, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow();
        var webhook = new Webhook(source.Url!, CallParameters.ForTwiml(leg, source.More), source.Method);
        var reply = await sender.SendAsync(webhook, cancellation: cancellation);
        leg.Log.Add(RequestTrace.Of(at, webhook, reply));
        if (reply.ErrorCode is { } failed) return (null, failed);
        return IsTwiml(reply.ContentType) ? TwimlDocument.Parse(reply.Body, server.Resolve(source.Url!)) : (null, 12300);
    }

    /// <summary>The media types that Twilio reads as TwiML. Twilio plays audio and reads plain text aloud; the sandbox refuses both.</summary>
    private static bool IsTwiml(string? mediaType) => mediaType?.ToLowerInvariant() is "text/xml" or "application/xml" or "text/html";
}
