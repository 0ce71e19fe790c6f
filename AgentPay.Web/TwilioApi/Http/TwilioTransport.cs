using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Twilio.Clients;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Sends the requests that Twilio's SDK builds, with the account's credentials, and reads the JSON of the answers. Throws
/// <see cref="TwilioException"/> for every failure, and <see cref="OperationCanceledException"/> only if the token is cancelled.
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

    /// <param name="build">Calls one asynchronous method of the SDK with the given client and ignores its result.</param>
    /// <param name="retriesThrottled">False when the caller itself repeats the request after a 429.</param>
    public Task<T> SendAsync<T>(Func<ITwilioRestClient, Task> build, CancellationToken cancellation, bool retriesThrottled = true) =>
        CallSdkAsync(build, request => SendAsync(request with { IsRetriedWhenThrottled = retriesThrottled }, ReadJson<T>, cancellation));

    /// <summary>Ignores the body of a successful answer.</summary>
    /// <inheritdoc cref="SendAsync{T}(Func{ITwilioRestClient, Task}, CancellationToken, bool)" path="/param"/>
    public Task SendAsync(Func<ITwilioRestClient, Task> build, CancellationToken cancellation, bool retriesThrottled = true) =>
        CallSdkAsync(
            build, request => SendAsync(request with { IsRetriedWhenThrottled = retriesThrottled }, static _ => true, cancellation));

    /// <summary>Returns the time in the header of the answer, whatever its status; null when it has none.</summary>
    /// <param name="build">Calls one asynchronous method of the SDK with the given client and ignores its result.</param>
    public Task<DateTimeOffset?> DateAsync(Func<ITwilioRestClient, Task> build, CancellationToken cancellation) =>
        CallSdkAsync(build, request => DateAsync(request, cancellation));

    /// <summary>Reads all items of a list; each page is fetched when its first item is read.</summary>
    /// <param name="build">Calls a <c>ReadAsync</c> method of the SDK, which requests the first page.</param>
    /// <param name="key">The name of the items in the answer.</param>
    /// <param name="credentials">Replaces the credentials of the product; null keeps them.</param>
    // The SDK's own paging blocks a thread for each further page. These pages are requested with the link in the answer instead.
    public async IAsyncEnumerable<T> ListAsync<T>(
        Func<ITwilioRestClient, Task> build,
        string key,
        AuthenticationHeaderValue? credentials = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (request, page) = await CallSdkAsync(build, FirstAsync, $$"""{"{{key}}":[],"uri":""}""");
        while (true)
        {
            foreach (var item in page.Items) yield return item;
            if (page.Next is not { } next) yield break;
            page = await PageAsync(request with { Target = next });
        }

        async Task<(TwilioRequest Request, Page<T> Page)> FirstAsync(TwilioRequest first)
        {
            first = first with { Credentials = credentials };
            return (first, await PageAsync(first));
        }

        Task<Page<T>> PageAsync(TwilioRequest one) =>
            SendAsync(one, body => Page<T>.Read(body, key, _hosts.BaseUrl(one.Product)), cancellation);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> CallSdkAsync<T>(Func<ITwilioRestClient, Task> build, Func<TwilioRequest, Task<T>> send, string placeholder = "{}")
    {
        // The SDK formats amounts and times in the current culture. The caller's culture is restored when an async method returns.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var client = new SdkClient<T>(_hosts.AccountSid, send, placeholder);
        await build(client);
        return client.Result;
    }

    private async Task<DateTimeOffset?> DateAsync(TwilioRequest request, CancellationToken cancellation)
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

    private static T ReadJson<T>(byte[] body) =>
        JsonSerializer.Deserialize<T>(body, WireJson.Options) ?? throw new JsonException("The body is null");

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
        if (request.Form is { } form) message.Content = new FormUrlEncodedContent(form);
        RetryHandler.Describe(message, request);
        return message;
    }

    // Sync's revisions have no quotes, so HttpClient cannot validate them as entity tags. A value that HttpClient would drop is refused:
    // without the header, the write would have no condition.
    private static void AddIfMatch(HttpRequestMessage message, string revision)
    {
        if (revision.Length == 0 || !revision.All(character => character is > ' ' and <= '~'))
            throw new ArgumentException("Not a revision.", nameof(revision));
        message.Headers.TryAddWithoutValidation("If-Match", revision);
    }
}
