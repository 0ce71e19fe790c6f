using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using AgentPay.Web.Sandbox.Control;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Sandbox.Webhooks;

/// <summary>Sends a webhook request as Twilio does: signed, with timeouts, and retried according to its connection overrides.</summary>
public sealed class WebhookSender(IServer server, SandboxStats stats, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<TimeSpan, HttpMessageInvoker> _clients = new();

    /// <summary>Throws only when it is cancelled. All failures of the receiver are returned.</summary>
    /// <param name="webhook">A URL that starts with a slash refers to this server.</param>
    /// <param name="token">The value of <c>I-Twilio-Idempotency-Token</c>, identical for all attempts; null creates a new one.</param>
    public async Task<WebhookReply> SendAsync(Webhook webhook, string? token = null, CancellationToken cancellation = default)
    {
        if (!TryReadUrl(webhook.Url, out var url)) return Failed(11210, 0);
        if (!ConnectionOverrides.TryParse(url.Fragment, out var overrides, out var wrong)) return Failed(wrong, 0);
        token ??= Guid.NewGuid().ToString();
        using var total = new CancellationTokenSource(overrides.TotalTime, clock);
        stats.CallbackSent();
        for (var attempt = 1; ; attempt++)
        {
            var (reply, outcome) = await TryOnceAsync(webhook, url, token, attempt, overrides, total.Token, cancellation);
            var isRetried = outcome is not null
                && overrides.Retries(outcome)
                && attempt <= overrides.RetryCount
                && !total.IsCancellationRequested;
            if (!isRetried)
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
        Webhook webhook,
        Uri url,
        string token,
        int attempt,
        ConnectionOverrides overrides,
        CancellationToken total,
        CancellationToken cancellation)
    {
        using var read = new CancellationTokenSource(overrides.ReadTimeout, clock);
        using var limits = CancellationTokenSource.CreateLinkedTokenSource(read.Token, total, cancellation);
        try
        {
            using var response = await RequestAsync(webhook, url, token, overrides.ConnectTimeout, limits.Token);
            var body = await AnswerBody.ReadAsync(response.Content, limits.Token);
            return ReadReply((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body, attempt);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (limits.IsCancellationRequested)
        {
            return (Failed(11200, attempt), "rt");
        }
        catch (HttpRequestException exception)
        {
            return exception.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => (Failed(11210, attempt), "ct"),
                HttpRequestError.SecureConnectionError => (Failed(11220, attempt), "ct"),
                HttpRequestError.ConnectionError => (Failed(11205, attempt), "ct"),
                HttpRequestError.Unknown when exception.InnerException is not IOException => (Failed(11205, attempt), "ct"),
                _ => (Failed(11200, attempt), "rt"),
            };
        }
        catch (IOException)
        {
            return (Failed(11200, attempt), "rt");
        }
    }

    // Sends the request without credentials first. If the response is 401, repeats it with the credentials of the URL.
    private async Task<HttpResponseMessage> RequestAsync(
        Webhook webhook,
        Uri url,
        string token,
        TimeSpan connectTimeout,
        CancellationToken limits)
    {
        using var request = Request(webhook, url, token);
        var response = await Client(connectTimeout).SendAsync(request, limits);
        if (response.StatusCode != HttpStatusCode.Unauthorized || url.UserInfo.Length == 0) return response;
        response.Dispose();
        using var again = Request(webhook, url, token);
        again.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo))));
        return await Client(connectTimeout).SendAsync(again, limits);
    }

    private static (WebhookReply, string?) ReadReply(int status, string? contentType, string? body, int attempt) => status switch
    {
        _ when body is null => (new(status, contentType, "", 11750, attempt), null),
        >= 200 and < 300 => (new(status, contentType, body, null, attempt), null),
        >= 400 and < 500 => (new(status, contentType, body, 11200, attempt), "4xx"),
        >= 500 => (new(status, contentType, body, 11200, attempt), "5xx"),
        _ => (new(status, contentType, body, 11200, attempt), null),
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

    // The URL without fragment and user information, escaped as it is sent.
    private static string Target(Uri url) =>
        url.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped);

    private bool TryReadUrl(string text, out Uri url)
    {
        var isUrl = text.StartsWith('/')
            ? Uri.TryCreate(server.OwnAddress(), text, out url!)
            : Uri.TryCreate(text, UriKind.Absolute, out url!);
        return isUrl && url.Scheme is "http" or "https";
    }

    private HttpMessageInvoker Client(TimeSpan connectTimeout) => _clients.GetOrAdd(connectTimeout, timeout => new(new SocketsHttpHandler
    {
        ConnectCallback = (connection, cancellation) => ConnectAsync(connection.DnsEndPoint, timeout, cancellation),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    }));

    // The connect timeout of the handler uses the system clock. This one uses the injected clock.
    private async ValueTask<Stream> ConnectAsync(DnsEndPoint to, TimeSpan timeout, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var limits = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, limits.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            socket.Dispose();
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection timed out");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static WebhookReply Failed(int code, int attempt) => new(null, null, "", code, attempt);
}
