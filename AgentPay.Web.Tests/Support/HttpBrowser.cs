using System.Net;
using Microsoft.Net.Http.Headers;

namespace AgentPay.Web.Tests.Support;

/// <summary>A browser that does one request at a time. It keeps cookies by path without expiry, and follows no redirects.</summary>
public sealed class HttpBrowser : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Dictionary<(string Name, string Path), SetCookieHeaderValue> _cookies = [];
    private readonly Uri _start;

    public HttpBrowser(Uri start) => _start = start;

    /// <summary>The cookies that are there, as they were set.</summary>
    public IEnumerable<SetCookieHeaderValue> Cookies => _cookies.Values;

    /// <summary>Opens a page, by its URL or its path.</summary>
    public Task<HttpResponseMessage> GoAsync(string url) => SendAsync(Navigation(HttpMethod.Get, url));

    /// <summary>Opens a page or a download, and returns as soon as its headers are there. Disposing of the answer cancels it.</summary>
    public Task<HttpResponseMessage> BeginAsync(string url) => SendAsync(Navigation(HttpMethod.Get, url), HttpCompletionOption.ResponseHeadersRead);

    /// <summary>Submits a form.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string url, Dictionary<string, string> form)
    {
        var request = Navigation(HttpMethod.Post, url);
        request.Content = new FormUrlEncodedContent(form);
        return SendAsync(request);
    }

    /// <summary>What a script of the same origin fetches.</summary>
    public Task<HttpResponseMessage> FetchAsync(HttpMethod method, string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(_start, url));
        request.Headers.Add("Accept", "*/*");
        request.Headers.Add("Sec-Fetch-Mode", "cors");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return SendAsync(request);
    }

    /// <summary>Goes where an answer leads.</summary>
    public async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
        return await GoAsync(new Uri(answer.RequestMessage!.RequestUri!, answer.Headers.Location!).AbsoluteUri);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Navigation(HttpMethod method, string url)
    {
        var request = new HttpRequestMessage(method, new Uri(_start, url));
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var path = request.RequestUri!.AbsolutePath;
        var cookies = _cookies.Where(c => path.StartsWith(c.Key.Path, StringComparison.Ordinal)).Select(c => $"{c.Key.Name}={c.Value.Value}");
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies));
        var answer = await _http.SendAsync(request, completion);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set)) foreach (var cookie in SetCookieHeaderValue.ParseList([.. set])) Keep(cookie);
        return answer;
    }

    private void Keep(SetCookieHeaderValue cookie)
    {
        var key = (cookie.Name.ToString(), cookie.Path.HasValue ? cookie.Path.ToString() : "/");
        if (cookie.Expires is { Year: 1970 }) _cookies.Remove(key);
        else _cookies[key] = cookie;
    }
}
