using Microsoft.Extensions.Options;

namespace AgentPay.Web.TwilioApi;

/// <summary>The account itself, for checking a configuration. Every method throws <see cref="TwilioException"/> for whatever Twilio does not do.</summary>
public sealed class AccountClient
{
    private readonly TwilioTransport _api;
    private readonly TwilioHosts _hosts;
    private readonly AccountSid _account;

    internal AccountClient(TwilioTransport api, TwilioHosts hosts, IOptions<TwilioOptions> options)
    {
        (_api, _hosts) = (api, hosts);
        _account = AccountSid.Parse(options.Value.AccountSid!);
    }

    /// <summary>Asks for something with the auth token, which signs the webhooks, even where an API key makes all other requests.</summary>
    public Task CheckAuthTokenAsync(CancellationToken cancellation = default) => _api.SendAsync(
        new(HttpMethod.Get, TwilioProduct.Voice, $"/2010-04-01/Accounts/{_account}/Calls.json", new CallQuery { PageSize = 1 }.ToQuery()) { Credentials = _hosts.AccountCredentials },
        cancellation);

    /// <summary>Twilio's time, to the second; null when it does not say.</summary>
    public Task<DateTimeOffset?> TimeAsync(CancellationToken cancellation = default) =>
        _api.DateAsync(new(HttpMethod.Get, TwilioProduct.Voice, $"/2010-04-01/Accounts/{_account}.json"), cancellation);
}
