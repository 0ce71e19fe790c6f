using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using AgentPay.Web.Sandbox.Control;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Sandbox.Webhooks;

/// <summary>Sends one webhook as Twilio does: signed, within its time limits, tried again by its connection overrides.</summary>
public sealed class WebhookSender(IServer server, SandboxStats stats, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<TimeSpan, HttpMessageInvoker> _clients = new();

    /// <summary>Never throws for what the other side does; throws only when <paramref name="cancellation"/> is cancelled.</summary>
    /// <param name="webhook">A URL that starts with a slash is on this server itself.</param>
    /// <param name="token">Value of <c>I-Twilio-Idempotency-Token</c>, the same on every try; a new one when null.</param>
    public async Task<WebhookReply> SendAsync(Webhook webhook, string? token = null, CancellationToken cancellation = default)
    {
        if (!TryReadUrl(webhook.Url, out var url)) return Failed(11210, 0);
        if (!ConnectionOverrides.TryParse(url.Fragment, out var overrides, out var wrong)) return Failed(wrong, 0);
        token ??= Guid.NewGuid().ToString();
        using var total = new CancellationTokenSource(overrides.TotalTime, clock);
        stats.CallbackSent();
        for (var tries = 1; ; tries++)
        {
            var (reply, outcome) = await TryOnceAsync(webhook, url, token, tries, overrides, total.Token, cancellation);
            var again = outcome is not null && overrides.Retries(outcome) && tries <= overrides.RetryCount && !total.IsCancellationRequested;
            if (!again)
            {
                if (!reply.Succeeded) stats.CallbackFailed();
                return reply;
            }
            stats.CallbackRetried();
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values) client.Dispose();
    }

    private async Task<(WebhookReply Reply, string? Outcome)> TryOnceAsync(
        Webhook webhook, Uri url, string token, int tries, ConnectionOverrides overrides, CancellationToken total, CancellationToken cancellation)
    {
        using var read = new CancellationTokenSource(overrides.ReadTimeout, clock);
        using var limits = CancellationTokenSource.CreateLinkedTokenSource(read.Token, total, cancellation);
        try
        {
            using var response = await AnswerAsync(webhook, url, token, overrides.ConnectTimeout, limits.Token);
            var body = await AnswerBody.ReadAsync(response.Content, limits.Token);
            return Judge((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body, tries);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (limits.IsCancellationRequested)
        {
            return (Failed(11200, tries), "rt");
        }
        catch (HttpRequestException refused)
        {
            return refused.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => (Failed(11210, tries), "ct"),
                HttpRequestError.SecureConnectionError => (Failed(11220, tries), "ct"),
                HttpRequestError.ConnectionError => (Failed(11205, tries), "ct"),
                HttpRequestError.Unknown when refused.InnerException is not IOException => (Failed(11205, tries), "ct"),
                _ => (Failed(11200, tries), "rt"),
            };
        }
        catch (IOException)
        {
            return (Failed(11200, tries), "rt");
        }
    }

    /// <summary>Asks without credentials first, and with those of the URL once they are demanded.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(Webhook webhook, Uri url, string token, TimeSpan connectTimeout, CancellationToken limits)
    {
        using var request = Request(webhook, url, token);
        var response = await Client(connectTimeout).SendAsync(request, limits);
        if (response.StatusCode != HttpStatusCode.Unauthorized || url.UserInfo.Length == 0) return response;
        response.Dispose();
        using var again = Request(webhook, url, token);
        again.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo))));
        return await Client(connectTimeout).SendAsync(again, limits);
    }

    private static (WebhookReply, string?) Judge(int status, string? contentType, string? body, int tries) => status switch
    {
        _ when body is null => (new(status, contentType, "", 11750, tries), null),
        >= 200 and < 300 => (new(status, contentType, body, null, tries), null),
        >= 400 and < 500 => (new(status, contentType, body, 11200, tries), "4xx"),
        >= 500 => (new(status, contentType, body, 11200, tries), "5xx"),
        _ => (new(status, contentType, body, 11200, tries), null),
    };

    private static HttpRequestMessage Request(Webhook webhook, Uri url, string token)
    {
        var isGet = webhook.Method.Equals("GET", StringComparison.OrdinalIgnoreCase);
        var target = isGet ? new Uri(QueryHelpers.AddQueryString(Target(url), webhook.Parameters!)) : new Uri(Target(url));
        var signed = url.Scheme == Uri.UriSchemeHttps
            ? target.GetComponents(UriComponents.Scheme | UriComponents.Host | UriComponents.PathAndQuery, UriFormat.UriEscaped)
            : target.AbsoluteUri;
        var request = new HttpRequestMessage(isGet ? HttpMethod.Get : HttpMethod.Post, target);
        if (!isGet) request.Content = new FormUrlEncodedContent(webhook.Parameters);
        request.Headers.Add("X-Twilio-Signature", WebhookSigner.Sign(SandboxAccount.AuthToken, signed, isGet ? [] : webhook.Parameters));
        request.Headers.Add("I-Twilio-Idempotency-Token", token);
        request.Headers.Add("X-Home-Region", "us1");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("TwilioProxy", "1.1"));
        request.Headers.Accept.ParseAdd("*/*");
        return request;
    }

    /// <summary>The URL without fragment and user information, escaped as it goes over the wire.</summary>
    private static string Target(Uri url) =>
        url.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped);

    private bool TryReadUrl(string text, out Uri url)
    {
        var isRead = text.StartsWith('/') ? Uri.TryCreate(server.OwnAddress(), text, out url!) : Uri.TryCreate(text, UriKind.Absolute, out url!);
        return isRead && url.Scheme is "http" or "https";
    }

    private HttpMessageInvoker Client(TimeSpan connectTimeout) => _clients.GetOrAdd(connectTimeout, timeout => new(new SocketsHttpHandler
    {
        ConnectCallback = (connection, cancellation) => ConnectAsync(connection.DnsEndPoint, timeout, cancellation),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    }));

    /// <summary>Connects within the time that the injected clock counts: the handler's own limit knows only the system's.</summary>
    private async ValueTask<Stream> ConnectAsync(DnsEndPoint to, TimeSpan timeout, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(timeout, clock);
        using var limits = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, limits.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            socket.Dispose();
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection was not made in time");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static WebhookReply Failed(int code, int tries) => new(null, null, "", code, tries);
}
