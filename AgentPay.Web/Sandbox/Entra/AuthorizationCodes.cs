using System.Security.Cryptography;
using AgentPay.Web.Sandbox.Control;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>The codes that have been given out. Each is good for one minute and for one redemption.</summary>
public sealed class AuthorizationCodes(TimeProvider clock) : IResettable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Spent and expired codes are remembered for a while, so that the answer can say what became of them.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private const int Capacity = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Issued> _codes = [];
    private readonly Queue<string> _oldestFirst = new();

    public string Issue(Grant grant)
    {
        var code = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        lock (_lock)
        {
            Sweep();
            _codes.Add(code, new(grant, clock.GetUtcNow()));
            _oldestFirst.Enqueue(code);
        }
        return code;
    }

    /// <summary>Uses the code up. A try that fails leaves it as it was.</summary>
    public Grant Redeem(string code, string redirectUri, string? codeVerifier)
    {
        lock (_lock)
        {
            if (!_codes.TryGetValue(code, out var issued)) throw new EntraError("invalid_grant", 70000, "The code is not one that was given out here.");
            if (issued.IsSpent) throw new EntraError("invalid_grant", 54005, "The code has been redeemed already.");
            if (clock.GetUtcNow() >= issued.At + Lifetime) throw new EntraError("invalid_grant", 70008, "The code has expired.");
            issued.Grant.RequireRedeemer(redirectUri, codeVerifier);
            issued.IsSpent = true;
            return issued.Grant;
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _codes.Clear();
            _oldestFirst.Clear();
        }
    }

    private void Sweep()
    {
        var forgotten = clock.GetUtcNow() - Memory;
        while (_oldestFirst.TryPeek(out var oldest) && (_codes.Count >= Capacity || _codes[oldest].At <= forgotten))
        {
            _codes.Remove(_oldestFirst.Dequeue());
        }
    }

    private sealed class Issued(Grant grant, DateTimeOffset at)
    {
        public Grant Grant { get; } = grant;

        public DateTimeOffset At { get; } = at;

        public bool IsSpent { get; set; }
    }
}
