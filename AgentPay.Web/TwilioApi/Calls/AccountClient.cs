using Twilio.Rest.Api.V2010;
using Twilio.Rest.Api.V2010.Account;

namespace AgentPay.Web.TwilioApi;

/// <summary>Requests that check a configuration. They throw <see cref="TwilioException"/> when Twilio refuses or does not answer.</summary>
public sealed class AccountClient
{
    private readonly TwilioTransport _api;
    private readonly TwilioHosts _hosts;

    internal AccountClient(TwilioTransport api, TwilioHosts hosts) => (_api, _hosts) = (api, hosts);

    /// <summary>Checks the auth token with a request, even if an API key is configured. Twilio signs webhooks with it.</summary>
    public async Task CheckAuthTokenAsync(CancellationToken cancellation = default)
    {
        var calls = _api.ListAsync<CallLeg>(
            client => CallResource.ReadAsync(new ReadCallOptions { PageSize = 1 }, client),
            "calls",
            _hosts.AccountCredentials,
            cancellation);
        await calls.FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Returns Twilio's time in seconds precision; null if the answer has no <c>Date</c> header.</summary>
    public Task<DateTimeOffset?> TimeAsync(CancellationToken cancellation = default) =>
        _api.DateAsync(client => AccountResource.FetchAsync(client: client), cancellation);
}
