using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.SelfTest;

/// <summary>
/// Checks whether AgentPay answers at the address that Twilio will call. The address may be reachable from outside although this server
/// cannot reach it, so a failure is only a warning.
/// </summary>
internal sealed class PublicAddressCheck(PublicAddress address, IOptions<AgentPayOptions> options) : ICheck, IDisposable
{
    private const string Key = "AgentPay:PublicBaseUrl";

    /// <summary>The response of <c>/health/live</c>.</summary>
    private const string Healthy = "Healthy";

    private readonly HttpClient _http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero })
        {
            MaxResponseContentBufferSize = 1 << 16,
        };

    private string HealthUrl => $"{address.BaseUrl}/health/live";

    public string Title(IStringLocalizer<Words> words) => words["Public address"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
    {
        var url = new Uri(address.BaseUrl);
        if (options.Value.Mode == AgentPayMode.Live && url.IsLoopback)
            return Finding.Warning(
                words["{0} is this machine, which Twilio cannot reach.", url],
                words["Set {0} to AgentPay's public https address. Keep it only if Twilio is a sandbox on this machine.", Key]);
        try
        {
            using var answer = await _http.GetAsync(HealthUrl, cancellation);
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            if (answer.IsSuccessStatusCode && body.Trim() == Healthy)
                return Finding.Good(words["AgentPay answers at {0}.", address.BaseUrl]);
            return Finding.Warning(
                words["The answer at {0} is not AgentPay's (status {1}).", address.BaseUrl, (int)answer.StatusCode],
                words["Check {0}, and that the proxy forwards every path to AgentPay.", Key]);
        }
        catch (HttpRequestException fault)
        {
            return Unreachable(fault, words);
        }
        catch (OperationCanceledException late) when (cancellation.IsCancellationRequested)
        {
            // The time limit, or the administrator has left the page. In the second case nobody sees the finding.
            return Unreachable(late, words);
        }
    }

    public void Dispose() => _http.Dispose();

    private Finding Unreachable(Exception fault, IStringLocalizer<Words> words) => Finding.Warning(
        words["{0} cannot be reached from this server. {1}", address.BaseUrl, RequestProblem.ForConnection(fault, Key, words).Message],
        words["Your network may not allow that. Open {0} from outside: it must show {1}.", HealthUrl, Healthy]);
}
