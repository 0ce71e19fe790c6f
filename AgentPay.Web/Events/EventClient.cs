using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Events;

/// <summary>Sends events to <c>Events:Url</c>. Does not retry.</summary>
public sealed class EventClient(IOptions<EventsOptions> options, IServer server, TimeProvider clock) : IDisposable
{
    // A redirect could lead to another host, so it counts as a refusal.
    private readonly HttpMessageInvoker _http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) });

    private readonly Lock _lock = new();

    /// <summary>Whether events are sent at all.</summary>
    public bool IsConfigured => options.Value.Url is not null;

    /// <summary>Absolute; null when no events are sent.</summary>
    public Uri? Url => options.Value.Url is { } url ? server.Resolve(url) : null;

    public EventAnswers Latest { get; private set; } = new(null, null);

    /// <summary>Sends one event, and waits at most <see cref="Timeouts.EventTry"/>. Never throws.</summary>
    /// <param name="id">The same in every attempt, so that the receiver can ignore repeated events.</param>
    public async Task<EventAnswer> SendAsync(string id, EventMessage message)
    {
        using var limit = new CancellationTokenSource(Timeouts.EventTry, clock);
        try
        {
            using var request = RequestOf(id, message);
            using var response = await _http.SendAsync(request, limit.Token);
            return Keep(new(clock.GetUtcNow(), (int)response.StatusCode));
        }
        catch (HttpRequestException fault)
        {
            return Keep(new(clock.GetUtcNow(), null, fault.HttpRequestError.ToString()));
        }
        catch (OperationCanceledException)
        {
            return Keep(new(clock.GetUtcNow(), null, "no answer in time"));
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(string id, EventMessage message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, EventJson.Default.EventMessage);
        var (timestamp, key) = (clock.GetUtcNow().ToUnixTimeSeconds(), EventSignature.KeyOf(options.Value.Secret!)!);
        var request = new HttpRequestMessage(HttpMethod.Post, Url);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", EventSignature.Of(key, id, timestamp, body));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new(MediaTypeNames.Application.Json);
        return request;
    }

    private EventAnswer Keep(EventAnswer answer)
    {
        lock (_lock) Latest = answer.IsAccepted ? Latest with { Accepted = answer } : Latest with { Refused = answer };
        return answer;
    }
}
