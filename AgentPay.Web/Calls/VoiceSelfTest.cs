using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Calls;

/// <summary>Sends read-only test requests to the API for calls and payments, for the setup page.</summary>
public sealed class VoiceSelfTest
{
    private readonly CallsClient _calls;
    private readonly AccountClient _account;
    private readonly TimeProvider _clock;

    internal VoiceSelfTest(CallsClient calls, AccountClient account, TimeProvider clock) =>
        (_calls, _account, _clock) = (calls, account, clock);

    /// <summary>Lists a call with the credentials for calls and payments. Returns null on success.</summary>
    public Task<RequestFailure?> ListCallsAsync(CancellationToken cancellation) =>
        RequestFailure.OfAsync(() => _calls.ListAsync(pageSize: 1, cancellation: cancellation).FirstOrDefaultAsync(cancellation).AsTask());

    /// <summary>Sends a request with the auth token, which signs the webhooks. Returns null on success.</summary>
    public Task<RequestFailure?> CheckAuthTokenAsync(CancellationToken cancellation) =>
        RequestFailure.OfAsync(() => _account.CheckAuthTokenAsync(cancellation));

    /// <summary>Returns how far Twilio's clock is ahead of this server's, in whole seconds; null when the answer has no time.</summary>
    public async Task<(TimeSpan? Ahead, RequestFailure? Failure)> CompareClocksAsync(CancellationToken cancellation)
    {
        var asked = _clock.GetUtcNow();
        DateTimeOffset? there = null;
        var failure = await RequestFailure.OfAsync(async () => there = await _account.TimeAsync(cancellation));
        return (there - (asked + ((_clock.GetUtcNow() - asked) / 2)), failure);
    }
}
