using System.Security.Cryptography;
using AgentPay.Web.Sandbox.Control;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>Issues authorization codes. Each code is valid for one minute and can be redeemed once.</summary>
public sealed class AuthorizationCodes(TimeProvider clock) : IResettable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    // Redeemed and expired codes are kept for this time, so that the error can name the reason.
    private static readonly TimeSpan RetentionPeriod = TimeSpan.FromMinutes(10);

    private const int Capacity = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Issued> _codes = [];
    private readonly Queue<string> _oldestFirst = new();

    public string Issue(Grant grant)
    {
        var code = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        lock (_lock)
        {
            RemoveOld();
            _codes.Add(code, new(grant, clock.GetUtcNow()));
            _oldestFirst.Enqueue(code);
        }
        return code;
    }

    // Marks the code as redeemed. A failed attempt leaves it unchanged.
    public Grant Redeem(string code, string redirectUri, string? codeVerifier)
    {
        lock (_lock)
        {
            if (!_codes.TryGetValue(code, out var issued))
                throw new EntraError("invalid_grant", 70000, "The code was not issued by this sandbox.");
            if (issued.IsRedeemed) throw new EntraError("invalid_grant", 54005, "The code has already been redeemed.");
            if (clock.GetUtcNow() >= issued.At + Lifetime) throw new EntraError("invalid_grant", 70008, "The code has expired.");
            issued.Grant.CheckRedemption(redirectUri, codeVerifier);
            issued.IsRedeemed = true;
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

    private void RemoveOld()
    {
        var oldestKept = clock.GetUtcNow() - RetentionPeriod;
        while (_oldestFirst.TryPeek(out var oldest) && (_codes.Count >= Capacity || _codes[oldest].At <= oldestKept))
        {
            _codes.Remove(_oldestFirst.Dequeue());
        }
    }

    private sealed class Issued(Grant grant, DateTimeOffset at)
    {
        public Grant Grant { get; } = grant;

        public DateTimeOffset At { get; } = at;

        public bool IsRedeemed { get; set; }
    }
}
