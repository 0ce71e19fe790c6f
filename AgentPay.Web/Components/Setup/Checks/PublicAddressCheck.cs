using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Components.Setup.Checks;

/// <summary>Whether AgentPay answers where Twilio will call it. From here that may be out of reach although it is not from outside, so that is only a warning.</summary>
internal sealed class PublicAddressCheck(PublicAddress address, IOptions<AgentPayOptions> options) : ICheck, IDisposable
{
    private const string Key = "AgentPay:PublicBaseUrl";

    /// <summary>What <c>/health/live</c> says.</summary>
    private const string Alive = "Healthy";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero }) { MaxResponseContentBufferSize = 1 << 16 };

    public string Title(IStringLocalizer<Words> words) => words["Public address"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
    {
        var url = new Uri(address.BaseUrl);
        if (options.Value.Mode == AgentPayMode.Live && url.IsLoopback)
            return Finding.Warning(words["{0} is this machine, which Twilio cannot reach.", url], words["Set {0} to the https address under which the internet reaches AgentPay. Right only when a sandbox plays Twilio on this machine.", Key]);
        try
        {
            using var answer = await _http.GetAsync($"{address.BaseUrl}/health/live", cancellation);
            var said = await answer.Content.ReadAsStringAsync(cancellation);
            if (answer.IsSuccessStatusCode && said.Trim() == Alive) return Finding.Good(words["AgentPay answers at {0}.", address.BaseUrl]);
            return Finding.Warning(
                words["Something else answers at {0} (status {1}).", address.BaseUrl, (int)answer.StatusCode],
                words["Check {0}, and that the proxy there passes every path on to AgentPay.", Key]);
        }
        catch (HttpRequestException fault)
        {
            return NotReached(fault, words);
        }
        catch (OperationCanceledException late) when (cancellation.IsCancellationRequested)
        {
            // Whether it is the time limit or the admin who left: only the former reads this.
            return NotReached(late, words);
        }
    }

    public void Dispose() => _http.Dispose();

    private Finding NotReached(Exception fault, IStringLocalizer<Words> words) => Finding.Warning(
        words["{0} cannot be reached from this server. {1}", address.BaseUrl, Trouble.OfConnection(fault, Key, words).Said],
        words["That may be as your network is made. Open {0} from outside: it must say {1}.", $"{address.BaseUrl}/health/live", Alive]);
}
