using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AgentPay.Web.TwilioApi;

/// <summary>One page of a list, and where the next one is: null on the last.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// Sends requests with the account's credentials and reads the JSON of the answers. Whatever goes wrong is a <see cref="TwilioException"/>;
/// only a cancelled token is an <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class TwilioTransport : IDisposable
{
    private readonly TwilioHosts _hosts;
    private readonly HttpClient _http;

    public TwilioTransport(TwilioHosts hosts, TimeProvider clock, ILogger<RetryHandler> log)
    {
        _hosts = hosts;
        var connections = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(new RetryHandler(clock, log) { InnerHandler = connections }) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("AgentPay");
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    public Task<T> SendAsync<T>(TwilioRequest request, CancellationToken cancellation) =>
        SendAsync(request, static body => JsonSerializer.Deserialize<T>(body, WireJson.Options) ?? throw new JsonException("The body is null"), cancellation);

    /// <summary>For requests whose answer has no body.</summary>
    public Task SendAsync(TwilioRequest request, CancellationToken cancellation) => SendAsync(request, static _ => true, cancellation);

    /// <summary>When the answer was given, by the clock of whoever gave it, be it a refusal; null when it does not say.</summary>
    public async Task<DateTimeOffset?> DateAsync(TwilioRequest request, CancellationToken cancellation)
    {
        using var message = Message(request);
        try
        {
            using var response = await _http.SendAsync(message, cancellation);
            return response.Headers.Date;
        }
        catch (Exception fault) when (TwilioError.IsTransportFault(fault))
        {
            throw TwilioError.NoAnswer(request, message, fault);
        }
    }

    /// <summary>All items of a list, page after page, fetched as they are read.</summary>
    /// <param name="read">Makes a page of the body of an answer.</param>
    public async IAsyncEnumerable<T> ListAsync<T>(
        TwilioRequest request, Func<byte[], Page<T>> read, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var next = request; next is not null;)
        {
            var (items, target) = await SendAsync(next, body => Rebase(read(body), next.Product), cancellation);
            foreach (var item in items) yield return item;
            next = target is null ? null : next with { Target = target };
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(TwilioRequest request, Func<byte[], T> read, CancellationToken cancellation)
    {
        using var message = Message(request);
        using var span = TwilioSpan.Begin(request, message);
        try
        {
            using var response = await _http.SendAsync(message, cancellation);
            span.Answered(response);
            if (!response.IsSuccessStatusCode) throw await TwilioError.RefusedAsync(request, response, cancellation);
            return Read(request, response, await response.Content.ReadAsByteArrayAsync(cancellation), read);
        }
        catch (Exception fault) when (TwilioError.IsTransportFault(fault))
        {
            span.NotAnswered(fault);
            throw TwilioError.NoAnswer(request, message, fault);
        }
    }

    private static T Read<T>(TwilioRequest request, HttpResponseMessage response, byte[] body, Func<byte[], T> read)
    {
        try
        {
            return read(body);
        }
        catch (JsonException fault)
        {
            throw TwilioError.Unreadable(request, response, fault);
        }
    }

    private HttpRequestMessage Message(TwilioRequest request)
    {
        var message = new HttpRequestMessage(request.Method, _hosts.BaseUrl(request.Product) + request.Target);
        message.Headers.Authorization = request.Credentials ?? _hosts.Credentials(request.Product);
        if (request.IfMatch is { } revision) AddIfMatch(message, revision);
        if (request.Form is { } form) message.Content = new FormUrlEncodedContent(form.All);
        RetryHandler.Describe(message, request);
        return message;
    }

    // Sync's revisions stand bare in the header, without the quotes of an entity tag, so HttpClient cannot check them.
    // A value that it would drop on the way must not turn into a write without a condition.
    private static void AddIfMatch(HttpRequestMessage message, string revision)
    {
        if (revision.Length == 0 || !revision.All(character => character is > ' ' and <= '~')) throw new ArgumentException("Not a revision.", nameof(revision));
        message.Headers.TryAddWithoutValidation("If-Match", revision);
    }

    private Page<T> Rebase<T>(Page<T> page, TwilioProduct product) =>
        page.Next is null ? page : page with { Next = Rebase(page.Next, _hosts.BaseUrl(product)) };

    /// <summary>
    /// Path and query of a link in an answer, from the configured base on. The link may be relative, or name another host (a proxy stands
    /// between, or somebody has tampered with the answer): the credentials go to the configured host all the same.
    /// </summary>
    private static string Rebase(string link, string baseUrl)
    {
        var target = !link.StartsWith('/') && Uri.TryCreate(link, UriKind.Absolute, out var absolute) ? absolute.PathAndQuery : link;
        if (!target.StartsWith('/')) throw new JsonException("The link to the next page is not a URL");
        var prefix = new Uri(baseUrl).AbsolutePath.TrimEnd('/') + '/';
        return target.StartsWith(prefix, StringComparison.Ordinal) ? target[(prefix.Length - 1)..] : target;
    }
}
