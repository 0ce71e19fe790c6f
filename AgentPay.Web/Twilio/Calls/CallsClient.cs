using System.Text.Json;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Twilio;

/// <summary>The account's calls. Every method throws <see cref="TwilioException"/> for whatever Twilio does not do.</summary>
public sealed class CallsClient
{
    private readonly TwilioApi _api;
    private readonly AccountSid _account;

    internal CallsClient(TwilioApi api, IOptions<TwilioOptions> options)
    {
        _api = api;
        _account = AccountSid.Parse(options.Value.AccountSid!);
    }

    public Task<Call> FetchAsync(CallSid call, CancellationToken cancellation = default) =>
        _api.SendAsync<Call>(Request(HttpMethod.Get, call), cancellation);

    /// <summary>The calls that fit, newest first; further pages are fetched as they are read.</summary>
    public IAsyncEnumerable<Call> ListAsync(CallQuery query, CancellationToken cancellation = default) =>
        _api.ListAsync(new(HttpMethod.Get, TwilioProduct.Voice, $"/2010-04-01/Accounts/{_account}/Calls.json", query.ToQuery()), ReadPage, cancellation);

    public Task<Call> UpdateAsync(CallSid call, UpdateCall update, CancellationToken cancellation = default) =>
        _api.SendAsync<Call>(Request(HttpMethod.Post, call) with { Form = update.ToForm() }, cancellation);

    private TwilioRequest Request(HttpMethod method, CallSid call) =>
        new(method, TwilioProduct.Voice, $"/2010-04-01/Accounts/{_account}/Calls/{call}.json");

    private static Page<Call> ReadPage(byte[] body)
    {
        var page = JsonSerializer.Deserialize<CallPage>(body, WireJson.Options) ?? throw new JsonException("The page is null");
        return new(page.Calls, page.NextPageUri);
    }

    private sealed record CallPage
    {
        public required IReadOnlyList<Call> Calls { get; init; }

        public string? NextPageUri { get; init; }
    }
}
