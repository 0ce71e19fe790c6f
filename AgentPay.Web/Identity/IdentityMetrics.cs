using System.Diagnostics.Metrics;

namespace AgentPay.Web.Identity;

/// <summary>Sign-ins, access tokens and requests to Entra, by the meter <c>AgentPay.Identity</c>. The tag is a code, never anything of a person or a token.</summary>
internal sealed class IdentityMetrics
{
    public const string MeterName = "AgentPay.Identity";

    private readonly Counter<long> _signIns;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _requests;

    public IdentityMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _signIns = meter.CreateCounter<long>("agentpay.identity.sign_ins", "{sign-in}", "Sign-ins that have ended, by result");
        _tokens = meter.CreateCounter<long>("agentpay.identity.access_tokens", "{token}", "Access tokens of Entra at the API, by result");
        _requests = meter.CreateCounter<long>("agentpay.identity.entra_requests", "{request}", "Requests to Entra for endpoints, keys and tokens, by result");
    }

    public void SignIn(string result) => _signIns.Add(1, Tag(result));

    public void AccessToken(string result) => _tokens.Add(1, Tag(result));

    public void EntraRequest(string result) => _requests.Add(1, Tag(result));

    private static KeyValuePair<string, object?> Tag(string result) => new("result", result);
}
