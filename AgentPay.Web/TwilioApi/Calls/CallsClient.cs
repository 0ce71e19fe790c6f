using AgentPay.Web.PaymentTypes;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.TwilioApi;

/// <summary>The account's calls. Every method throws <see cref="TwilioException"/> for whatever Twilio does not do.</summary>
public sealed class CallsClient
{
    private readonly TwilioTransport _api;
    private readonly AccountSid _account;

    internal CallsClient(TwilioTransport api, IOptions<TwilioOptions> options)
    {
        _api = api;
        _account = AccountSid.Parse(options.Value.AccountSid!);
    }

    public Task<CallLeg> FetchAsync(CallSid call, CancellationToken cancellation = default) =>
        _api.SendAsync<CallLeg>(Request(HttpMethod.Get, call), cancellation);

    /// <summary>The calls that fit, newest first; further pages are fetched as they are read.</summary>
    public IAsyncEnumerable<CallLeg> ListAsync(CallQuery query, CancellationToken cancellation = default) =>
        _api.ListAsync(new(HttpMethod.Get, TwilioProduct.Voice, $"/2010-04-01/Accounts/{_account}/Calls.json", query.ToQuery()), ReadPage, cancellation);

    public Task<CallLeg> UpdateAsync(CallSid call, UpdateCall update, CancellationToken cancellation = default) =>
        _api.SendAsync<CallLeg>(Request(HttpMethod.Post, call) with { Form = update.ToForm() }, cancellation);

    private TwilioRequest Request(HttpMethod method, CallSid call) =>
        new(method, TwilioProduct.Voice, $"/2010-04-01/Accounts/{_account}/Calls/{call}.json");

    private static Page<CallLeg> ReadPage(byte[] body)
    {
        var page = JsonSerializer.Deserialize<CallPage>(body, WireJson.Options) ?? throw new JsonException("The page is null");
        return new(page.Calls, page.NextPageUri);
    }

    private sealed record CallPage
    {
        public required IReadOnlyList<CallLeg> Calls { get; init; }

        public string? NextPageUri { get; init; }
    }
}
