using AgentPay.Web.PaymentTypes;
using Twilio.Rest.Api.V2010.Account;
using static AgentPay.Web.TwilioApi.PathSegment;

namespace AgentPay.Web.TwilioApi;

/// <summary>The account's calls. Every method throws <see cref="TwilioException"/> when Twilio refuses or does not answer.</summary>
public sealed class CallsClient
{
    private readonly TwilioTransport _api;

    internal CallsClient(TwilioTransport api) => _api = api;

    public Task<CallLeg> FetchAsync(CallSid call, CancellationToken cancellation = default) =>
        _api.SendAsync<CallLeg>(client => CallResource.FetchAsync(Escape(call.ToString()), client: client), cancellation);

    /// <summary>Lists calls, newest first. Each page is fetched when its first item is read.</summary>
    /// <param name="parent">The leg that dialled the calls; null lists all calls of the account.</param>
    /// <param name="pageSize">Calls per request, 1 to 1000; Twilio's default is 50.</param>
    public IAsyncEnumerable<CallLeg> ListAsync(CallSid? parent = null, int? pageSize = null, CancellationToken cancellation = default) =>
        _api.ListAsync<CallLeg>(
            client => CallResource.ReadAsync(new ReadCallOptions { ParentCallSid = parent?.ToString(), PageSize = pageSize }, client),
            "calls",
            cancellation: cancellation);
}
